import type { TopicTree } from '@/api/types'
import type { Draft } from './draft'

export type Part = keyof Draft

/** Which parts of a result must still be said, in the order of the form. The server holds to the same rule. */
export function missingOf(draft: Draft, tree: Pick<TopicTree, 'topics' | 'results'>): Part[] {
  const topic = tree.topics.find((one) => one.id === draft.topic)
  const result = tree.results.find((one) => one.id === draft.result)
  const wanted = new Set<Part>(['topic', 'result', ...(topic?.requires ?? [])])
  if (result?.asks_refusal) wanted.add('refusal')
  if (result?.asks_next || draft.next_step.trim() || draft.next_at) {
    wanted.add('next_step')
    wanted.add('next_at')
  }
  if (wanted.has('next_step')) wanted.add('next_at')
  const order: Part[] = ['topic', 'result', 'refusal', 'note', 'heard_from', 'next_step', 'next_at']
  return order.filter((name) => wanted.has(name) && !draft[name].trim())
}

/** ISO 8601 → what an input of date and time takes, by this machine's clock; '' for ''. */
export function toLocal(iso: string): string {
  const at = new Date(iso)
  if (!iso || Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The other way round; '' for anything that is no time. */
export function fromLocal(local: string): string {
  const at = new Date(local)
  return local && !Number.isNaN(at.getTime()) ? at.toISOString() : ''
}
