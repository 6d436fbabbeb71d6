import { useCollection } from '@/realtime/live'
import type { AgentRow, CallRow, InsideRow } from '@/realtime/rows'
import { type PhoneCall, usePhone } from '@/softphone/store'
import { useMe } from '@/features/session/session'

/** My own row of the floor; undefined before the first snapshot, or when I have no agent's workplace. */
export function useMyRow(): AgentRow | undefined {
  const me = useMe()
  return useCollection('agents')[me.id]
}

/** dialling: my telephone is picked up and the customer's rings */
export type Stage = 'none' | 'offered' | 'answering' | 'dialling' | 'talking'

export interface MyCall {
  stage: Stage
  contact: string
  row: CallRow | undefined
  /** the browser's own telephone is in this call */
  local: PhoneCall | null
  since: number
  held: boolean
  /** since when the person has heard music; 0 when he does not */
  heldSince: number
  /** for too long */
  reminded: boolean
  /** I am asked into the call of this colleague; "" when it is mine */
  askedBy: string
  /** it is a colleague's call, and none of a customer */
  inside: InsideRow | null
}

/** What I am in right now, told together by the server's picture and by the telephone in this browser. */
export function myCall(
  me: string,
  mine: AgentRow | undefined,
  calls: Readonly<Record<string, CallRow>>,
  local: PhoneCall | null,
): MyCall {
  const contact = local?.contact || mine?.contact || ''
  const row =
    calls[contact] ??
    Object.values(calls).find(
      (call) =>
        call.asked.includes(me) ||
        call.consults.some((one) => one.agent === me) ||
        (call.agent === me && call.phase === 'talking'),
    )
  const stage = stageOf(me, mine, row, local)
  return {
    stage,
    contact: row?.id ?? contact,
    row,
    local,
    since: stage === 'talking' ? row?.connected_at || local?.since || row?.since || 0 : row?.since || local?.since || 0,
    held: row?.held ?? false,
    heldSince: row?.held_since ?? 0,
    reminded: row?.reminded ?? false,
    inside: mine?.inside ?? (row ? null : insideHere(local)),
    askedBy: row?.consults.some((one) => one.agent === me) ? row.agent : '',
  }
}

/** The telephone rings before the server's picture tells why. */
function insideHere(local: PhoneCall | null): InsideRow | null {
  if (!local?.inside) return null
  const stage = local.phase === 'talking' ? 'calling' : 'ringing'
  return {
    agent: '',
    number: local.from,
    stage,
    since: local.since,
    held: false,
    holds: false,
    asker: '',
    consults: [],
    page: null,
    door: null,
  }
}

function stageOf(me: string, mine: AgentRow | undefined, row: CallRow | undefined, local: PhoneCall | null): Stage {
  if (local?.phase === 'talking' && row?.direction === 'outbound' && row.phase === 'ringing') return 'dialling'
  if (local) return local.phase
  if (mine?.state === 'talking' || (row?.phase === 'talking' && row.agent === me)) return 'talking'
  if (mine?.state === 'ringing' || row?.asked.includes(me)) return 'offered'
  return 'none'
}

export function useMyCall(): MyCall {
  const me = useMe()
  const mine = useMyRow()
  const calls = useCollection('calls')
  const { call } = usePhone()
  return myCall(me.id, mine, calls, call)
}
