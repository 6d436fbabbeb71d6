import { useTranslation } from 'react-i18next'
import { CheckField, More, NumberField, SelectField, TextField } from './fields'
import { useNames, usePrompts } from './kinds'
import { PickField, RowsField } from './manyFields'
import { type Part, type Step, STEP, STEPS } from './queue'

export function Waiting({ form, change, wrong }: Part) {
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

export function WayOut({ form, change, wrong }: Part) {
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

export function Callbacks({ form, change }: Part) {
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

export function Breaks({ form, change, wrong }: Part) {
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
