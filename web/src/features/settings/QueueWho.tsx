import { useTranslation } from 'react-i18next'
import { CheckField, More, NumberField, SelectField, TextField } from './fields'
import { useNames, useProducts } from './kinds'
import { PickField, RowsField, SkillsField } from './manyFields'
import { byName } from './names'
import { ORDINARY, type Part, POLICIES, type Policy, POLICY, WITH_THEN } from './queue'

export function PolicyFields({ form, change, wrong }: Part) {
  const { t } = useTranslation()
  const names = useNames()
  const products = useProducts()
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
            options={names.skills}
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
          hint={t('settings.policy_product_hint')}
          value={policy.product ?? ''}
          onChange={(product) => set({ product })}
          known={products}
          testId="policy-product"
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

export function Who({ form, change, wrong }: Part) {
  const { t } = useTranslation()
  const names = useNames()
  const required = byName(Object.keys(form.requires).map((id) => ({ id, name: names.skills[id] })))
  return (
    <More
      title={t('settings.queue_who')}
      hint={t('settings.queue_who_hint')}
      open={!!wrong('relax') || !!wrong('prefers') || !!wrong('after_talk')}
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
      <NumberField
        label={t('hold.reminder')}
        hint={t('hold.reminder_hint')}
        value={form.hold_reminder}
        onChange={(hold_reminder) => change({ hold_reminder })}
        least={0}
        most={3600}
        unit={t('settings.s')}
      />
      <CheckField
        label={t('survey.screened')}
        hint={t('survey.screened_hint')}
        value={form.screened}
        onChange={(screened) => change({ screened })}
      />
      <SelectField
        label={t('survey.after_talk')}
        hint={t('survey.after_talk_hint')}
        value={form.after_talk}
        onChange={(after_talk) => change({ after_talk })}
        options={names.scenarios}
        empty={t('survey.after_talk_none')}
        wrong={wrong('after_talk')}
        testId="queue-after-talk"
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
