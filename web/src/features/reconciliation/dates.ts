import { currentLocale } from '@/i18n'

/** A day as it is read; "2026-11-26" is a name, not a moment. */
export function dayOf(iso: string): string {
  return new Date(`${iso}T00:00:00Z`).toLocaleDateString(currentLocale(), { timeZone: 'UTC' })
}
