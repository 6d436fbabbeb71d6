import type { AgentRow, CallRow } from '@/realtime/rows'

/** Whom a call can be sent to, or who can be asked. `id` is an identifier, or a number as it was typed. */
export interface Target {
  to: 'agent' | 'queue' | 'number'
  id: string
  name: string
  /** extension, or how many wait */
  detail: string
  agent?: AgentRow
  /** of a call among ourselves: whose telephone is not in use may be rung, at work or not */
  inside?: boolean
}

const NUMBER = /^\+?[\d\s().-]{2,25}$/

const fold = (text: string) => text.toLocaleLowerCase().replaceAll('ё', 'е')

/**
 * Colleagues who are free, then queues, then the others at work (shown, for their state says when); a typed number comes
 * first. `wanted` narrows by name or extension.
 */
export function targetsFor(
  me: string,
  wanted: string,
  agents: Readonly<Record<string, AgentRow>>,
  queues: Readonly<Record<string, string>>,
  calls: Readonly<Record<string, CallRow>>,
  inside = false,
): Target[] {
  const words = fold(wanted.trim())
  const fits = (...texts: string[]) => !words || texts.some((text) => fold(text).includes(words))
  const colleagues = Object.values(agents)
    .filter((agent) => agent.id !== me && (inside || agent.state !== 'offline') && fits(agent.name, agent.extension))
    .sort((a, b) => Number(b.state === 'ready') - Number(a.state === 'ready') || a.name.localeCompare(b.name))
    .map((agent): Target => ({ to: 'agent', id: agent.id, name: agent.name, detail: agent.extension, agent, inside }))
  const lines = Object.entries(queues)
    .filter(([, name]) => fits(name))
    .sort(([, a], [, b]) => a.localeCompare(b))
    .map(([id, name]): Target => ({ to: 'queue', id, name, detail: String(waiting(calls, id)) }))
  const typed = wanted.trim()
  const outside: Target[] =
    NUMBER.test(typed) && typed.replace(/\D/g, '').length > (inside ? 2 : 4) ? [numberTarget(typed)] : []
  const free = colleagues.filter(isFree)
  return [...outside, ...free, ...lines, ...colleagues.filter((one) => !isFree(one))]
}

export function isFree(target: Target): boolean {
  if (target.to !== 'agent' || target.agent?.state === 'ready') return true
  return (target.inside ?? false) && target.agent?.state !== 'ringing' && target.agent?.state !== 'talking'
}

function numberTarget(typed: string): Target {
  return { to: 'number', id: typed, name: typed, detail: '' }
}

function waiting(calls: Readonly<Record<string, CallRow>>, queue: string): number {
  return Object.values(calls).filter((call) => call.queue === queue && call.phase === 'waiting').length
}
