import { useTranslation } from 'react-i18next'
import { CheckField, SelectField } from '@/features/settings/fields'
import { useNames } from '@/features/settings/kinds'
import { RowsField } from '@/features/settings/manyFields'
import type { Exception } from './Outgoing'
import { CapsFields, NO_CAPS, Ticks } from './parts'

const KINDS = ['agent', 'skill', 'role', 'project'] as const
const ROLES = ['operator', 'supervisor', 'administrator'] as const

/** Those for whom something else holds than for everybody. */
export function Exceptions({
  value,
  onChange,
  wrong,
}: {
  value: Exception[]
  onChange: (value: Exception[]) => void
  wrong: string | undefined
}) {
  const { t } = useTranslation()
  const names = useNames()
  const known: Record<Exception['kind'], Record<string, string>> = {
    agent: names.agents,
    skill: names.skills,
    role: Object.fromEntries(ROLES.map((role) => [role, t(`role.${role}`)])),
    project: names.projects,
  }
  return (
    <RowsField
      label={t('rules.exceptions')}
      hint={t('rules.exceptions_hint')}
      value={value}
      onChange={onChange}
      blank={{ kind: 'agent', id: '', allowed: [], caps: null }}
      addWords={t('rules.exception_new')}
      wrong={wrong}
      testId="outgoing-exceptions"
    >
      {(one, set) => (
        <>
          <SelectField
            label={t('rules.exception_kind')}
            value={one.kind}
            onChange={(kind) => set({ kind: kind as Exception['kind'], id: '' })}
            options={Object.fromEntries(KINDS.map((kind) => [kind, t(`rules.kind.${kind}`)]))}
          />
          <SelectField
            label={t('rules.exception_id')}
            value={one.id}
            onChange={(id) => set({ id })}
            options={known[one.kind]}
          />
          <div className="k-set-group">
            <CheckField
              label={t('rules.own_directions')}
              value={one.allowed != null}
              onChange={(own) => set({ allowed: own ? [] : null })}
            />
            {(one.kind === 'agent' || one.kind === 'project') && (
              <CheckField
                label={t('rules.own_caps')}
                value={one.caps != null}
                onChange={(own) => set({ caps: own ? NO_CAPS : null })}
              />
            )}
          </div>
          {one.allowed != null && (
            <Ticks label={t('rules.own_directions')} value={one.allowed} onChange={(allowed) => set({ allowed })} />
          )}
          {one.caps != null && <CapsFields value={one.caps} onChange={(caps) => set({ caps })} />}
        </>
      )}
    </RowsField>
  )
}
