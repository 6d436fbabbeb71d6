import type { components } from '@/api/generated/schema'

export type CustomField = components['schemas']['CustomField']
export type Kept = boolean | number | string
/** what stands in the inputs, by field */
export type Typed = Readonly<Record<string, string>>

/** A value as it stands in an input. */
export function typedOf(value: unknown, language: string): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return language === 'en' ? String(value) : String(value).replace('.', ',')
  return typeof value === 'string' ? value : ''
}

/** What an input says; null = nothing, undefined = it cannot be read as this kind. */
export function readTyped(field: Pick<CustomField, 'kind'>, typed: string): Kept | null | undefined {
  const text = typed.trim()
  if (!text) return null
  if (field.kind === 'yes_no') return text === 'yes'
  if (field.kind !== 'number') return text
  const number = Number(text.replace(',', '.').replace(/\s/g, ''))
  return Number.isFinite(number) ? number : undefined
}

export function fieldName(field: Pick<CustomField, 'title' | 'title_en'>, language: string): string {
  return (language === 'en' && field.title_en) || field.title
}

/** Fields that have to be filled in and are not. */
export function lacking(fields: readonly CustomField[], typed: Typed): string[] {
  return fields.filter((one) => one.required && !one.archived && !typed[one.id]?.trim()).map((one) => one.id)
}
