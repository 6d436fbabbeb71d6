import { describe, expect, it } from 'vitest'
import { dayBefore, inMinutes, localInput, tomorrowAt } from './promised'

describe('a promised time', () => {
  const now = new Date(2026, 11, 31, 23, 50)

  it('is written as the field wants it, and read back as the same moment', () => {
    expect(localInput(now)).toBe('2026-12-31T23:50')
    expect(new Date(localInput(now)).getTime()).toBe(now.getTime())
  })

  it('goes over midnight and the end of the year', () => {
    expect(localInput(inMinutes(15, now))).toBe('2027-01-01T00:05')
    expect(localInput(tomorrowAt(10, now))).toBe('2027-01-01T10:00')
    expect(dayBefore(31, now)).toBe('2026-11-30')
  })
})
