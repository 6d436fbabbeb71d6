import { Button } from '@mantine/core'
import { IconArrowBackUp, IconDeviceFloppy, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/problem'
import { Chip, Note, Panel, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import { Conflict } from './Conflict'
import { type Kind, refreshSettings, type Revised, useEditing } from './entity'
import { useStanding } from './standing'

interface Props<Row extends Revised, Form> {
  kind: Kind<Row, Form>
  row: Row | undefined
  rows: Row[]
  newWords: string
  /** of what there is one of, and has no name of its own */
  title?: string
  onSaved: (row: Row) => void
  onGone: () => void
}

export function EntityForm<Row extends Revised, Form>({
  kind,
  row,
  rows,
  newWords,
  title,
  onSaved,
  onGone,
}: Props<Row, Form>) {
  const { t } = useTranslation()
  const [typedId, setTypedId] = useState('')
  const taken = rows.map(kind.idOf)
  const [removing, setRemoving] = useState(false)
  const { Fields, Beside } = kind
  const standing = useStanding()

  const idOf = (form: Form) => (row ? kind.idOf(row) : (kind.idFrom?.(form, taken) ?? typedId))
  const editing = useEditing(kind, row, idOf, onSaved)
  const id = idOf(editing.form)

  const remove = useMutation({
    mutationFn: async () => kind.remove?.(id),
    onSuccess: () => {
      refreshSettings()
      editing.discard()
      onGone()
    },
  })
  const problems = standing.data?.problems ?? {}
  const whole = kind.alone ? kind.area : `${kind.area}.${id}`
  const wrong = (field: string) => {
    const told = editing.error instanceof Problem ? editing.error.fields : {}
    const found = Object.entries(told).find(([place]) => place === field || place.startsWith(`${field}.`))
    if (found) return found[1]
    if (!row || editing.dirty) return undefined
    const place = `${whole}.${field}`
    return Object.entries(problems).find(([at]) => at === place || at.startsWith(`${place}.`))?.[1]
  }
  const general = Object.entries(problems).filter(([at]) => row && at === whole)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    editing.save()
  }
  return (
    <Panel
      title={title ?? (row ? kind.nameOf(row) : newWords)}
      aside={editing.dirty && row ? <Chip tone="care">{t('settings.unsaved')}</Chip> : undefined}
      testId="settings-form"
    >
      <form onSubmit={submit} className="k-set-form" noValidate>
        {general.map(([at, text]) => (
          <Note key={at} tone="bad">
            {text}
          </Note>
        ))}
        <Fields form={editing.form} change={editing.change} wrong={wrong} id={id} isNew={!row} choose={setTypedId} />
        {editing.conflict ? (
          <Conflict
            area={kind.area}
            error={editing.error}
            mine={editing.form as Record<string, unknown>}
            row={rows.find((one) => kind.idOf(one) === id)}
            formOf={kind.formOf as (row: Row) => Record<string, unknown>}
            takeTheirs={editing.discard}
            saveOver={editing.saveOver}
          />
        ) : (
          editing.error !== null && <Trouble error={editing.error} />
        )}
        {remove.error && <Trouble error={remove.error} />}
        <div className="k-set-actions">
          <Button
            type="submit"
            leftSection={<IconDeviceFloppy size={15} />}
            disabled={(!editing.dirty && !!row) || !id}
            loading={editing.pending}
            data-testid="settings-save"
          >
            {t('save')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={15} />}
            disabled={!editing.dirty}
            onClick={editing.discard}
            data-testid="settings-discard"
          >
            {t('settings.discard')}
          </Button>
          <span className="k-quiet k-grow">{editing.dirty ? t('settings.kept') : ''}</span>
          {row && kind.remove && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconTrash size={15} />}
              onClick={() => setRemoving(true)}
            >
              {t('settings.remove')}
            </Button>
          )}
        </div>
      </form>
      {Beside && row && <Beside row={row} />}
      <Modal
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t('settings.remove_title', { name: row ? kind.nameOf(row) : '' })}
      >
        <p>{t('settings.remove_hint')}</p>
        <div className="k-set-actions k-to-right">
          <Button variant="default" onClick={() => setRemoving(false)}>
            {t('cancel')}
          </Button>
          <Button
            onClick={() => {
              setRemoving(false)
              remove.mutate()
            }}
            loading={remove.isPending}
          >
            {t('settings.remove')}
          </Button>
        </div>
      </Modal>
    </Panel>
  )
}
