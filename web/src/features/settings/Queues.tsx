import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { EntityPage } from './EntityPage'
import { type FieldsProps, type Kind, without } from './entity'
import { NumberField, SelectField, TextField } from './fields'
import { SkillsField } from './manyFields'
import { lists, type QueueRow, useNames } from './kinds'
import { shortName } from './names'
import { BLANK, type Form } from './queue'
import { PolicyFields, Who } from './QueueWho'
import { Breaks, Callbacks, Waiting, WayOut } from './QueueWays'

const kind: Kind<QueueRow, Form> = {
  area: 'queues',
  list: lists.queues,
  idOf: (row) => row.id,
  nameOf: (row) => row.name,
  hintOf: (row) => <Hint row={row} />,
  blank: () => BLANK,
  formOf: without,
  idFrom: (form, taken) => shortName(form.name, taken),
  save: (id, form, revision) =>
    must(client.PUT('/api/queues/{id}', { params: { path: { id } }, body: { ...form, revision } as never })),
  remove: (id) => must(client.DELETE('/api/queues/{id}', { params: { path: { id } } })),
  Fields,
}

/** Whom it asks; where nobody said that, its key. */
function Hint({ row }: { row: QueueRow }) {
  const { skills } = useNames()
  return (
    <>
      {Object.keys(row.requires)
        .map((skill) => skills[skill] ?? skill)
        .join(', ') || row.id}
    </>
  )
}

export function Queues() {
  const { t } = useTranslation()
  return (
    <EntityPage
      kind={kind}
      title={t('settings.queues')}
      hint={t('settings.queues_hint')}
      newWords={t('settings.queue_new')}
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
          testId="queue-name"
        />
        <SelectField
          label={t('settings.field.project')}
          value={form.project}
          onChange={(project) => change({ project })}
          options={names.projects}
          wrong={wrong('project')}
          testId="queue-project"
        />
        <NumberField
          label={t('settings.field.max_wait')}
          hint={t('settings.max_wait_hint')}
          value={form.max_wait}
          onChange={(max_wait) => change({ max_wait })}
          wrong={wrong('max_wait')}
          least={0}
          most={86400}
          unit={t('settings.s')}
          testId="queue-max-wait"
        />
        <SkillsField
          label={t('settings.field.requires')}
          hint={t('settings.requires_hint')}
          value={form.requires}
          onChange={(requires) => change({ requires })}
          wrong={wrong('requires')}
          known={names.skills}
          testId="queue-requires"
        />
        <PolicyFields form={form} change={change} wrong={wrong} />
      </div>
      <Who form={form} change={change} wrong={wrong} />
      <Waiting form={form} change={change} wrong={wrong} />
      <WayOut form={form} change={change} wrong={wrong} />
      <Callbacks form={form} change={change} wrong={wrong} />
      <Breaks form={form} change={change} wrong={wrong} />
    </>
  )
}
