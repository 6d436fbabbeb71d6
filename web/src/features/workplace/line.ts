import type { CallRow, DebtRow } from '@/realtime/rows'

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

/** Debts that this person may repay: his own and those of queues and projects, the nearest deadline first. */
export function debtsFor(agent: string, debts: readonly DebtRow[]): DebtRow[] {
  return debts
    .filter((debt) => debt.owner === `agent:${agent}` || !debt.owner.startsWith('agent:'))
    .sort((a, b) => a.due_at - b.due_at || a.id.localeCompare(b.id))
}
