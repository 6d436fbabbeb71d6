import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { EntityPage } from './EntityPage'
import { type FieldsProps, type Kind, without } from './entity'
import { CheckField, More, NumberField, PickField, RowsField, SelectField, SkillsField, TextField } from './fields'
import { lists, type QueueRow, useNames, usePrompts } from './kinds'
import { shortName } from './names'

type Form = Omit<QueueRow, 'id' | 'revision'>
type Policy = Form['policy']
type Step = Form['chain'][number]

const POLICIES = [
  'longest_idle',
  'round_robin',
  'even_count',
  'even_talk',
  'most_skilled',
  'best_performer',
  'sequential',
  'ring_all',
  'last_agent',
  'secretary_first',
  'least_skilled',
] as const
const ORDINARY = POLICIES.slice(0, 8)
const WITH_THEN = new Set(['last_agent', 'secretary_first', 'least_skilled'])
const STEPS = ['queue', 'group', 'partner', 'mobile', 'message'] as const

const POLICY: Policy = {
  name: 'longest_idle',
  seconds: 20,
  agents: [],
  skill: '',
  share: 0.2,
  product: '',
  limit: 0,
  then: 'longest_idle',
}
const STEP: Step = {
  to: 'message',
  after: 60,
  queue: '',
  agents: [],
  trunk: '',
  number: '',
  ring_seconds: 25,
  length: 0,
  wait: 0,
  calendar: '',
  closed: false,
}
const BLANK: Form = {
  name: '',
  project: '',
  requires: {},
  ring_seconds: 15,
  reserve: '',
  reserve_after: 15,
  announce_every: 30,
  offer_after: 60,
  max_wait: 900,
  wrap_up_seconds: 30,
  short_abandon_seconds: 5,
  policy: POLICY,
  prefers: {},
  relax: [],
  priority_seconds: 300,
  holding: true,
  instead: 'message',
  size_limit: 0,
  full_queue: '',
  chain: [],
  promotions: [],
  callback_first: 'agent',
  callback_tries: 1,
  callback_retry_seconds: 300,
  breaks: '',
  breaks_away: 0,
  breaks_waiting: 0,
}

