/** Days and moments as people write them; inside they are what a browser's own fields give: "2026-11-25T14:30". */
import { dayOf } from './format'

/** "2026-11-25" → "25.11.2026", "2026-11-25T14:30" → "25.11.2026, 14:30"; with slashes in English. */
export function writeDate(iso: string, locale: string): string {
  const [day = '', time] = iso.split('T')
  return day && dayOf(day, locale) + (time ? `, ${time.slice(0, 5)}` : '')
}

const DAY = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?)/
const TIME = /^[\s,T]+(\d{1,2})[:.](\d{2})(?::\d{2})?$/

/** The other way round: "" of nothing, undefined of what is no date. Without a year the year of `now` is meant. */
export function readDate(text: string, withTime: boolean, now = new Date()): string | undefined {
  const typed = text.trim()
  if (!typed) return ''
  const found = DAY.exec(typed)
  if (!found) return undefined
  const year = Number(found[1] ?? found[6] ?? now.getFullYear())
  const [month, day] = [Number(found[2] ?? found[5]), Number(found[3] ?? found[4])]
  const whole = year < 100 ? 2000 + year : year
  const at = new Date(whole, month - 1, day)
  if (at.getMonth() !== month - 1 || at.getDate() !== day) return undefined
  const iso = `${whole}-${two(month)}-${two(day)}`
  const rest = typed.slice(found[0].length)
  if (!withTime) return rest ? undefined : iso
  const time = TIME.exec(rest)
  if (!time || Number(time[1]) > 23 || Number(time[2]) > 59) return undefined
  return `${iso}T${two(Number(time[1]))}:${time[2]}`
}

const two = (value: number) => String(value).padStart(2, '0')
