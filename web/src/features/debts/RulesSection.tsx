import { ActionIcon, Button, Checkbox, MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DebtRulesGiven, DebtRulesRow } from '@/api/types'
import { useDirectory } from '@/ui/names'
import { Empty, Loading, Note, Trouble } from '@/ui/pieces'
import { useDebtRules, useSaveRules } from './queries'
import './debts.css'

const CAUSES = [
  'waiting',
  'ringing',
  'at_answer',
  'menu',
  'closed_hours',
  'message',
  'fax',
  'callback',
  'before_answer',
  'application_away',
  'switch_failure',
] as const
const ASSIGNMENTS = ['queue', 'last_agent', 'round_robin'] as const

/** The rules of each project's debt book; for administrators. */
export function RulesSection() {
  const { t } = useTranslation()
  const rules = useDebtRules()
  const [project, setProject] = useState<string>()
  const chosen = rules.data?.find((row) => row.project === project) ?? rules.data?.[0]
  return (
    <section className="k-panel k-grow" aria-label={t('book.tab.rules')} data-testid="debt-rules">
      <div className="k-body" data-flush tabIndex={0}>
        {rules.isPending && <Loading />}
        {rules.error && <Trouble error={rules.error} retry={() => void rules.refetch()} />}
        {rules.data?.length === 0 && (
          <Empty title={t('debt_rules.no_projects')}>{t('debt_rules.no_projects_hint')}</Empty>
        )}
        {chosen && (
          <div className="k-debt-rules">
            <Select
              label={t('debt_rules.project')}
              allowDeselect={false}
              value={chosen.project}
              onChange={(value) => setProject(value ?? undefined)}
              data={rules.data?.map((row) => ({ value: row.project, label: row.project_name })) ?? []}
              w={280}
            />
            <Form key={chosen.project} row={chosen} />
          </div>
        )}
      </div>
    </section>
  )
}

type Rules = Required<DebtRulesGiven>
type Change = <K extends keyof Rules>(name: K, value: Rules[K]) => void

function Form({ row }: { row: DebtRulesRow }) {
  const { t } = useTranslation()
  const save = useSaveRules()
  const [rules, setRules] = useState(() => row.rules as Rules)
  const change: Change = (name, value) => {
    save.reset()
    setRules((before) => ({ ...before, [name]: value }))
  }
  const endless = rules.automatic && rules.tries === 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ project: row.project, rules })
  }
  return (
    <form onSubmit={submit} style={{ display: 'grid', gap: 14 }}>
      {!row.own && <Note tone="work">{t('debt_rules.not_own', { minutes: row.debt_minutes })}</Note>}
      <Deadlines rules={rules} change={change} minutes={row.debt_minutes} />
      <Select
        label={t('debt_rules.assign')}
        allowDeselect={false}
        value={rules.assign}
        onChange={(value) => change('assign', ASSIGNMENTS.find((one) => one === value) ?? 'queue')}
        data={ASSIGNMENTS.map((value) => ({ value, label: t(`debt_rules.assign_${value}`) }))}
        w={340}
      />
      <div className="k-rule-line">
        <Whole
          label={t('debt_rules.tries')}
          value={rules.tries}
          least={0}
          onChange={(value) => change('tries', value)}
        />
        <Whole
          label={t('debt_rules.spacing')}
          value={rules.spacing_minutes}
          least={0}
          onChange={(value) => change('spacing_minutes', value)}
        />
        <Whole
          label={t('debt_rules.lease')}
          value={rules.lease_minutes}
          least={1}
          onChange={(value) => change('lease_minutes', value)}
        />
      </div>
      <div className="k-quiet">{t('debt_rules.tries_hint')}</div>
      <div className="k-rule-line">
        <Switch
          label={t('debt_rules.escalates')}
          checked={rules.escalates}
          onChange={(event) => change('escalates', event.currentTarget.checked)}
        />
        {rules.escalates && (
          <Whole
            label={t('debt_rules.escalate_after')}
            value={rules.escalate_minutes}
            least={0}
            onChange={(value) => change('escalate_minutes', value)}
          />
        )}
      </div>
      <Automatic rules={rules} change={change} />
      <Hours rules={rules} change={change} />
      {endless && <Note tone="care">{t('debt_rules.need_tries')}</Note>}
      {save.error && <Trouble error={save.error} />}
      {save.isSuccess && <Note tone="good">{t('debt_rules.saved')}</Note>}
      <div>
        <Button type="submit" loading={save.isPending} disabled={endless} data-testid="rules-save">
          {t('debt_rules.save')}
        </Button>
      </div>
    </form>
  )
}

function Whole(props: { label: string; value: number; least: number; onChange: (value: number) => void }) {
  return (
    <NumberInput
      label={props.label}
      value={props.value}
      min={props.least}
      max={10_000}
      onChange={(value) => typeof value === 'number' && props.onChange(value)}
      w={230}
    />
  )
}

