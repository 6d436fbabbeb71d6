/** The arithmetic of a shift's line: what is where, and how long it has lasted by now. Pure; seconds since the epoch. */
import type { components } from '@/api/generated/schema'
import type { AgentRow, AgentState } from '@/realtime/rows'
import type { Tone } from '@/ui/tone'
import { toneOfState } from '@/ui/tone'

type Schemas = components['schemas']
export type Person = Schemas['ShiftPerson']
export type Log = Schemas['ShiftLog']
export type Line = Schemas['ShiftLine']
export type Stretch = Schemas['ShiftStretch']
export type Mark = Schemas['ShiftMark']
export type Spent = Schemas['ShiftSpent']

/** What is known of now: the live row, which is newer than what the server counted. */
export type Live = Pick<AgentRow, 'state' | 'reason' | 'since'> | undefined

export interface Sums {
  on_shift: number
  ready: number
  /** a telephone rings, or there is a talk */
  calls: number
  wrap_up: number
  break: number
  not_answering: number
}
export type Column = keyof Sums
export const COLUMNS: Column[] = ['on_shift', 'ready', 'calls', 'wrap_up', 'break', 'not_answering']

const COLUMN_OF: Record<string, Column> = {
  ready: 'ready',
  ringing: 'calls',
  talking: 'calls',
  wrap_up: 'wrap_up',
  break: 'break',
  not_answering: 'not_answering',
}

/** he has just come, which is no break yet; see the break guard */
const NO_BREAK = 'signed_in'

/** The times in each state with what has gone by since the server counted. `told`: when it did. */
export function spentBy(person: Pick<Person, 'spent' | 'now'>, live: Live, told: number, now: number): Spent[] {
  const spent = person.spent.map((one) => ({ ...one }))
  const add = (state: string, reason: string, seconds: number, times: number) => {
    if (state === 'offline' || seconds <= 0) return
    const known = spent.find((one) => one.state === state && one.reason === reason)
    if (known) {
      known.seconds += seconds
      known.times += times
    } else spent.push({ state, reason, seconds, times: Math.max(1, times) })
  }
  if (!person.now) return spent
  const moved = live !== undefined && live.since > told
  add(person.now.state, person.now.reason, (moved ? live.since : now) - told, 0)
  if (moved) add(live.state, live.reason, now - live.since, 1)
  return spent
}

export function sumsOf(spent: readonly Spent[]): Sums {
  const sums: Sums = { on_shift: 0, ready: 0, calls: 0, wrap_up: 0, break: 0, not_answering: 0 }
  for (const one of spent) {
    sums.on_shift += one.seconds
    const column = COLUMN_OF[one.state]
    if (column) sums[column] += one.seconds
  }
  return sums
}

/** Breaks by reason, the longest first; whoever has only come is no break. */
export function breaksOf(spent: readonly Spent[]): Spent[] {
  return spent
    .filter((one) => one.state === 'break' && one.reason !== NO_BREAK)
    .sort((a, b) => b.seconds - a.seconds || a.reason.localeCompare(b.reason))
}

/** A line with the live state at its end, so that it grows without asking. */
export function grown(states: readonly Stretch[], live: Live, now: number): Stretch[] {
  const last = states.at(-1)
  if (!last || last.until !== null) return [...states]
  if (live === undefined || live.since <= last.at) return [...states.slice(0, -1), { ...last, until: now }]
  if (live.state === last.state && live.reason === last.reason) return [...states.slice(0, -1), { ...last, until: now }]
  const next = { at: live.since, until: now, state: live.state, reason: live.reason }
  return [...states.slice(0, -1), { ...last, until: live.since }, next]
}

export interface Window {
  from: number
  to: number
}

const HOUR = 3600
const LEAST_HOURS = 8

/** The hours that are worth drawing: from the first who came to the last who left, whole hours, eight at least. */
export function windowOf(log: Pick<Log, 'since' | 'until' | 'people'>, now: number): Window {
  const [since, until] = [Date.parse(log.since) / 1000, Date.parse(log.until) / 1000]
  const came = log.people.flatMap((one) => (one.came_at ? [Date.parse(one.came_at) / 1000] : []))
  if (came.length === 0) return { from: since, to: until }
  const left = log.people.flatMap((one) =>
    one.came_at ? [one.left_at ? Date.parse(one.left_at) / 1000 : Math.min(until, now)] : [],
  )
  const hours = (at: number, round: (value: number) => number) => since + round((at - since) / HOUR) * HOUR
  let from = Math.max(since, hours(Math.min(...came), Math.floor))
  let to = Math.min(until, hours(Math.max(...left), Math.ceil))
  if (to - from < LEAST_HOURS * HOUR) {
    to = Math.min(until, from + LEAST_HOURS * HOUR)
    from = Math.max(since, to - LEAST_HOURS * HOUR)
  }
  return { from, to }
}

/** Moments of the marks of an axis: each `hours` hours from the window's first one. */
export function ticks({ from, to }: Window, hours: number): number[] {
  const found = []
  for (let at = from; at < to; at += hours * HOUR) found.push(at)
  return found
}

/** So that no more than a dozen hours are written under each other. */
export function stepOf({ from, to }: Window): number {
  const hours = (to - from) / HOUR
  return hours <= 12 ? 1 : hours <= 24 ? 2 : 24
}

const AT_WORK = 'at_work'

export function toneOf(state: string): Tone {
  return state === AT_WORK ? 'good' : toneOfState(state as AgentState)
}

/** One path a colour instead of a box a state: hundreds of states of hundreds of people stay light.
 *
 * In a box of 1000 × 10, breaks half as high, so that they are told without the colour. */
export function pathsOf(states: readonly Stretch[], { from, to }: Window, now: number): Partial<Record<Tone, string>> {
  const found: Partial<Record<Tone, string>> = {}
  const x = (at: number) => Math.round(((Math.min(Math.max(at, from), to) - from) / (to - from)) * 100_000) / 100
  for (const one of states) {
    if (one.state === 'offline') continue
    const [left, right] = [x(one.at), x(one.until ?? now)]
    if (right <= left) continue
    const tone = toneOf(one.state)
    const high = one.state === 'break' ? 5 : 10
    found[tone] = `${found[tone] ?? ''}M${left} ${10 - high}H${right}V10H${left}Z`
  }
  return found
}

/** Which state was at a moment; -1 when none. */
export function placeAt(states: readonly Stretch[], at: number, now: number): number {
  let [low, high] = [0, states.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const one = states[middle]
    if (!one) return -1
    if (at < one.at) high = middle - 1
    else if (at >= (one.until ?? now)) low = middle + 1
    else return middle
  }
  return -1
}

export type Order = 'name' | 'came' | Column

/** People in the order of a column: times the longest first, who came first first. */
export function inOrder(people: readonly Person[], by: string | undefined): Person[] {
  const names = (a: Person, b: Person) => a.name.localeCompare(b.name) || a.agent.localeCompare(b.agent)
  if (by === 'came')
    return [...people].sort((a, b) => (a.came_at ?? '9').localeCompare(b.came_at ?? '9') || names(a, b))
  if (by !== undefined && by in sumsOf([])) {
    const sums = new Map(people.map((one) => [one.agent, sumsOf(one.spent)[by as Column]]))
    return [...people].sort((a, b) => (sums.get(b.agent) ?? 0) - (sums.get(a.agent) ?? 0) || names(a, b))
  }
  return [...people].sort(names)
}
