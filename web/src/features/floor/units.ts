import type { TFunction } from 'i18next'
import { tagOf } from '@/ui/format'

const SECONDS = new Set(['waiting_time', 'answer_delay', 'talk_in', 'talk_out'])
const SHARES = new Set(['lost_share', 'occupancy', 'connection_rate'])

/** What a situation is called: by its rule, or in the reader's words where no rule of the company named it. */
export function nameOf(t: TFunction, situation: { figure: string; name: string }): string {
  return situation.figure === 'outgoing_stopped' ? t('floor.outgoing_stopped') : situation.name
}

export type Unit = 'seconds' | 'percent' | 'count'

export function unitOf(figure: string): Unit {
  return SECONDS.has(figure) ? 'seconds' : SHARES.has(figure) ? 'percent' : 'count'
}

/** A figure's value with its unit: 83.25 of "occupancy" → "83.3 %". */
export function said(figure: string, value: number, locale: string): string {
  const unit = unitOf(figure)
  const number = value.toLocaleString(tagOf(locale), { maximumFractionDigits: 1 })
  if (unit === 'percent') return `${number}${locale === 'en' ? '' : '\u00a0'}%`
  return unit === 'seconds' ? `${number} ${locale === 'en' ? 's' : 'с'}` : number
}
