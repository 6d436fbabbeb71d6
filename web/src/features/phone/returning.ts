import type { AgentRow, CallRow, MonitorRow } from '@/realtime/rows'
import type { PhoneCall } from '@/softphone/phone'

/**
 * What brings the telephone of this tab and the server's picture together again after a reload, a crash or a dead
 * network.
 *
 * pick_up: the page before this one left the person with music; reconnect: the server believes that we talk, and nothing
 * is heard here; forget: the talk that was cut off is over or goes on elsewhere; drop: what is heard here is over, the
 * word of it was lost on the way.
 */
export type Remedy = 'none' | 'pick_up' | 'reconnect' | 'forget' | 'drop'

export interface Situation {
  me: string
  /** the picture is live */
  online: boolean
  /** the telephone of this tab can be rung */
  registered: boolean
  mine: AgentRow | undefined
  calls: Readonly<Record<string, CallRow>>
  monitors: Readonly<Record<string, MonitorRow>>
  local: PhoneCall | null
  /** the contact whose sound this tab lost, "" = none */
  interrupted: string
}

export function remedyOf(now: Situation): Remedy {
  const { me, local, interrupted } = now
  if (!now.online || !now.mine) return 'none'
  if (local) return local.phase === 'talking' && local.contact && !isInCall(now, local.contact) ? 'drop' : 'none'
  if (!interrupted) return 'none'
  const row = now.calls[interrupted]
  if (row?.phase === 'parked' && row.transferred_by === me) return now.registered ? 'pick_up' : 'none'
  if (row?.phase === 'talking' && row.agent === me)
    return now.registered && row.consults.length === 0 ? 'reconnect' : 'none'
  if (row?.asked.includes(me)) return 'none'
  return 'forget'
}

function isInCall({ me, mine, calls, monitors }: Situation, contact: string): boolean {
  const row = calls[contact]
  return (
    mine?.contact === contact ||
    Object.values(monitors).some((one) => one.by === me) ||
    (row !== undefined && (row.agent === me || row.asked.includes(me) || row.consults.some((one) => one.agent === me)))
  )
}
