import { describe, expect, it } from 'vitest'
import { inOrder, type Topic, withBranch } from './lists'

const topic = (id: string, parent = ''): Topic => ({
  id,
  parent,
  title: id,
  project: '',
  requires: [],
  archived: false,
})

describe('the tree of topics', () => {
  const topics = [topic('a'), topic('b'), topic('a1', 'a'), topic('a11', 'a1'), topic('lost', 'gone')]
  it('shows every topic once, under its own', () => {
    const shown = inOrder([...topics, topic('x', 'y'), topic('y', 'x')])
    expect(shown.map((one) => [one.topic.id, one.depth])).toEqual([
      ['a', 0],
      ['a1', 1],
      ['a11', 2],
      ['b', 0],
      ['lost', 0],
      ['x', 0],
      ['y', 1],
    ])
  })
  it('changes a branch as a whole', () => {
    const changed = withBranch(topics, 'a', { archived: true })
    expect(changed.filter((one) => one.archived).map((one) => one.id)).toEqual(['a', 'a1', 'a11'])
  })
})
