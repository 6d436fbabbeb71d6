import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { useMay } from '@/features/session/session'
import type { FieldsProps, Kind } from '@/features/settings/entity'
import { NumberField, SelectField, TextField } from '@/features/settings/fields'
import { useNames } from '@/features/settings/kinds'
import { PickField, RowsField } from '@/features/settings/manyFields'
import { Note, Panel, Trouble } from '@/ui/pieces'
import { Holds } from './Holds'
import { OnePage } from './OnePage'
import { Proofs } from './Proofs'

type Schemas = components['schemas']
type Row = Schemas['RetentionRow']
type Rule = Required<Schemas['KeepingRule']>

interface Form {
  rules: Rule[]
}

const BLANK: Rule = { name: '', projects: [], direction: '', days: 365 }

const kind: Kind<Row, Form> = {
  area: 'retention',
  alone: true,
  list: async () => [await must(client.GET('/api/recordings/retention'))],
  idOf: () => 'rules',
  nameOf: () => '',
  blank: () => ({ rules: [] }),
  formOf: (row) => ({ rules: (row.rules ?? []).map((rule) => ({ ...BLANK, ...rule })) }),
  save: (_, form, revision) => must(client.PUT('/api/recordings/retention', { body: { ...form, revision } })),
  Fields,
}

/** How long recordings are kept, what is held longer, and what is gone. */
export function Keeping() {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <OnePage kind={kind} title={t('keeping.title')}>
      {may('hold_recordings') && (
        <>
          <Panel title={t('keeping.holds')} flush testId="holds">
            <Holds />
          </Panel>
          <Proofs />
        </>
      )}
    </OnePage>
  )
}

function Fields({ form, change, wrong }: FieldsProps<Form>) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <>
      <Note tone="care">{t('keeping.at_once')}</Note>
      <RowsField
        label={t('keeping.list')}
        hint={t('keeping.list_hint')}
        value={form.rules}
        onChange={(rules) => change({ rules })}
        blank={BLANK}
        addWords={t('rules.rule_new')}
        wrong={wrong('rules')}
        ordered
        testId="keeping-rules"
      >
        {(rule, set) => (
          <>
            <TextField
              label={t('rules.rule_name')}
              hint={t('keeping.rule_name_hint')}
              value={rule.name}
              onChange={(name) => set({ name })}
              testId="keeping-name"
            />
            <NumberField
              label={t('keeping.days')}
              value={rule.days}
              onChange={(days) => set({ days })}
              least={0}
              most={36_500}
              unit={t('keeping.days_unit')}
              testId="keeping-days"
            />
            <SelectField
              label={t('rules.calls')}
              value={rule.direction}
              onChange={(direction) => set({ direction: direction as Rule['direction'] })}
              options={{ inbound: t('rules.inbound'), outbound: t('rules.outbound') }}
              empty={t('rules.either')}
            />
            <PickField
              label={t('rules.projects')}
              value={rule.projects}
              onChange={(projects) => set({ projects })}
              options={names.projects}
            />
          </>
        )}
      </RowsField>
      <Note tone="away">{t(form.rules.length ? 'keeping.rest_kept' : 'keeping.everything_kept')}</Note>
      <DueNow rules={form.rules} />
    </>
  )
}

/** What the rules as they stand in the form would delete at once: told before they are saved. */
function DueNow({ rules }: { rules: Rule[] }) {
  const { t } = useTranslation()
  const [asked] = useDebouncedValue(rules, 400)
  const whole = asked.length > 0 && asked.every((rule) => rule.name.trim() && Number.isInteger(rule.days))
  const due = useQuery({
    queryKey: ['settings', 'retention-due', asked],
    queryFn: () => must(client.POST('/api/recordings/retention/preview', { body: { rules: asked } })),
    enabled: whole,
    staleTime: 10_000,
  })
  if (!whole) return null
  if (due.error) return <Trouble error={due.error} retry={() => void due.refetch()} />
  if (!due.data) return null
  const rows = due.data.rows.filter((row) => row.recordings > 0)
  const count = rows.reduce((sum, row) => sum + row.recordings, 0)
  const parts = rows.map((row) => t('keeping.due_by', { rule: row.rule, recordings: row.recordings })).join(', ')
  return (
    <Note tone={count ? 'care' : 'away'} testId="keeping-due">
      {count ? t('keeping.due', { count }) : t('keeping.due_none')} {due.data.rows.length > 1 && parts && `${parts}. `}
      {due.data.held > 0 && t('keeping.held_back', { held: due.data.held })}
    </Note>
  )
}
