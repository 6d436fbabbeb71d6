import { describe, expect, it } from 'vitest'
import { backAt, isBadBelow, isCounted, marginOf } from './rule'

describe('when an alert is over', () => {
  it('is said as the value at which all is fine again', () => {
    expect(backAt({ above: true, limit: 60, margin: 10 })).toBe(50)
    expect(backAt({ above: false, limit: 1, margin: 1 })).toBe(2)
    expect(backAt({ above: true, limit: 8, margin: 0.1 })).toBe(7.9)
  })

  it('is kept as the way from the limit, and refused outside of it', () => {
    expect(marginOf({ above: true, limit: 60 }, 45)).toBe(15)
    expect(marginOf({ above: true, limit: 60 }, 61)).toBeUndefined()
    expect(marginOf({ above: false, limit: 1 }, 3)).toBe(2)
    expect(marginOf({ above: false, limit: 1 }, 0)).toBeUndefined()
  })

  it('knows which figures are counted over a time and of which little is bad', () => {
    expect(isCounted('waiting')).toBe(false)
    expect(isCounted('lost_share')).toBe(true)
    expect(isBadBelow('free_agents')).toBe(true)
    expect(isBadBelow('waiting_time')).toBe(false)
  })
})
