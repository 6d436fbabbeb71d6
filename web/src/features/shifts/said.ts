import type { TFunction } from 'i18next'
import { currentLocale } from '@/i18n'
import { tagOf } from '@/ui/format'
import type { Mark } from './line'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${currentLocale()} ${zone} ${JSON.stringify(options)}`
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(tagOf(currentLocale()), { timeZone: zone, hourCycle: 'h23', ...options })
    formats.set(key, found)
  }
  return found
}

/** "14:05:09" by the company's clock, whatever the browser's. */
export function clock(at: number, zone: string): string {
  return format(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at * 1000)
}

/** "14:05" */
export function shortClock(at: number, zone: string): string {
  return format(zone, { hour: '2-digit', minute: '2-digit' }).format(at * 1000)
}

/** "пн, 09.03" of a moment, or of a local day. */
export function dayName(at: number, zone: string): string {
  return format(zone, { weekday: 'short', day: '2-digit', month: '2-digit' }).format(at * 1000)
}

/** "пн 23" */
export function weekday(at: number, zone: string): string {
  return `${format(zone, { weekday: 'short' }).format(at * 1000)} ${format(zone, { day: 'numeric' }).format(at * 1000)}`
}

export function reasonSaid(t: TFunction, reason: string): string {
  return t(`reason.${reason}`, reason)
}

/** "Перерыв: обед" */
export function stateSaid(t: TFunction, one: { state: string; reason: string }): string {
  const state = one.state === 'at_work' ? t('shifts.at_work') : t(`agent.${one.state}`, one.state)
  return one.reason ? `${state}: ${reasonSaid(t, one.reason).toLocaleLowerCase()}` : state
}

/** What happened beside the states: an order, or what the rules said of a break. */
export function whatSaid(t: TFunction, mark: Mark): string {
  const reason = mark.reason ? ` (${reasonSaid(t, mark.reason).toLocaleLowerCase()})` : ''
  if (mark.what.startsWith('break_')) return t(`shifts.${mark.what}`) + reason
  return (
    t('shifts.order', { name: mark.by_name, state: t(`agent.${mark.what}`, mark.what).toLocaleLowerCase() }) + reason
  )
}
