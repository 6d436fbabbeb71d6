/** What the shift log shows; kept in the address, so that it survives reloads and can be sent to a colleague. */
export interface ShiftSearch {
  /** a local day, "" or absent = today */
  day?: string
  /** the week of that day instead of the day alone */
  week?: string
  queue?: string
  project?: string
  agent?: string
  /** also who was never on shift */
  absent?: string
  /** what the list is sorted by; absent = the name */
  by?: string
  /** the person who is open beside the list */
  open?: string
}

const NAMES = ['day', 'week', 'queue', 'project', 'agent', 'absent', 'by', 'open'] as const

export function parseShiftSearch(search: Record<string, unknown>): ShiftSearch {
  const found: ShiftSearch = {}
  for (const name of NAMES) {
    const value = search[name]
    if (typeof value === 'string' && value) found[name] = value
    else if (typeof value === 'number') found[name] = String(value)
  }
  return found
}