const kind: Kind<QueueRow, Form> = {
  area: 'queues',
  list: lists.queues,
  idOf: (row) => row.id,
  nameOf: (row) => row.name,
  hintOf: (row) => Object.keys(row.requires).join(', ') || row.id,
  blank: () => BLANK,
  formOf: without,
  idFrom: (form, taken) => shortName(form.name, taken),
  save: (id, form, revision) =>
    must(client.PUT('/api/queues/{id}', { params: { path: { id } }, body: { ...form, revision } as never })),
  remove: (id) => must(client.DELETE('/api/queues/{id}', { params: { path: { id } } })),
  Fields,
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

type Part = Pick<FieldsProps<Form>, 'form' | 'change' | 'wrong'>

function PolicyFields({ form, change, wrong }: Part) {
  const { t } = useTranslation()
  const names = useNames()
  const policy = { ...POLICY, ...form.policy }
  const set = (part: Partial<Policy>) => change({ policy: { ...policy, ...part } })
  const then = Object.fromEntries(ORDINARY.map((name) => [name, t(`settings.policy.${name}`)]))
  const name = policy.name ?? 'longest_idle'
  return (
    <>
      <SelectField
        label={t('settings.field.policy')}
        hint={t(`settings.policy_hint.${name}`)}
        value={name}
        onChange={(chosen) => set({ name: chosen as Policy['name'] })}
        options={Object.fromEntries(POLICIES.map((one) => [one, t(`settings.policy.${one}`)]))}
        wrong={wrong('policy')}
        testId="queue-policy"
      />
      {(name === 'last_agent' || name === 'secretary_first') && (
        <NumberField
          label={t('settings.policy_seconds')}
          value={policy.seconds ?? 20}
          onChange={(seconds) => set({ seconds })}
          least={0}
          most={86400}
          unit={t('settings.s')}
        />
      )}
      {(name === 'sequential' || name === 'secretary_first') && (
        <PickField
          label={t('settings.policy_agents')}
          value={policy.agents ?? []}
          onChange={(agents) => set({ agents })}
          options={names.agents}
          ordered
        />
      )}
      {name === 'least_skilled' && (
        <>
          <SelectField
            label={t('settings.policy_skill')}
            value={policy.skill ?? ''}
            onChange={(skill) => set({ skill })}
            options={Object.fromEntries(names.skills.map((one) => [one, one]))}
          />
          <NumberField
            label={t('settings.policy_share')}
            value={policy.share ?? 0.2}
            onChange={(share) => set({ share })}
            least={0}
            most={1}
          />
          <NumberField
            label={t('settings.policy_limit')}
            value={policy.limit ?? 0}
            onChange={(limit) => set({ limit })}
            least={0}
            most={100}
          />
        </>
      )}
      {name === 'best_performer' && (
        <TextField
          label={t('settings.policy_product')}
          value={policy.product ?? ''}
          onChange={(product) => set({ product })}
        />
      )}
      {WITH_THEN.has(name) && (
        <SelectField
          label={t('settings.policy_then')}
          value={policy.then ?? 'longest_idle'}
          onChange={(chosen) => set({ then: chosen as Policy['then'] })}
          options={then}
        />
      )}
    </>
  )
}

function Who({ form, change, wrong }: Part) {
  const { t } = useTranslation()
  const names = useNames()
  const required = Object.fromEntries(Object.keys(form.requires).map((skill) => [skill, skill]))
  return (
    <More
      title={t('settings.queue_who')}
      hint={t('settings.queue_who_hint')}
      open={!!wrong('relax') || !!wrong('prefers')}
    >
      <SkillsField
        label={t('settings.field.prefers')}
        hint={t('settings.prefers_hint')}
        value={form.prefers}
        onChange={(prefers) => change({ prefers })}
        known={names.skills}
        wrong={wrong('prefers')}
      />
      <NumberField
        label={t('settings.field.ring_seconds')}
        hint={t('settings.ring_hint')}
        value={form.ring_seconds}
        onChange={(ring_seconds) => change({ ring_seconds })}
        least={3}
        most={120}
        unit={t('settings.s')}
        wrong={wrong('ring_seconds')}
      />
      <NumberField
        label={t('settings.field.wrap_up_seconds')}
        hint={t('settings.wrap_up_hint')}
        value={form.wrap_up_seconds}
        onChange={(wrap_up_seconds) => change({ wrap_up_seconds })}
        least={0}
        most={86400}
        unit={t('settings.s')}
      />
      <SelectField
        label={t('floor.breaks')}
        hint={t('floor.breaks_hint')}
        value={form.breaks}
        onChange={(breaks) => change({ breaks })}
        options={{ warn: t('floor.breaks_warn'), refuse: t('floor.breaks_refuse') }}
        empty={t('floor.breaks_free')}
      />
      {form.breaks !== '' && (
        <>
          <NumberField
            label={t('floor.breaks_waiting')}
            value={form.breaks_waiting}
            onChange={(breaks_waiting) => change({ breaks_waiting })}
            least={0}
            most={10000}
          />
          <NumberField
            label={t('floor.breaks_away')}
            value={form.breaks_away}
            onChange={(breaks_away) => change({ breaks_away })}
            least={0}
            most={10000}
          />
        </>
      )}
      <NumberField
        label={t('settings.field.priority_seconds')}
        hint={t('settings.priority_hint')}
        value={form.priority_seconds}
        onChange={(priority_seconds) => change({ priority_seconds })}
        least={1}
        most={86400}
        unit={t('settings.s')}
      />
      <RowsField
        label={t('settings.field.relax')}
        hint={t('settings.relax_hint')}
        value={form.relax}
        onChange={(relax) => change({ relax })}
        blank={{ after: 60, skill: Object.keys(form.requires)[0] ?? '', level: 0 }}
        addWords={t('settings.relax_add')}
        wrong={wrong('relax')}
      >
        {(row, set) => (
          <>
            <NumberField
              label={t('settings.after')}
              value={row.after}
              onChange={(after) => set({ after })}
              least={0}
              most={86400}
              unit={t('settings.s')}
            />
            <SelectField
              label={t('settings.skill')}
              value={row.skill}
              onChange={(skill) => set({ skill })}
              options={required}
            />
            <NumberField
              label={t('settings.level_enough')}
              value={row.level ?? 0}
              onChange={(level) => set({ level })}
              least={0}
              most={5}
            />
          </>
        )}
      </RowsField>
    </More>
  )
}

function Waiting({ form, change, wrong }: Part) {
  const { t } = useTranslation()
  const names = useNames()
  const prompts = usePrompts().data ?? []
  const playable = Object.fromEntries(
    prompts.filter((one) => (one.seconds ?? 0) > 0).map((one) => [one.name, one.title.slice(0, 60)]),
  )
  return (
    <More
      title={t('settings.queue_waiting')}
      hint={t('settings.queue_waiting_hint')}
      open={!!wrong('promotions') || !!wrong('full_queue')}
    >
      <CheckField
        label={t('settings.field.holding')}
        hint={t('settings.holding_hint')}
        value={form.holding}
        onChange={(holding) => change({ holding })}
      />
      <SelectField
        label={t('settings.field.instead')}
        hint={t('settings.instead_hint')}
        value={form.instead}
        onChange={(instead) => change({ instead })}
        options={{ message: t('settings.instead.message'), callback: t('settings.instead.callback') }}
      />
      <NumberField
        label={t('settings.field.size_limit')}
        hint={t('settings.size_limit_hint')}
        value={form.size_limit}
        onChange={(size_limit) => change({ size_limit })}
        least={0}
        most={10000}
      />
      <SelectField
        label={t('settings.field.full_queue')}
        value={form.full_queue}
        onChange={(full_queue) => change({ full_queue })}
        options={names.queues}
        empty={t('settings.nowhere_else')}
        wrong={wrong('full_queue')}
      />
      <NumberField
        label={t('settings.field.announce_every')}
        hint={t('settings.announce_hint')}
        value={form.announce_every}
        onChange={(announce_every) => change({ announce_every })}
        least={0}
        most={86400}
        unit={t('settings.s')}
      />
      <NumberField
        label={t('settings.field.offer_after')}
        hint={t('settings.offer_hint')}
        value={form.offer_after}
        onChange={(offer_after) => change({ offer_after })}
        least={0}
        most={86400}
        unit={t('settings.s')}
      />
      <NumberField
        label={t('settings.field.short_abandon_seconds')}
        hint={t('settings.short_hint')}
        value={form.short_abandon_seconds}
        onChange={(short_abandon_seconds) => change({ short_abandon_seconds })}
        least={0}
        most={30}
        unit={t('settings.s')}
      />
      <RowsField
        label={t('settings.field.promotions')}
        hint={t('settings.promotions_hint')}
        value={form.promotions}
        onChange={(promotions) => change({ promotions })}
        blank={{ prompts: [], calendar: '' }}
        addWords={t('settings.promotion_add')}
        wrong={wrong('promotions')}
      >
        {(row, set) => (
          <>
            <PickField
              label={t('settings.prompts')}
              value={row.prompts}
              onChange={(chosen) => set({ prompts: chosen })}
              options={playable}
              ordered
            />
            <SelectField
              label={t('settings.only_open')}
              value={row.calendar ?? ''}
              onChange={(calendar) => set({ calendar })}
              options={names.calendars}
              empty={t('settings.always')}
            />
          </>
        )}
      </RowsField>
    </More>
  )
}

function WayOut({ form, change, wrong }: Part) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <More
      title={t('settings.queue_out')}
      hint={t('settings.queue_out_hint')}
      open={!!wrong('chain') || !!wrong('reserve')}
    >
      <SelectField
        label={t('settings.field.reserve')}
        hint={t('settings.reserve_hint')}
        value={form.reserve}
        onChange={(reserve) => change({ reserve })}
        options={names.queues}
        empty={t('settings.nobody')}
        wrong={wrong('reserve')}
      />
      <NumberField
        label={t('settings.field.reserve_after')}
        value={form.reserve_after}
        onChange={(reserve_after) => change({ reserve_after })}
        least={0}
        most={86400}
        unit={t('settings.s')}
      />
      <RowsField
        label={t('settings.field.chain')}
        hint={t('settings.chain_hint')}
        value={form.chain}
        onChange={(chain) => change({ chain })}
        blank={STEP}
        addWords={t('settings.step_add')}
        wrong={wrong('chain')}
      >
        {(row, set) => <StepFields row={{ ...STEP, ...row }} set={set} />}
      </RowsField>
    </More>
  )
}

