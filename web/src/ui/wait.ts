import { isOnLine } from '@/features/workplace/line'
import type { CallRow } from '@/realtime/rows'
import { useClock } from './clock'
import { type Tone, toneOfWait } from './tone'

/** How pressing it is that this person waits; drawn again only when it becomes more so. */
export function useWaitTone(call: CallRow): Tone | undefined {
  return useClock((now) => (isOnLine(call) ? toneOfWait(now - call.since) : undefined))
}
