import { currentLocale } from '@/i18n'
import { percent as share } from '@/ui/format'
import type { Tone } from '@/ui/tone'

/** per cent answered within the target time from which all is well, and below which it is trouble */
export const LEVEL_GOOD = 80
export const LEVEL_BAD = 60

export function toneOfLevel(value: number | null): Tone | undefined {
  if (value === null || value >= LEVEL_GOOD) return undefined
  return value < LEVEL_BAD ? 'bad' : 'care'
}

/** 83.3 → "83 %" in Russian, "83%" in English; null → "–". */
export function percent(value: number | null): string {
  return share(value === null ? null : value / 100, currentLocale())
}
