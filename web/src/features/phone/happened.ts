import type { AgentRow } from '@/realtime/rows'

/** network: the server was not reached; asleep: the page itself stood still, as under a closed lid. Seconds. */
export interface Absence {
  kind: 'network' | 'asleep'
  from: number
  to: number
}

export type Consequence = 'signed_out' | 'offer_passed' | 'phone_lost' | 'talk_goes_on' | 'talk_over' | 'nothing'

/** What an absence did to whoever was absent, by his row before and after. */
export function consequenceOf(before: AgentRow | undefined, after: AgentRow | undefined): Consequence {
  if (!before || !after) return 'nothing'
  if (before.state === 'talking' && before.contact)
    return after.contact === before.contact && after.state !== 'wrap_up' ? 'talk_goes_on' : 'talk_over'
  if (before.state === after.state) return 'nothing'
  if (after.state === 'offline') return 'signed_out'
  if (after.state === 'not_answering') return after.reason === 'device_unreachable' ? 'phone_lost' : 'offer_passed'
  return 'nothing'
}

/** shorter ones nobody has to know of */
const WORTH_TELLING = 3
/** browsers wake hidden pages once a minute at least: a longer gap between two ticks is sleep */
const SLEEP = 75
/** a page that is looked at ticks every few seconds */
const SLEEP_SEEN = 15

/**
 * Watches how long the server was away and the page stood still. One absence counts once: a page that slept has lost the
 * server too. `told` gets what is over, with the row from before it.
 */
export class AbsenceWatch {
  private before: AgentRow | undefined
  private lostAt = 0
  private frozenAt = 0
  private tickedAt = 0
  private wasSeen = false

  constructor(private readonly told: (absence: Absence, before: AgentRow | undefined) => void) {}

  /** The live picture says so: how it is with me. */
  seen(mine: AgentRow | undefined, online: boolean, now: number): void {
    if (online && this.lostAt) this.over('network', this.lostAt, now)
    if (online) {
      this.lostAt = 0
      this.before = mine
    }
  }
  lost(now: number): void {
    this.lostAt ||= now
  }
  frozen(now: number): void {
    this.frozenAt ||= now
  }
  resumed(now: number): void {
    if (this.frozenAt) this.slept(this.frozenAt, now)
  }
  /** Every few seconds, as long as the page runs; `seen`: it is not hidden. */
  tick(now: number, seen = false): void {
    const longest = this.wasSeen && seen ? SLEEP_SEEN : SLEEP
    if (this.tickedAt && now - this.tickedAt > longest) this.slept(this.tickedAt, now)
    this.tickedAt = now
    this.wasSeen = seen
  }

  private slept(from: number, now: number): void {
    this.frozenAt = this.lostAt = 0
    this.tickedAt = now
    this.over('asleep', from, now)
  }

  private over(kind: Absence['kind'], from: number, to: number): void {
    if (to - from >= WORTH_TELLING) this.told({ kind, from, to }, this.before)
  }
}