function StepFields({ row, set }: { row: Step; set: (part: Partial<Step>) => void }) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <>
      <NumberField
        label={t('settings.after')}
        value={row.after ?? 0}
        onChange={(after) => set({ after })}
        least={0}
        most={86400}
        unit={t('settings.s')}
      />
      <SelectField
        label={t('settings.step_to')}
        value={row.to}
        onChange={(to) => set({ to: to as Step['to'] })}
        options={Object.fromEntries(STEPS.map((one) => [one, t(`settings.step.${one}`)]))}
      />
      {row.to === 'queue' && (
        <SelectField
          label={t('settings.queue')}
          value={row.queue ?? ''}
          onChange={(queue) => set({ queue })}
          options={names.queues}
        />
      )}
      {row.to === 'group' && (
        <PickField
          label={t('settings.policy_agents')}
          value={row.agents ?? []}
          onChange={(agents) => set({ agents })}
          options={names.agents}
        />
      )}
      {(row.to === 'partner' || row.to === 'mobile') && (
        <>
          <SelectField
            label={t('settings.trunk')}
            value={row.trunk ?? ''}
            onChange={(trunk) => set({ trunk })}
            options={names.trunks}
            empty={t('settings.project_trunk')}
          />
          <TextField label={t('settings.number')} value={row.number ?? ''} onChange={(number) => set({ number })} />
          <NumberField
            label={t('settings.field.ring_seconds')}
            value={row.ring_seconds ?? 25}
            onChange={(ring_seconds) => set({ ring_seconds })}
            least={3}
            most={120}
            unit={t('settings.s')}
          />
        </>
      )}
      <NumberField
        label={t('settings.step_length')}
        hint={t('settings.step_zero')}
        value={row.length ?? 0}
        onChange={(length) => set({ length })}
        least={0}
        most={10000}
      />
      <NumberField
        label={t('settings.step_wait')}
        hint={t('settings.step_zero')}
        value={row.wait ?? 0}
        onChange={(wait) => set({ wait })}
        least={0}
        most={86400}
        unit={t('settings.s')}
      />
      <SelectField
        label={t('settings.step_calendar')}
        value={row.calendar ?? ''}
        onChange={(calendar) => set({ calendar })}
        options={names.calendars}
        empty={t('settings.always')}
      />
      {row.calendar && (
        <CheckField
          label={t('settings.step_closed')}
          value={row.closed ?? false}
          onChange={(closed) => set({ closed })}
        />
      )}
    </>
  )
}

