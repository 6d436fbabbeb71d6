import { t } from 'i18next'

/** A condition as the scenario keeps it; see core/scenarios/conditions. */
export interface Condition {
  kind: string
  field?: string
  value?: string
  values?: string[]
  prefix?: string
  least?: string
  most?: string
  pattern?: string
  condition?: Condition
  conditions?: Condition[]
}

export const HOWS = ['equals', 'one_of', 'starts_with', 'between', 'matches_number', 'not', 'all_of', 'any_of'] as const
export type How = (typeof HOWS)[number]

export function readCondition(value: unknown): Condition {
  const found = value as Condition | null
  return found && typeof found === 'object' && typeof found.kind === 'string'
    ? found
    : { kind: 'equals', field: 'caller', value: '' }
}

function firstValue(of: Condition): string {
  return of.value ?? of.prefix ?? of.pattern ?? of.least ?? of.values?.[0] ?? ''
}

/** The same question asked in another way: what was typed is kept where it fits. */
export function asked(of: Condition, how: How): Condition {
  const field = of.field ?? 'caller'
  const value = firstValue(of)
  switch (how) {
    case 'equals':
      return { kind: how, field, value }
    case 'one_of':
      return { kind: how, field, values: of.values ?? (value ? [value] : []) }
    case 'starts_with':
      return { kind: how, field, prefix: value }
    case 'between':
      return { kind: how, field, least: value, most: of.most ?? '' }
    case 'matches_number':
      return { kind: how, field, pattern: value }
    case 'not':
      return { kind: how, condition: of.condition ?? (of.field ? of : readCondition(null)) }
    case 'all_of':
    case 'any_of':
      return { kind: how, conditions: of.conditions ?? [of] }
  }
}

/** The field whose values are modes: people know these by their names. */
export const MODE = 'mode'

/**
 * In words, as short as they go: «час от 9 до 17 и набранный номер равно +7495…». `look`: field → its name;
 * `mode`: what a mode is called.
 */
export function describe(
  of: Condition,
  look: Readonly<Record<string, string>>,
  mode: (key: string) => string = (key) => key,
): string {
  const name = of.field ? (look[of.field] ?? of.field) : ''
  const said = (value: string) => (of.field === MODE ? mode(value) : value)
  switch (of.kind) {
    case 'equals':
      return `${name} = ${said(of.value ?? '')}`
    case 'one_of':
      return `${name} ${t('cond.is_one_of')} ${(of.values ?? []).map(said).join(', ')}`
    case 'starts_with':
      return `${name} ${t('cond.starts_with')} ${of.prefix ?? ''}`
    case 'between':
      return `${name} ${t('cond.from')} ${of.least ?? ''} ${t('cond.to')} ${of.most ?? ''}`
    case 'matches_number':
      return `${name} ~ ${of.pattern ?? ''}`
    case 'not':
      return `${t('cond.not_word')} (${of.condition ? describe(of.condition, look, mode) : ''})`
    case 'all_of':
    case 'any_of': {
      const word = of.kind === 'all_of' ? t('cond.and') : t('cond.or')
      const parts = (of.conditions ?? []).map((one) => {
        const inner = describe(one, look, mode)
        return one.kind === 'all_of' || one.kind === 'any_of' ? `(${inner})` : inner
      })
      return parts.join(` ${word} `) || t(of.kind === 'all_of' ? 'cond.always' : 'cond.never')
    }
    default:
      return of.kind
  }
}
