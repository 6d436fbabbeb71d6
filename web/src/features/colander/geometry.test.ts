import { describe, expect, it } from 'vitest'
import { holesOf, streamOf, THICK, TOP } from './geometry'

describe('the stream', () => {
  it('loses in thickness what leaks', () => {
    const holes = holesOf(200, [20, 0, 30, 50])
    expect(holes.at(-1)?.after).toBeCloseTo(TOP + THICK / 2)
    expect(holes[1]).toMatchObject({ half: 0, before: holes[0]?.after, after: holes[0]?.after })
    expect(streamOf(holes)).not.toMatch(/NaN/)
  })

  it('shows even the smallest leak, and survives nothing at all', () => {
    expect(holesOf(1_000_000, [1])[0]?.half).toBeGreaterThan(1)
    expect(streamOf(holesOf(0, [0, 0]))).not.toMatch(/NaN/)
  })
})
