/** Durations and moments as people read them. All inputs are seconds. */

/** 65 → "1:05", 3665 → "1:01:05", -5 → "−0:05". */
export function duration(seconds: number): string {
  const sign = seconds < 0 ? '−' : ''
  const whole = Math.floor(Math.abs(seconds))
  const h = Math.floor(whole / 3600)
  const m = Math.floor((whole % 3600) / 60)
  const s = String(whole % 60).padStart(2, '0')
  return h > 0 ? `${sign}${h}:${String(m).padStart(2, '0')}:${s}` : `${sign}${m}:${s}`
}

/** The customs of writing days and numbers that go with a language of ours. */
export const tagOf = (locale: string) => (locale === 'en' ? 'en-GB' : 'ru-RU')

/** 12.34 → "12.3", "12,3" in Russian. */
export function decimal(value: number, locale: string, digits = 1): string {
  return value.toLocaleString(tagOf(locale), { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** What parts thousands from hundreds: "," or a space in Russian. */
export const thousands = (locale: string) => (1000).toLocaleString(tagOf(locale)).charAt(1)

/** What parts tenths from ones: "." or "," in Russian. */
export const decimalMark = (locale: string) => decimal(0.1, locale).charAt(1)

/** A day as it is told, "2026-11-25" or only "2026-11" → "25.11.2026", "11.2026"; "25/11/2026" in English. */
export function dayOf(iso: string, locale: string): string {
  return iso
    .split('-')
    .reverse()
    .join(locale === 'en' ? '/' : '.')
}

/** 0.714 → "71%", "71 %" in Russian; null, which is nothing divided by nothing, → "–". */
export function percent(share: number | null, locale: string, digits = 0): string {
  if (share === null) return '–'
  const options = { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits } as const
  return share.toLocaleString(tagOf(locale), options)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(locale: string, kind: 'time' | 'short' | 'full'): Intl.DateTimeFormat {
  const key = `${locale} ${kind}`
  let found = formats.get(key)
  if (!found) {
    const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
    const options: Intl.DateTimeFormatOptions =
      kind === 'time'
        ? time
        : kind === 'short'
          ? { day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
          : { ...time, day: '2-digit', month: '2-digit', year: 'numeric' }
    found = new Intl.DateTimeFormat(tagOf(locale), options)
    formats.set(key, found)
  }
  return found
}

export function clockTime(at: number, locale: string): string {
  return formatOf(locale, 'time').format(at * 1000)
}

export function dayAndTime(at: number, locale: string): string {
  return formatOf(locale, 'short').format(at * 1000)
}

export function fullTime(at: number, locale: string): string {
  return formatOf(locale, 'full').format(at * 1000)
}

export function isSameDay(a: number, b: number): boolean {
  return new Date(a * 1000).toDateString() === new Date(b * 1000).toDateString()
}

/** Today's moments by the clock, others with their day, those of other years in full. */
export function moment(at: number, now: number, locale: string): string {
  if (new Date(at * 1000).getFullYear() !== new Date(now * 1000).getFullYear()) return fullTime(at, locale)
  return isSameDay(at, now) ? clockTime(at, locale) : dayAndTime(at, locale)
}

/** What lines say when the caller hid his number. */
export function isWithheld(raw: string): boolean {
  return /^(|anonymous|unknown|unavailable|restricted|withheld|private)$/i.test(raw.trim())
}

/** The caller's name, unless the line only says that it is hidden. */
export function callerName(raw: string | undefined): string {
  return raw === undefined || isWithheld(raw) ? '' : raw
}

/** "+74950001122" → "+7 495 000-11-22"; anything else stays as the line said it. */
export function phoneNumber(raw: string): string {
  const russian = /^(?:\+7|8)(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(raw)
  return russian ? `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}` : raw
}

/** By which number the person is known: his own, what we dialled, or what the line told of him. */
export function personNumber(
  row: { customer: string; caller: string; number: string; direction: string } | null | undefined,
): string {
  if (!row) return ''
  return row.customer || (row.direction === 'outbound' ? row.number : row.caller)
}
