import { describe, expect, it } from 'vitest'
import { partOf, rowsSeen } from './visible'

describe('of a long list', () => {
  it('everything that is seen is drawn, wherever one scrolls to, and the heights add up', () => {
    for (const [count, perRow, height] of [
      [61, 1, 40],
      [200, 1, 49],
      [500, 4, 53],
      [503, 5, 20],
    ] as const) {
      const rows = Math.ceil(count / perRow)
      for (let above = 0; above <= rows * height; above += 37) {
        const part = partOf({ ...rowsSeen(above, 300, height), height, perRow }, count)
        const drawn = Math.ceil((part.to - part.from) / perRow)
        expect(part.before + part.after + drawn * height).toBe(rows * height)
        expect(part.before).toBeLessThanOrEqual(above)
        expect(part.before + drawn * height).toBeGreaterThanOrEqual(Math.min(above + 300, rows * height))
        expect(drawn).toBeLessThan(300 / height + 34)
      }
    }
  })

  it('a short one is drawn whole', () => {
    expect(partOf({ first: 8, last: 16, height: 40, perRow: 1 }, 12)).toEqual({ from: 0, to: 12, before: 0, after: 0 })
  })

  it('that became shorter than the place one looked at, the end is drawn', () => {
    const part = partOf({ first: 160, last: 184, height: 40, perRow: 1 }, 100)
    expect([part.from, part.to, part.after]).toEqual([99, 100, 0])
  })
})
