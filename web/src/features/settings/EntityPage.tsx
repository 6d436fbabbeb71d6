import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/features/session/session'
import { Empty, Loading, Panel, Trouble } from '@/ui/pieces'
import { draftKeys } from './draft'
import { EntityForm } from './EntityForm'
import { type Kind, type Revised, useRows } from './entity'
import ToFirstSteps from './ToFirstSteps'

const NEW = '*new'
/** areas whose first entry the first steps make */
const BY_STEPS = ['queues', 'numbers', 'projects', 'calendars']

interface Props<Row extends Revised, Form> {
  kind: Kind<Row, Form>
  title: string
  hint: string
  newWords: string
  /** shown instead of the form while nothing is chosen */
  beside?: React.ReactNode
  canMake?: boolean
}

/** A list on the left, the chosen one on the right; which one is in the address. */
export function EntityPage<Row extends Revised, Form>({
  kind,
  title,
  hint,
  newWords,
  beside,
  canMake = true,
}: Props<Row, Form>) {
  const { t } = useTranslation()
  const me = useMe()
  const rows = useRows(kind.area, kind.list)
  const { open } = useSearch({ from: '/settings' })
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const show = (id: string | undefined) => void navigate({ to: '.', search: { open: id } })
  if (rows.error && !rows.data) return <Trouble error={rows.error} retry={() => void rows.refetch()} />
  if (!rows.data) return <Loading />

  const drafts = new Set(
    draftKeys(`${me.tenant}.${me.id}.${kind.area}.`).map((key) => key.split('.').slice(3).join('.')),
  )
  const sought = typed.trim().toLowerCase()
  const shown = rows.data
    .filter((row) => !sought || `${kind.nameOf(row)} ${kind.idOf(row)}`.toLowerCase().includes(sought))
    .sort((a, b) => kind.nameOf(a).localeCompare(kind.nameOf(b)))
  const chosen = rows.data.find((row) => kind.idOf(row) === open)
  return (
    <div className="k-set-two">
      <h1 className="k-hidden">{title}</h1>
      <Panel
        title={`${title}:\u00a0${rows.data.length}`}
        flush
        aside={
          canMake && (
            <Button leftSection={<IconPlus size={14} />} onClick={() => show(NEW)} data-testid="settings-new">
              {newWords}
            </Button>
          )
        }
      >
        {rows.data.length > 7 && (
          <TextInput
            m={8}
            leftSection={<IconSearch size={14} />}
            placeholder={t('settings.search')}
            aria-label={t('settings.search')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {rows.data.length === 0 ? (
          <Empty title={t('settings.none')}>{beside && hint}</Empty>
        ) : (
          <ul className="k-set-list" aria-label={title}>
            {shown.map((row) => {
              const id = kind.idOf(row)
              return (
                <li key={id}>
                  <button
                    type="button"
                    aria-current={id === open || undefined}
                    onClick={() => show(id)}
                    data-testid="settings-row"
                    data-id={id}
                  >
                    <span className="k-cut">{kind.nameOf(row)}</span>
                    {drafts.has(id) && (
                      <span
                        className="k-set-unsaved"
                        title={t('settings.unsaved')}
                        aria-label={t('settings.unsaved')}
                      />
                    )}
                    <span className="k-quiet k-cut">{kind.hintOf?.(row)}</span>
                  </button>
                </li>
              )
            })}
          </ul>
        )}
      </Panel>
      {chosen || open === NEW ? (
        <EntityForm
          key={open}
          kind={kind}
          row={open === NEW ? undefined : chosen}
          rows={rows.data}
          newWords={newWords}
          onGone={() => show(undefined)}
          onSaved={(row) => show(kind.idOf(row))}
        />
      ) : (
        (beside ?? (
          <Panel title={t('settings.about')}>
            {rows.data.length === 0 && !open ? (
              <Empty
                title={t('settings.none_yet')}
                action={
                  canMake ? (
                    <Making words={newWords} bySteps={BY_STEPS.includes(kind.area)} onMake={() => show(NEW)} />
                  ) : (
                    <ToFirstSteps />
                  )
                }
              >
                {hint}
              </Empty>
            ) : (
              <Empty title={t(open ? 'settings.not_there' : 'settings.choose')}>{hint}</Empty>
            )}
          </Panel>
        ))
      )}
    </div>
  )
}

/** The first of its kind: by hand, or all that a first call needs at once. */
function Making({ words, bySteps, onMake }: { words: string; bySteps: boolean; onMake: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={14} />} onClick={onMake}>
        {words}
      </Button>
      {bySteps && (
        <p>
          {t('settings.or_steps')} <ToFirstSteps />
        </p>
      )}
    </>
  )
}
