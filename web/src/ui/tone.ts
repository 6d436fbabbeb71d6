import type { AgentState, Phase } from '@/realtime/rows'

/** What a colour says: good, at work, needs attention, trouble, away. */
export type Tone = 'good' | 'work' | 'care' | 'bad' | 'away'

const OF_STATE: Record<AgentState, Tone> = {
  offline: 'away',
  ready: 'good',
  ringing: 'work',
  talking: 'work',
  wrap_up: 'care',
  break: 'away',
  not_answering: 'bad',
}

export function toneOfState(state: AgentState): Tone {
  return OF_STATE[state] ?? 'away'
}

const OF_PHASE: Record<Phase, Tone> = {
  menu: 'away',
  waiting: 'care',
  ringing: 'work',
  talking: 'work',
  parked: 'care',
  message: 'away',
  promised: 'care',
}

export function toneOfPhase(phase: Phase): Tone {
  return OF_PHASE[phase] ?? 'away'
}

/** seconds of waiting from which a row asks for attention, and from which it is trouble */
export const WAIT_CARE = 20
export const WAIT_BAD = 60

export function toneOfWait(seconds: number): Tone | undefined {
  if (seconds >= WAIT_BAD) return 'bad'
  if (seconds >= WAIT_CARE) return 'care'
  return undefined
}

/** `left` seconds to a deadline: past it is trouble, the last five minutes ask for attention. */
export function toneOfDeadline(left: number): Tone | undefined {
  if (left < 0) return 'bad'
  if (left < 300) return 'care'
  return undefined
}

export function toneOfOutcome(outcome: string): Tone {
  if (outcome === 'answered' || outcome === 'called_back' || outcome === 'self_served') return 'good'
  if (outcome === 'lost') return 'bad'
  if (outcome === 'message_taken' || outcome === 'short_abandoned' || outcome === 'not_reached') return 'care'
  return 'away'
}
