import { type Days, daysOf, parseReportSearch } from '@/features/reports/search'

/** What the page shows; kept in the address. Days are told as the reports tell them. */
export interface HistorySearch {
  period?: string
  first?: string
  last?: string
  rule?: string
  project?: string
}

export function parseHistorySearch(search: Record<string, unknown>): HistorySearch {
  const { period, first, last, project } = parseReportSearch(search)
  const { rule } = search
  const found = { period, first, last, project, rule: typeof rule === 'string' ? rule : undefined }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value))
}

export interface Asked extends Days {
  rule?: string
  project?: string
}

export function asked(search: HistorySearch, zone: string): Asked {
  const { rule, project } = search
  return { ...daysOf(search, zone), ...(rule && { rule }), ...(project && { project }) }
}

export function fileAddress(asked: Asked, format: string): string {
  return `/api/alerts/history/file?${new URLSearchParams({ ...asked, format }).toString()}`
}