function Callbacks({ form, change }: Part) {
  const { t } = useTranslation()
  return (
    <More title={t('settings.queue_callbacks')} hint={t('settings.queue_callbacks_hint')}>
      <SelectField
        label={t('settings.field.callback_first')}
        value={form.callback_first}
        onChange={(callback_first) => change({ callback_first })}
        options={{ agent: t('settings.first_agent'), customer: t('settings.first_customer') }}
      />
      <NumberField
        label={t('settings.field.callback_tries')}
        value={form.callback_tries}
        onChange={(callback_tries) => change({ callback_tries })}
        least={1}
        most={20}
      />
      <NumberField
        label={t('settings.field.callback_retry_seconds')}
        value={form.callback_retry_seconds}
        onChange={(callback_retry_seconds) => change({ callback_retry_seconds })}
        least={10}
        most={86400}
        unit={t('settings.s')}
      />
    </More>
  )
}

function Breaks({ form, change, wrong }: Part) {
  const { t } = useTranslation()
  return (
    <More
      title={t('settings.queue_breaks')}
      hint={t('settings.queue_breaks_hint')}
      open={!!wrong('breaks_away') || !!wrong('breaks_waiting')}
    >
      <SelectField
        label={t('settings.field.breaks')}
        value={form.breaks}
        onChange={(breaks) => change({ breaks })}
        options={{ warn: t('settings.breaks.warn'), refuse: t('settings.breaks.refuse') }}
        empty={t('settings.breaks.free')}
      />
      <NumberField
        label={t('settings.field.breaks_away')}
        hint={t('settings.size_limit_hint')}
        value={form.breaks_away}
        onChange={(breaks_away) => change({ breaks_away })}
        least={0}
        most={10000}
      />
      <NumberField
        label={t('settings.field.breaks_waiting')}
        hint={t('settings.breaks_zero')}
        value={form.breaks_waiting}
        onChange={(breaks_waiting) => change({ breaks_waiting })}
        least={0}
        most={10000}
      />
    </More>
  )
}
