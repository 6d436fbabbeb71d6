import { Button } from '@mantine/core'
import { IconArchiveOff } from '@tabler/icons-react'
import { t } from 'i18next'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { type CustomField, fieldName } from '@/features/customers/values'
import { queries } from '@/api/queries'
import { EntityPage } from './EntityPage'
import { type FieldsProps, type Kind } from './entity'
import { CheckField, SelectField, TextField } from './fields'
import { lists } from './kinds'
import { RowsField } from './manyFields'
import { shortName } from './names'

const KINDS = ['text', 'number', 'date', 'yes_no', 'choice'] as const

/** A field as it is edited: its options are one text until it is saved. `id` '' = a new one. */
type Edited = Omit<Required<CustomField>, 'choices' | 'archived'> & { choices: string }

interface Row {
  id: string
  name: string
  revision: string
  fields: CustomField[]
  filled: string[]
}

interface Form {
  fields: Edited[]
  archived: CustomField[]
}

const BLANK: Edited = {
  id: '',
  title: '',
  title_en: '',
  kind: 'text',
  choices: '',
  required: false,
  unrecorded: false,
}

function edited(field: CustomField): Edited {
  const { id, title, title_en, kind, required, unrecorded } = field
  return { id, title, title_en, kind, required, unrecorded, choices: (field.choices ?? []).join(', ') }
}

async function read(): Promise<Row[]> {
  const projects = await lists.projects()
  return Promise.all(
    projects.map(async ({ id, name }) => ({
      id,
      name,
      ...(await must(client.GET('/api/customers/fields/{project}', { params: { path: { project: id } } }))),
    })),
  )
}

/** New fields get the short name that programs know them by; nobody has to think of one. */
function named(fields: readonly Edited[], archived: readonly CustomField[]): CustomField[] {
  const taken = [...fields, ...archived].map((one) => one.id)
  return fields.map((one) => {
    const id = one.id || shortName(one.title, taken) || `f-${taken.length}`
    taken.push(id)
    const choices = one.kind === 'choice' ? one.choices.split(',').map((text) => text.trim()) : []
    return { ...one, id, choices: [...new Set(choices.filter(Boolean))], archived: false }
  })
}

const kind: Kind<Row, Form> = {
  area: 'fields',
  list: read,
  idOf: (row) => row.id,
  nameOf: (row) => row.name,
  hintOf: (row) => t('fields.count', { count: row.fields.filter((one) => !one.archived).length }),
  blank: () => ({ fields: [], archived: [] }),
  formOf: (row) => ({
    fields: row.fields.filter((one) => !one.archived).map(edited),
    archived: row.fields.filter((one) => one.archived),
  }),
  save: async (id, { fields, archived }, revision) => {
    await must(
      client.PUT('/api/customers/fields/{project}', {
        params: { path: { project: id } },
        body: { fields: [...named(fields, archived), ...archived], revision },
      }),
    )
    void queries.invalidateQueries({ queryKey: ['customers', 'fields'] })
    const saved = (await read()).find((row) => row.id === id)
    if (!saved) throw new Error(id)
    return saved
  },
  Fields,
}

/** What is asked about a customer in each project. In force as soon as it is saved. */
export function CardFields() {
  const { t } = useTranslation()
  return <EntityPage kind={kind} title={t('fields.title')} hint={t('fields.hint')} newWords="" canMake={false} />
}

function Fields({ form, change, wrong }: FieldsProps<Form>) {
  const { t, i18n } = useTranslation()
  return (
    <>
      <RowsField
        label={t('fields.title')}
        hint={form.fields.length === 0 ? `${t('fields.none')} ${t('fields.none_hint')}` : t('fields.gone_hint')}
        value={form.fields}
        onChange={(fields) => change({ fields })}
        blank={BLANK}
        addWords={t('fields.add')}
        wrong={wrong('fields')}
        ordered
        testId="card-fields"
      >
        {(row, set) => (
          <>
            <TextField
              label={t('fields.name')}
              value={row.title}
              onChange={(title) => set({ title })}
              testId="field-title"
            />
            <TextField label={t('fields.name_en')} value={row.title_en} onChange={(title_en) => set({ title_en })} />
            <SelectField
              label={t('fields.kind')}
              value={row.kind}
              onChange={(value) => set({ kind: value as Edited['kind'] })}
              options={Object.fromEntries(KINDS.map((one) => [one, t(`fields.kinds.${one}`)]))}
              testId="field-kind"
            />
            {row.kind === 'choice' && (
              <TextField
                label={t('fields.choices')}
                value={row.choices}
                onChange={(choices) => set({ choices })}
                testId="field-choices"
              />
            )}
            <CheckField
              label={t('fields.required')}
              value={row.required}
              onChange={(required) => set({ required })}
              testId="field-required"
            />
            <CheckField
              label={t('fields.unrecorded')}
              value={row.unrecorded}
              onChange={(unrecorded) => set({ unrecorded })}
              testId="field-secret"
            />
          </>
        )}
      </RowsField>
      {form.archived.length > 0 && (
        <fieldset className="k-set-group k-set-wide" data-testid="fields-archived">
          <legend className="k-label">{t('fields.archived')}</legend>
          <p className="k-hint k-set-hint">{t('fields.archived_hint')}</p>
          {form.archived.map((one) => (
            <div key={one.id} className="k-set-line">
              <span className="k-grow">{fieldName(one, i18n.language)}</span>
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<IconArchiveOff size={14} />}
                onClick={() =>
                  change({
                    fields: [...form.fields, edited(one)],
                    archived: form.archived.filter((other) => other !== one),
                  })
                }
              >
                {t('fields.restore')}
              </Button>
            </div>
          ))}
        </fieldset>
      )}
    </>
  )
}
