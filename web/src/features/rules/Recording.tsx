import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import type { FieldsProps, Kind } from '@/features/settings/entity'
import { CheckField, NumberField, SelectField, TextField } from '@/features/settings/fields'
import { useNames } from '@/features/settings/kinds'
import { PickField, RowsField } from '@/features/settings/manyFields'
import { shortName } from '@/features/settings/names'
import { Note } from '@/ui/pieces'
import { OnePage } from './OnePage'

type Schemas = components['schemas']
type Row = Schemas['RecordingRow']
type Rule = Required<Schemas['kaska__features__recordings__rules__RuleGiven']>

interface Form {
  rules: Rule[]
  pause_minutes: number
}

const BLANK: Rule = { id: '', name: '', projects: [], queues: [], direction: '', share: 100, notice: false }

/** A rule keeps the name that the ledger knows it by; a new one is called after what is typed. */
function named(rules: Rule[]): Rule[] {
  const taken = rules.map((rule) => rule.id).filter(Boolean)
  return rules.map((rule, index) => {
    const id = rule.id || shortName(rule.name || `rule-${index + 1}`, taken) || `rule-${index + 1}`
    taken.push(id)
    return { ...rule, id }
  })
}

const kind: Kind<Row, Form> = {
  area: 'recording',
  alone: true,
  list: async () => [await must(client.GET('/api/recordings/rules'))],
  idOf: () => 'rules',
  nameOf: () => '',
  blank: () => ({ rules: [], pause_minutes: 5 }),
  formOf: (row) => ({
    rules: (row.rules ?? []).map((rule) => ({ ...BLANK, ...rule })),
    pause_minutes: row.pause_minutes,
  }),
  save: (_, form, revision) =>
    must(client.PUT('/api/recordings/rules', { body: { ...form, rules: named(form.rules), revision } })),
  Fields,
}

export function Recording() {
  const { t } = useTranslation()
  return <OnePage kind={kind} title={t('rules.recording_title')} />
}

function Fields({ form, change, wrong }: FieldsProps<Form>) {
  const { t } = useTranslation()
  const names = useNames()
  const ways = { '': t('rules.either'), inbound: t('rules.inbound'), outbound: t('rules.outbound') }
  return (
    <>
      <RowsField
        label={t('rules.list')}
        hint={t('rules.list_hint')}
        value={form.rules}
        onChange={(rules) => change({ rules })}
        blank={BLANK}
        addWords={t('rules.rule_new')}
        wrong={wrong('rules')}
        ordered
        testId="recording-rules"
      >
        {(rule, set) => (
          <>
            <TextField
              label={t('rules.rule_name')}
              value={rule.name}
              placeholder={rule.id}
              onChange={(name) => set({ name })}
              testId="recording-rule-name"
            />
            <SelectField
              label={t('rules.calls')}
              value={rule.direction}
              onChange={(direction) => set({ direction: direction as Rule['direction'] })}
              options={{ inbound: ways.inbound, outbound: ways.outbound }}
              empty={ways['']}
            />
            <NumberField
              label={t('rules.share')}
              hint={t('rules.share_hint')}
              value={rule.share}
              onChange={(share) => set({ share })}
              least={0}
              most={100}
              unit="%"
              testId="recording-rule-share"
            />
            <PickField
              label={t('rules.projects')}
              value={rule.projects}
              onChange={(projects) => set({ projects })}
              options={names.projects}
            />
            <PickField
              label={t('rules.queues')}
              value={rule.queues}
              onChange={(queues) => set({ queues })}
              options={names.queues}
            />
            <CheckField
              label={t('rules.notice')}
              hint={t('rules.notice_hint')}
              value={rule.notice}
              onChange={(notice) => set({ notice })}
            />
          </>
        )}
      </RowsField>
      <Note tone="away">{t(form.rules.length ? 'rules.rest_recorded' : 'rules.everything_recorded')}</Note>
      <div className="k-set-fields">
        <NumberField
          label={t('rules.pause_minutes')}
          hint={t('rules.pause_hint')}
          value={form.pause_minutes}
          onChange={(pause_minutes) => change({ pause_minutes })}
          least={0}
          most={60}
          unit={t('settings.min')}
          wrong={wrong('pause_minutes')}
        />
      </div>
    </>
  )
}
