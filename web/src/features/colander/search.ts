import { type Days, daysOf, parseReportSearch } from '@/features/reports/search'
import type { Chosen, Place } from './queries'

export const PLACES = [
  'line',
  'closed_hours',
  'menu',
  'waiting',
  'ringing',
  'put_through',
  'message',
  'callback',
] as const satisfies readonly Place['place'][]

/** What the colander shows; kept in the address, so that it survives reloads and can be sent to a colleague. */
export interface ColanderSearch {
  /** today, yesterday, week, month, year, own; absent = month */
  period?: string
  /** local days of an own period */
  first?: string
  last?: string
  project?: string
  /** the hole that is open */
  place?: Place['place']
}

export function parseColanderSearch(search: Record<string, unknown>): ColanderSearch {
  const { period, first, last, project } = parseReportSearch(search)
  const place = PLACES.find((one) => one === search.place)
  const found = { period, first, last, project, place }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value))
}

/** What to ask for: the moments at which the days of the period begin and end in `zone`. */
export function chosenOf(search: ColanderSearch, zone: string, now = new Date()): Chosen & Days {
  const { first, last } = daysOf(search, zone, now)
  const after = new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10)
  return { from: beginning(first, zone), to: beginning(after, zone), project: search.project ?? '', first, last }
}

/** The first moment of a day in `zone`. */
function beginning(day: string, zone: string): string {
  const wanted = Date.parse(day)
  // the clock may change between the first guess and the moment itself: look again from there
  const near = wanted - aheadOf(wanted, zone)
  return new Date(wanted - aheadOf(near, zone)).toISOString()
}

/** By how many milliseconds the clock of `zone` is ahead of UTC at a moment. */
function aheadOf(moment: number, zone: string): number {
  const local = new Date(moment).toLocaleString('sv-SE', { timeZone: zone })
  return Date.parse(`${local.replace(' ', 'T')}Z`) - moment
}
