import type { TopicTree } from '@/api/types'

export type Topic = TopicTree['topics'][number]

/** Topics in the order of the tree, each with how deep it stands. Those in a circle stand at the top. */
export function inOrder(topics: readonly Topic[]): { topic: Topic; depth: number }[] {
  const found: { topic: Topic; depth: number }[] = []
  const seen = new Set<string>()
  const known = new Set(topics.map((one) => one.id))
  const take = (topic: Topic, depth: number) => {
    if (seen.has(topic.id)) return
    seen.add(topic.id)
    found.push({ topic, depth })
    for (const child of topics) if (child.parent === topic.id) take(child, depth + 1)
  }
  for (const topic of topics) if (!topic.parent || !known.has(topic.parent)) take(topic, 0)
  for (const topic of topics) take(topic, 0)
  return found
}

/** The topic and everything under it get this. */
export function withBranch(topics: readonly Topic[], id: string, part: Partial<Topic>): Topic[] {
  const under = new Set([id])
  for (let grown = true; grown;) {
    grown = false
    for (const topic of topics)
      if (topic.parent && under.has(topic.parent) && !under.has(topic.id)) {
        under.add(topic.id)
        grown = true
      }
  }
  return topics.map((topic) => (under.has(topic.id) ? { ...topic, ...part } : topic))
}

export function freshId(): string {
  return `t-${Math.random().toString(36).slice(2, 10)}`
}
