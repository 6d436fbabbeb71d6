import type { operations } from '@/api/generated/schema'

type Query = NonNullable<operations['list_contacts']['parameters']['query']>

export type More = string | number | boolean | string[]

/** What the journal is narrowed to; kept in the address, so that it survives reloads and can be sent to a colleague. */
export interface Filters {
  /** today, yesterday, week, month; absent = all time */
  period?: string
  direction?: (typeof DIRECTIONS)[number]
  outcome?: string
  agent?: string
  queue?: string
  topic?: string
  text?: string
  /** what a figure of a report narrows to, in the words of the API, and which figure it was */
  more?: Record<string, More>
  why?: string
  /** the persons who had these contacts instead of the contacts */
  by?: 'customers'
  /** the contact that is open beside the list */
  open?: string
}

export const DIRECTIONS = ['inbound', 'outbound', 'trial'] as const
const TEXTS = ['period', 'outcome', 'agent', 'queue', 'topic', 'text', 'why', 'open'] as const

/** Filters from an address; what is not a filter is dropped. */
export function parseFilters(search: Record<string, unknown>): Filters {
  const filters: Filters = {}
  for (const name of TEXTS) {
    const value = search[name]
    if (typeof value === 'string' && value) filters[name] = value
    else if (typeof value === 'number') filters[name] = String(value)
  }
  const more = { ...moreOf(search.more), ...given(search) }
  if (Object.keys(more).length > 0) filters.more = more
  if (search.by === 'customers') filters.by = search.by
  const direction = DIRECTIONS.find((one) => one === search.direction)
  if (direction) filters.direction = direction
  return filters
}

/** Plain parameters of the address that others link with: a period, a project, a public number, causes, holes. */
function given(search: Record<string, unknown>): Record<string, More> {
  const found: Record<string, More> = {}
  for (const name of ['from', 'to'] as const) {
    const value = search[name]
    if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) found[name] = value
  }
  for (const [name, called] of Object.entries({ project: 'project', source: 'number', number: 'number' })) {
    const value = search[name]
    if (typeof value === 'string' && value) found[called] = value
    else if (typeof value === 'number') found[called] = `+${value}`
  }
  const stages = [search.stage, search.cause].flat().filter((one) => typeof one === 'string' && one !== '')
  if (stages.length > 0) found.cause = stages as string[]
  const holes = [search.hole].flat().filter((one) => typeof one === 'string' && one !== '')
  if (holes.length > 0) found.hole = holes as string[]
  return found
}

function moreOf(given: unknown): Record<string, More> | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined
  const kept = Object.entries(given).filter(
    (entry): entry is [string, More] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]) ||
      (Array.isArray(entry[1]) && entry[1].every((one) => typeof one === 'string')),
  )
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

/** What is kept under a name: all of it but how it is looked at. */
export function keptOf(filters: Filters): Filters {
  const kept = { ...filters }
  delete kept.open
  delete kept.by
  return kept
}

export function isNarrowed(filters: Filters): boolean {
  return Object.keys(filters).some((name) => name !== 'open' && name !== 'by')
}

const DAYS: Record<string, [from: number, to: number]> = {
  today: [0, 1],
  yesterday: [-1, 0],
  week: [-6, 1],
  month: [-29, 1],
}

/** [from, to) of a named period in local days around `now`, as ISO moments. */
export function periodOf(name: string | undefined, now = new Date()): { from?: string; to?: string } {
  const days = name === undefined ? undefined : DAYS[name]
  if (!days) return {}
  const midnight = (shift: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + shift).toISOString()
  return { from: midnight(days[0]), to: midnight(days[1]) }
}

/** Looks like a phone number, a whole one or a part. */
export function isNumberLike(text: string): boolean {
  return /^[+\d\s()-]{3,}$/.test(text.trim())
}

export function queryOf(filters: Filters): Query {
  const text = filters.text?.trim() ?? ''
  return {
    ...(filters.more as Query),
    ...periodOf(filters.period),
    ...(filters.direction && { direction: filters.direction }),
    ...(filters.outcome && { outcome: [filters.outcome] as Query['outcome'] }),
    ...(filters.agent && { agent: filters.agent }),
    ...(filters.queue && { queue: filters.queue }),
    ...(filters.topic && { topic: filters.topic }),
    ...(text === '' ? {} : isNumberLike(text) ? { phone: text } : { text }),
  }
}
