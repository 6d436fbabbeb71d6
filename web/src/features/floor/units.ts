const SECONDS = new Set(['waiting_time', 'answer_delay', 'talk_in', 'talk_out'])
const SHARES = new Set(['lost_share', 'occupancy', 'connection_rate'])

export type Unit = 'seconds' | 'percent' | 'count'

export function unitOf(figure: string): Unit {
  return SECONDS.has(figure) ? 'seconds' : SHARES.has(figure) ? 'percent' : 'count'
}

/** A figure's value with its unit: 83.25 of "occupancy" → "83.3 %". */
export function said(figure: string, value: number, locale: string): string {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value)
  const unit = unitOf(figure)
  if (unit === 'seconds') return `${number} ${locale === 'en' ? 's' : 'с'}`
  return unit === 'percent' ? `${number} %` : number
}
