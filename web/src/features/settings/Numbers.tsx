import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { phoneNumber } from '@/ui/format'
import { EntityPage } from './EntityPage'
import type { FieldsProps, Kind } from './entity'
import { NumberField, SelectField, TextField } from './fields'
import { lists, type NumberRow, useNames } from './kinds'
import { bareNumber } from './names'

interface Form {
  title: string
  project: string
  scenario: string
  source: string
  priority: number
}

const kind: Kind<NumberRow, Form> = {
  area: 'numbers',
  list: lists.numbers,
  idOf: (row) => row.number,
  nameOf: (row) => phoneNumber(row.number),
  hintOf: (row) => <Hint row={row} />,
  blank: () => ({ title: '', project: '', scenario: '', source: '', priority: 0 }),
  formOf: ({ title = '', project, scenario, source = '', priority }) => ({
    title,
    project,
    scenario,
    source,
    priority,
  }),
  save: (number, form, revision) =>
    must(client.PUT('/api/numbers/{number}', { params: { path: { number } }, body: { ...form, revision } })),
  remove: (number) => must(client.DELETE('/api/numbers/{number}', { params: { path: { number } } })),
  Fields,
}

/** What it is for; where nobody said that, which scenario answers. */
function Hint({ row }: { row: NumberRow }) {
  const scenario = useNames().scenarios[row.scenario] ?? row.scenario
  return <>{[row.title, row.source].filter(Boolean).join(' · ') || scenario}</>
}

export function Numbers() {
  const { t } = useTranslation()
  return (
    <EntityPage
      kind={kind}
      title={t('settings.numbers')}
      hint={t('settings.numbers_hint')}
      newWords={t('settings.number_new')}
    />
  )
}

function Fields({ form, change, wrong, id, isNew, choose }: FieldsProps<Form>) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <div className="k-set-fields">
      {isNew && (
        <TextField
          label={t('settings.number')}
          hint={t('settings.number_rule')}
          value={id}
          onChange={(typed) => choose(bareNumber(typed))}
          wrong={wrong('number') ?? (id && !/^\+?[0-9]{1,20}$/.test(id) ? t('settings.number_wrong') : undefined)}
          testId="number-number"
        />
      )}
      <TextField
        label={t('settings.field.title')}
        value={form.title}
        onChange={(title) => change({ title })}
        wrong={wrong('title')}
      />
      <SelectField
        label={t('settings.field.project')}
        value={form.project}
        onChange={(project) => change({ project })}
        options={names.projects}
        wrong={wrong('project')}
        testId="number-project"
      />
      <SelectField
        label={t('settings.field.scenario')}
        hint={t('settings.scenario_hint')}
        value={form.scenario}
        onChange={(scenario) => change({ scenario })}
        options={names.scenarios}
        wrong={wrong('scenario')}
        testId="number-scenario"
      />
      <TextField
        label={t('settings.field.source')}
        hint={t('settings.source_hint')}
        value={form.source}
        onChange={(source) => change({ source })}
        wrong={wrong('source')}
      />
      <NumberField
        label={t('settings.field.priority')}
        hint={t('settings.number_priority_hint')}
        value={form.priority}
        onChange={(priority) => change({ priority })}
        wrong={wrong('priority')}
        least={-100}
        most={100}
      />
    </div>
  )
}
