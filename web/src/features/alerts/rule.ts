import type { Rule } from './queries'

export const FIGURES: Rule['figure'][] = [
  'waiting_time',
  'waiting',
  'lost',
  'lost_share',
  'free_agents',
  'occupancy',
  'answer_delay',
  'talk_in',
  'talk_out',
  'connection_rate',
]

/** What is so at this moment; all others are counted over a window of time. */
const MOMENTARY: ReadonlySet<string> = new Set(['waiting_time', 'waiting', 'free_agents'])

export const isCounted = (figure: string) => !MOMENTARY.has(figure)

/** The figures of which little is bad. */
export const isBadBelow = (figure: string) => figure === 'free_agents' || figure === 'connection_rate'

type Limits = Pick<Rule, 'above' | 'limit'> & { margin?: number }

/** At which value it is fine again: `margin` inside the limit. */
export function backAt({ above, limit, margin = 0 }: Limits): number {
  return Math.round((above ? limit - margin : limit + margin) * 100) / 100
}

/** The margin that makes it fine again at `back`; undefined when that is outside of the limit. */
export function marginOf({ above, limit }: Limits, back: number): number | undefined {
  const margin = Math.round((above ? limit - back : back - limit) * 100) / 100
  return margin < 0 || back < 0 ? undefined : margin
}
