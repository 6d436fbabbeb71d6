import type { Filters, More } from '@/features/journal/filters'
import type { Chosen, Place } from './queries'

/** How those who leaked at a place ended, in the journal's words; a place that is not here is no ending (a promise). */
const ENDINGS: Partial<Record<Place['place'], { outcome: string[]; cause: string[] }>> = {
  line: { outcome: ['lost'], cause: ['refused', 'switch_failure', 'application_away', 'before_answer'] },
  menu: { outcome: ['lost'], cause: ['menu'] },
  closed_hours: { outcome: ['lost'], cause: ['closed_hours'] },
  waiting: { outcome: ['lost', 'short_abandoned'], cause: ['waiting'] },
  ringing: { outcome: ['lost'], cause: ['ringing', 'no_answer', 'busy'] },
  put_through: { outcome: ['lost'], cause: ['at_answer', 'agent_left'] },
}

/** The journal narrowed to those who leaked there, to be searched and exported; null when it has no words for them. */
export function inJournal(chosen: Chosen, place: Place['place'], why: string): Filters | null {
  const ending = ENDINGS[place]
  if (!ending) return null
  const more: Record<string, More> = { from: chosen.from, to: chosen.to, direction: 'inbound', ...ending }
  if (chosen.project) more.project = chosen.project
  return { more, why }
}
