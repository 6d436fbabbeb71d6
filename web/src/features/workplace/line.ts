import type { AgentRow, CallRow, DebtRow } from '@/realtime/rows'

/** Who waits for a person, by the moment their place counts from. Promised callbacks keep their place. */
export function inLine(calls: readonly CallRow[]): CallRow[] {
  return calls
    .filter((call) => call.direction === 'inbound' && ['waiting', 'ringing', 'promised'].includes(call.phase))
    .sort((a, b) => a.since - b.since || a.id.localeCompare(b.id))
}

/** Those who are on the line; the promised ones hung up relying on us. */
export function isOnLine(call: CallRow): boolean {
  return call.phase !== 'promised'
}

/** How many people are on the line now: waiting, ringing at somebody, or parked. */
export function countOnLine(calls: readonly CallRow[]): number {
  return inLine(calls).filter(isOnLine).length + parkedOf(calls).length
}

/** Whom colleagues left with music for whoever takes them, the longest first. */
export function parkedOf(calls: readonly CallRow[]): CallRow[] {
  return calls.filter((call) => call.phase === 'parked').sort((a, b) => a.since - b.since || a.id.localeCompare(b.id))
}

/** My telephone may ring for somebody whom I ask for: on duty, and in no call. */
export function isFreeToTake(mine: AgentRow | undefined): boolean {
  return mine?.state === 'ready' || mine?.state === 'break' || mine?.state === 'not_answering'
}

/** This person may be taken by `me`, who serves `queues`: the engine's rules, so that no button promises in vain. */
export function isTakeable(call: CallRow, me: string, queues: readonly string[]): boolean {
  if (call.phase === 'parked') return true
  if (call.phase === 'waiting') return queues.includes(call.queue)
  return call.phase === 'ringing' && !call.asked.includes(me) && (call.queue === '' || queues.includes(call.queue))
}

/** Who rings at colleagues, the longest first: what the key for picking up takes. */
export function ringsElsewhere(calls: readonly CallRow[], me: string, queues: readonly string[]): CallRow | undefined {
  return inLine(calls).find((call) => call.phase === 'ringing' && isTakeable(call, me, queues))
}

/** Debts that this person may repay: his own and those of queues and projects, the nearest deadline first. */
export function debtsFor(agent: string, debts: readonly DebtRow[]): DebtRow[] {
  return debts
    .filter((debt) => debt.owner === `agent:${agent}` || !debt.owner.startsWith('agent:'))
    .sort((a, b) => a.due_at - b.due_at || a.id.localeCompare(b.id))
}
