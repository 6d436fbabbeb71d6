import type { TopicTree } from '@/api/types'

type Topic = Pick<TopicTree['topics'][number], 'id' | 'parent' | 'title'>

export interface Option {
  value: string
  label: string
}
export interface Branch {
  group: string
  items: Option[]
}

/** Topics for a select: every branch with its leaves under the branch's title, lone ones by themselves. */
export function topicOptions({ topics }: { topics: Topic[] }): (Option | Branch)[] {
  const options: (Option | Branch)[] = []
  const known = new Set(topics.map((topic) => topic.id))
  for (const top of topics) {
    if (top.parent && known.has(top.parent)) continue
    const leaves = leavesUnder(top.id, topics, '')
    if (leaves.length === 0) options.push({ value: top.id, label: top.title })
    else options.push({ group: top.title, items: leaves })
  }
  return options
}

function leavesUnder(parent: string, topics: Topic[], path: string): Option[] {
  return topics
    .filter((topic) => topic.parent === parent)
    .flatMap((topic) => {
      const label = path ? `${path} / ${topic.title}` : topic.title
      const deeper = leavesUnder(topic.id, topics, label)
      return deeper.length > 0 ? deeper : [{ value: topic.id, label }]
    })
}
