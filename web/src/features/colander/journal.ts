import type { Filters, More } from '@/features/journal/filters'
import type { Chosen, Hole } from './queries'

/** The journal narrowed to those who ran out of these holes, to be searched, kept and exported. */
export function inJournal(chosen: Chosen, holes: Hole['hole'][], why: string): Filters {
  const more: Record<string, More> = { from: chosen.from, to: chosen.to, hole: holes }
  if (chosen.project) more.project = chosen.project
  return { more, why }
}
