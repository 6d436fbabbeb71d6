import type { Days } from '@/features/reports/search'
import type { ShiftSearch } from './search'

const DAY_MS = 86_400_000

/** "2026-11-25" and so many days on. */
export function shifted(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

export function todayIn(zone: string, now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now)
}

/** The day that is looked at; one that is none is today. */
export function dayOfSearch(search: ShiftSearch, today: string): string {
  const { day } = search
  return day && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : today
}

/** The day, or the week from Monday to Sunday that it is in; both days belong to it. */
export function spanOf(search: ShiftSearch, today: string): Days {
  const day = dayOfSearch(search, today)
  if (!search.week) return { first: day, last: day }
  const first = shifted(day, -((new Date(Date.parse(day)).getUTCDay() + 6) % 7))
  return { first, last: shifted(first, 6) }
}
