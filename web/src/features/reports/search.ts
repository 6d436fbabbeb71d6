/** What the reports' page shows; kept in the address, so that it survives reloads and can be sent to a colleague. */
export interface ReportSearch {
  /** which report; absent = the first */
  report?: string
  /** today, yesterday, week, month, year, own; absent = month */
  period?: string
  /** local days of an own period */
  first?: string
  last?: string
  by?: string
  project?: string
  queue?: string
  agent?: string
  target?: string
  compare?: string
  /** which group of columns is shown where all do not fit; absent = the first */
  part?: string
}

const NAMES = [
  'report',
  'period',
  'first',
  'last',
  'by',
  'project',
  'queue',
  'agent',
  'target',
  'compare',
  'part',
] as const

export function parseReportSearch(search: Record<string, unknown>): ReportSearch {
  const found: ReportSearch = {}
  for (const name of NAMES) {
    const value = search[name]
    if (typeof value === 'string' && value) found[name] = value
    else if (typeof value === 'number') found[name] = String(value)
  }
  return found
}

export interface Days {
  first: string
  last: string
}

const SPANS: Record<string, [first: number, last: number]> = {
  today: [0, 0],
  yesterday: [-1, -1],
  week: [-6, 0],
  month: [-29, 0],
  year: [-364, 0],
}
export const PERIODS = [...Object.keys(SPANS), 'own']

/** Local days of a period around today in `zone`; both belong to it. */
export function daysOf(search: ReportSearch, zone: string, now = new Date()): Days {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now)
  const shifted = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
  if (search.period === 'own' && isDay(search.first) && isDay(search.last))
    return search.first <= search.last
      ? { first: search.first, last: search.last }
      : { first: search.last, last: search.first }
  const [first, last] = SPANS[search.period ?? 'month'] ?? [-29, 0]
  return { first: shifted(first), last: shifted(last) }
}

function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}