function Deadlines({ rules, change, minutes }: { rules: Rules; change: Change; minutes: number }) {
  const { t } = useTranslation()
  const lines = rules.deadlines
  const put = (index: number, part: Partial<Rules['deadlines'][number]>) =>
    change(
      'deadlines',
      lines.map((line, at) => (at === index ? { ...line, ...part } : line)),
    )
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, display: 'grid', gap: 8 }}>
      <legend style={{ fontWeight: 600, padding: 0 }}>{t('debt_rules.deadlines')}</legend>
      <span className="k-quiet">{t('debt_rules.deadlines_hint', { minutes })}</span>
      {lines.map((line, index) => (
        <div className="k-rule-line" key={index}>
          <NumberInput
            label={t('debt_rules.minutes')}
            value={line.minutes}
            min={1}
            max={100_000}
            onChange={(value) => typeof value === 'number' && put(index, { minutes: value })}
            w={90}
          />
          <MultiSelect
            label={t('debt_rules.causes')}
            placeholder={line.causes?.length ? undefined : t('debt_rules.any_cause')}
            value={line.causes ?? []}
            onChange={(causes) => put(index, { causes: CAUSES.filter((cause) => causes.includes(cause)) })}
            data={CAUSES.map((value) => ({ value, label: t(`cause.${value}`) }))}
            w={380}
          />
          <NumberInput
            label={t('debt_rules.priority')}
            placeholder={t('debt_rules.any_priority')}
            value={line.priority ?? ''}
            onChange={(value) => put(index, { priority: typeof value === 'number' ? value : null })}
            w={120}
          />
          <ActionIcon
            variant="default"
            size={32}
            aria-label={t('debt_rules.remove')}
            title={t('debt_rules.remove')}
            onClick={() =>
              change(
                'deadlines',
                lines.filter((_, at) => at !== index),
              )
            }
          >
            <IconTrash size={15} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => change('deadlines', [...lines, { minutes: 10, causes: [], priority: null }])}
        >
          {t('debt_rules.add')}
        </Button>
      </div>
    </fieldset>
  )
}

function Automatic({ rules, change }: { rules: Rules; change: Change }) {
  const { t } = useTranslation()
  const { queues } = useDirectory()
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <Switch
        label={t('debt_rules.automatic')}
        description={t('debt_rules.automatic_hint')}
        checked={rules.automatic}
        onChange={(event) => change('automatic', event.currentTarget.checked)}
        data-testid="rules-automatic"
      />
      {rules.automatic && (
        <div className="k-rule-line">
          <Whole
            label={t('debt_rules.automatic_after')}
            value={rules.automatic_minutes}
            least={0}
            onChange={(value) => change('automatic_minutes', value)}
          />
          <Select
            label={t('debt_rules.automatic_queue')}
            placeholder={t('debt_rules.nobody')}
            clearable
            value={rules.automatic_queue || null}
            onChange={(value) => change('automatic_queue', value ?? '')}
            data={Object.entries(queues).map(([value, label]) => ({ value, label }))}
            w={300}
          />
        </div>
      )}
    </div>
  )
}

function Hours({ rules, change }: { rules: Rules; change: Change }) {
  const { t } = useTranslation()
  const lines = [
    ['workday_hours', t('debt_rules.workday_hours'), [480, 1320]],
    ['day_off_hours', t('debt_rules.day_off_hours'), [540, 1200]],
  ] as const
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <Switch
        label={t('debt_rules.any_hour')}
        description={t('debt_rules.hours_hint')}
        checked={rules.any_hour}
        onChange={(event) => change('any_hour', event.currentTarget.checked)}
      />
      {!rules.any_hour &&
        lines.map(([name, label, usual]) => {
          const hours = rules[name]
          return (
            <div className="k-rule-line" key={name} style={{ alignItems: 'center' }}>
              <span style={{ width: 180 }}>{label}</span>
              <Clock
                label={`${label}, ${t('debt_rules.from')}`}
                minutes={hours?.[0]}
                onChange={(from) => hours && change(name, [from, hours[1]])}
              />
              <span>–</span>
              <Clock
                label={`${label}, ${t('debt_rules.to')}`}
                minutes={hours?.[1]}
                onChange={(to) => hours && change(name, [hours[0], to])}
              />
              <Checkbox
                label={t('debt_rules.never')}
                checked={!hours}
                onChange={(event) => change(name, event.currentTarget.checked ? null : [...usual])}
              />
            </div>
          )
        })}
    </div>
  )
}

interface ClockProps {
  label: string
  minutes: number | undefined
  onChange: (minutes: number) => void
}

function Clock({ label, minutes, onChange }: ClockProps) {
  const two = (value: number) => String(value).padStart(2, '0')
  const text = minutes === undefined ? '' : `${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}`
  return (
    <TextInput
      type="time"
      aria-label={label}
      value={text}
      disabled={minutes === undefined}
      onChange={(event) => {
        const [hours = '', rest = ''] = event.currentTarget.value.split(':')
        if (hours && rest) onChange(Number(hours) * 60 + Number(rest))
      }}
      w={110}
    />
  )
}
