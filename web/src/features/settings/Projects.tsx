import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { EntityPage } from './EntityPage'
import { type FieldsProps, type Kind, without } from './entity'
import { More, NumberField, SelectField, TextField } from './fields'
import { RowsField } from './manyFields'
import { lists, type ProjectRow, useNames } from './kinds'
import { bareNumber, shortName } from './names'

type Form = Omit<ProjectRow, 'id' | 'revision' | 'priorities'> & { important: { number: string; priority: number }[] }

const kind: Kind<ProjectRow, Form> = {
  area: 'projects',
  list: lists.projects,
  idOf: (row) => row.id,
  nameOf: (row) => row.name,
  hintOf: (row) => <Hint calendar={row.calendar} />,
  blank: () => ({ name: '', calendar: '', caller_id: '', trunk: '', debt_minutes: 20, important: [] }),
  formOf: ({ priorities, ...row }) => ({
    ...without(row),
    important: Object.entries(priorities).map(([number, priority]) => ({ number, priority })),
  }),
  idFrom: (form, taken) => shortName(form.name, taken),
  save: (id, { important, ...form }, revision) =>
    must(
      client.PUT('/api/projects/{id}', {
        params: { path: { id } },
        body: {
          ...form,
          caller_id: bareNumber(form.caller_id),
          priorities: Object.fromEntries(
            important.filter((one) => one.number).map((one) => [bareNumber(one.number), one.priority]),
          ),
          revision,
        },
      }),
    ),
  remove: (id) => must(client.DELETE('/api/projects/{id}', { params: { path: { id } } })),
  Fields,
}

export function Projects() {
  const { t } = useTranslation()
  return (
    <EntityPage
      kind={kind}
      title={t('settings.projects')}
      hint={t('settings.projects_hint')}
      newWords={t('settings.project_new')}
    />
  )
}

function Fields({ form, change, wrong }: FieldsProps<Form>) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <>
      <div className="k-set-fields">
        <TextField
          label={t('settings.field.name')}
          value={form.name}
          onChange={(name) => change({ name })}
          wrong={wrong('name')}
          testId="project-name"
        />
        <SelectField
          label={t('settings.field.calendar')}
          hint={t('settings.project_calendar_hint')}
          value={form.calendar}
          onChange={(calendar) => change({ calendar })}
          options={names.calendars}
          wrong={wrong('calendar')}
          testId="project-calendar"
        />
        <TextField
          label={t('settings.field.caller_id')}
          hint={t('settings.caller_id_hint')}
          value={form.caller_id}
          onChange={(caller_id) => change({ caller_id })}
          wrong={wrong('caller_id')}
        />
        <SelectField
          label={t('settings.field.trunk')}
          value={form.trunk}
          onChange={(trunk) => change({ trunk })}
          options={names.trunks}
          empty={t('settings.no_outgoing')}
          wrong={wrong('trunk')}
          testId="project-trunk"
        />
        <NumberField
          label={t('settings.field.debt_minutes')}
          hint={t('settings.debt_hint')}
          value={form.debt_minutes}
          onChange={(debt_minutes) => change({ debt_minutes })}
          least={1}
          most={10080}
          unit={t('settings.min')}
          wrong={wrong('debt_minutes')}
        />
      </div>
      <More title={t('settings.important')} hint={String(form.important.length)} open={!!wrong('priorities')}>
        <RowsField
          label={t('settings.important')}
          hint={t('settings.important_hint')}
          value={form.important}
          onChange={(important) => change({ important })}
          blank={{ number: '', priority: 10 }}
          addWords={t('settings.add')}
          wrong={wrong('priorities')}
        >
          {(row, set) => (
            <>
              <TextField label={t('settings.number')} value={row.number} onChange={(number) => set({ number })} />
              <NumberField
                label={t('settings.field.priority')}
                value={row.priority}
                onChange={(priority) => set({ priority })}
                least={-100}
                most={100}
              />
            </>
          )}
        </RowsField>
      </More>
    </>
  )
}

function Hint({ calendar }: { calendar: string }) {
  return <>{useNames().calendars[calendar] ?? calendar}</>
}
