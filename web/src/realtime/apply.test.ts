import { describe, expect, it } from 'vitest'
import { applyChanges, EMPTY_VIEW, viewOfSnapshot } from './apply'
import type { Change } from './rows'

const call = (phase: string) => ({ id: 'c1', phase })

describe('applyChanges', () => {
  it('puts, replaces and drops rows', () => {
    const changes: Change[] = [
      { op: 'put', collection: 'calls', id: 'c1', row: call('menu') },
      { op: 'put', collection: 'calls', id: 'c2', row: call('menu') },
      { op: 'put', collection: 'calls', id: 'c1', row: call('waiting') },
      { op: 'drop', collection: 'calls', id: 'c2' },
    ]
    expect(applyChanges(EMPTY_VIEW, changes).calls).toEqual({ c1: call('waiting') })
  })

  it('leaves the old view and untouched collections alone', () => {
    const before = viewOfSnapshot({ calls: { c1: call('menu') }, agents: { a1: { id: 'a1' } } })
    const after = applyChanges(before, [{ op: 'drop', collection: 'calls', id: 'c1' }])
    expect(before.calls).toHaveProperty('c1')
    expect(after.agents).toBe(before.agents)
    expect(after.calls).toEqual({})
  })

  it('passes over collections it does not know', () => {
    const after = applyChanges(EMPTY_VIEW, [{ op: 'put', collection: 'weather', id: 'x', row: {} }])
    expect(after).toBe(EMPTY_VIEW)
  })

  it('old snapshot + changes = fresh snapshot', () => {
    const old = viewOfSnapshot({ calls: { c1: call('menu'), c2: call('menu') } })
    const fresh = viewOfSnapshot({ calls: { c1: call('talking'), c3: call('menu') } })
    const changes: Change[] = [
      { op: 'drop', collection: 'calls', id: 'c2' },
      { op: 'put', collection: 'calls', id: 'c3', row: call('menu') },
      { op: 'put', collection: 'calls', id: 'c1', row: call('talking') },
    ]
    expect(applyChanges(old, changes)).toEqual(fresh)
  })
})
