import { parseReportSearch } from '@/features/reports/search'

/** What the page shows; kept in the address. Days are told as the reports tell them. */
export interface SurveySearch {
  period?: string
  first?: string
  last?: string
  by?: string
  queue?: string
  agent?: string
}

export function parseSurveySearch(search: Record<string, unknown>): SurveySearch {
  const { period, first, last, by, queue, agent } = parseReportSearch(search)
  const found = { period, first, last, by: by === 'queue' || by === 'agent' ? by : undefined, queue, agent }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value))
}
