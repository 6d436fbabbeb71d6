import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/problem'
import { useUnrecorded } from '@/features/scripts/unrecorded'
import { addFieldWords } from '@/i18n/fields'
import { DateField } from '@/ui/DateField'
import { Note, Trouble } from '@/ui/pieces'
import { useCardFields, useCardWork, useCustomer } from './queries'
import { type CustomField, fieldName, lacking, readTyped, type Typed, typedOf } from './values'

addFieldWords()

interface Props {
  customer: string
  project: string
  writable: boolean
  /** the talk I am in, of which nothing is recorded while an unrecorded field is filled in; '' = none */
  contact: string
}

/** What a project wants to know of a customer: typed inputs, kept together, nothing half-written lost on reload. */
export function ProjectValues({ customer, project, writable, contact }: Props) {
  const { t, i18n } = useTranslation()
  const { data: card, error } = useCustomer(customer)
  const fields = useCardFields(project)
  const { edit } = useCardWork(customer)
  const drafts = useDraft(`kaska.fields.${customer}.${project}`)
  const [asked, setAsked] = useState(false)
  const [entered, setEntered] = useState('')
  const secret = fields.some((one) => one.unrecorded && one.id === entered)
  const silence = useUnrecorded(contact, secret ? 'card' : '')
  if (error) return <Trouble error={error} />
  if (!card || fields.length === 0) return null

  const kept: Record<string, unknown> = card.custom[project] ?? {}
  const typed: Typed = Object.fromEntries(
    fields.map((one) => [one.id, drafts.typed[one.id] ?? typedOf(kept[one.id], i18n.language)]),
  )
  const touched = fields.filter((one) => typed[one.id] !== typedOf(kept[one.id], i18n.language))
  const unread = fields.filter((one) => readTyped(one, typed[one.id] ?? '') === undefined).map((one) => one.id)
  const missing = lacking(fields, typed)
  const refused = edit.error instanceof Problem ? edit.error.fields : {}
  const wrong = (field: CustomField) => {
    const kind = field.kind
    if (unread.includes(field.id)) return t(`fields.wrong.${kind}`)
    if (asked && missing.includes(field.id)) return t('fields.missing')
    if (refused[`custom.${project}.${field.id}`] === 'wrong') return t(`fields.wrong.${kind}`)
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (missing.length > 0 || unread.length > 0 || touched.length === 0) return
    const values = Object.fromEntries(touched.map((one) => [one.id, readTyped(one, typed[one.id] ?? '') ?? null]))
    edit.mutate({ custom: { [project]: values } }, { onSuccess: () => drafts.forget(touched) })
  }
  return (
    <form onSubmit={save} className="k-form" noValidate data-testid="project-values" data-project={project}>
      {silence.error !== undefined && <Trouble error={silence.error} />}
      {silence.live && secret && (
        <Note tone={silence.paused ? 'care' : 'bad'} testId="field-unrecorded-now">
          {t(silence.paused ? 'fields.not_recorded_now' : 'fields.recorded_still')}
        </Note>
      )}
      {fields.map((field) => (
        <ValueInput
          key={field.id}
          field={field}
          value={typed[field.id] ?? ''}
          readOnly={!writable}
          wrong={wrong(field)}
          onChange={(text) => drafts.write(field, text)}
          onEnter={() => setEntered(field.id)}
          onLeave={() => setEntered('')}
        />
      ))}
      {edit.error && <Trouble error={edit.error} />}
      {writable && (
        <div className="k-buttons">
          <Button
            type="submit"
            variant="default"
            disabled={touched.length === 0}
            loading={edit.isPending}
            data-testid="project-values-save"
          >
            {t('save')}
          </Button>
          {edit.isSuccess && touched.length === 0 && (
            <span className="k-quiet" role="status">
              {t('fields.saved')}
            </span>
          )}
        </div>
      )}
    </form>
  )
}

/** What is typed and not kept yet. What must not be recorded is not left lying in the browser either. */
function useDraft(key: string) {
  const [typed, setTyped] = useState<Record<string, string>>(() => {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Record<string, string>
    } catch {
      return {}
    }
  })
  const [secret, setSecret] = useState<Record<string, string>>({})
  const keep = (next: Record<string, string>) => {
    setTyped(next)
    sessionStorage.setItem(key, JSON.stringify(next))
  }
  const without = (of: Record<string, string>, fields: readonly CustomField[]) =>
    Object.fromEntries(Object.entries(of).filter(([id]) => !fields.some((one) => one.id === id)))
  return {
    typed: { ...typed, ...secret } as Typed,
    write: (field: CustomField, text: string) => {
      if (field.unrecorded) setSecret({ ...secret, [field.id]: text })
      else keep({ ...typed, [field.id]: text })
    },
    forget: (fields: readonly CustomField[]) => {
      keep(without(typed, fields))
      setSecret(without(secret, fields))
    },
  }
}

interface InputProps {
  field: CustomField
  value: string
  readOnly: boolean
  wrong: string | undefined
  onChange: (text: string) => void
  onEnter: () => void
  onLeave: () => void
}

function ValueInput({ field, value, readOnly, wrong, onChange, onEnter, onLeave }: InputProps) {
  const { t, i18n } = useTranslation()
  const shared = {
    label: fieldName(field, i18n.language),
    withAsterisk: field.required ?? false,
    description: field.unrecorded ? t('fields.field_unrecorded') : undefined,
    error: wrong,
    value,
    onFocus: onEnter,
    // who looks into another window, at a payment for instance, has not left the field
    onBlur: () => {
      if (document.hasFocus()) onLeave()
    },
    'data-testid': `value-${field.id}`,
  }
  if (field.kind === 'choice' || field.kind === 'yes_no') {
    const data =
      field.kind === 'choice'
        ? [...new Set([...(field.choices ?? []), ...(value ? [value] : [])])].map((one) => ({ value: one, label: one }))
        : [
            { value: 'yes', label: t('fields.yes') },
            { value: 'no', label: t('fields.no') },
          ]
    return (
      <NativeSelect
        {...shared}
        data={[{ value: '', label: t('fields.unset') }, ...data]}
        disabled={readOnly}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  if (field.kind === 'date') return <DateField {...shared} readOnly={readOnly} onChange={onChange} />
  return (
    <TextInput
      {...shared}
      inputMode={field.kind === 'number' ? 'decimal' : undefined}
      maxLength={field.kind === 'number' ? 30 : 500}
      readOnly={readOnly}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
