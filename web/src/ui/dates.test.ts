import { describe, expect, it } from 'vitest'
import { readDate, writeDate } from './dates'

describe('dates', () => {
  it('are written as the language has it', () => {
    expect(writeDate('2026-11-25', 'ru')).toBe('25.11.2026')
    expect(writeDate('2026-11-25T14:30', 'ru')).toBe('25.11.2026, 14:30')
    expect(writeDate('2026-11-25T14:30', 'en')).toBe('25/11/2026, 14:30')
    expect(writeDate('', 'en')).toBe('')
  })

  it('are read however people write them', () => {
    const now = new Date(2026, 10, 27)
    for (const typed of ['25.11.2026', '25/11/2026', '25.11', '25-11-26', ' 2026-11-25 '])
      expect(readDate(typed, false, now), typed).toBe('2026-11-25')
    for (const typed of ['25.11.2026, 9:05', '25.11 09:05', '2026-11-25T09:05', '25/11/2026 9.05'])
      expect(readDate(typed, true, now), typed).toBe('2026-11-25T09:05')
    expect(readDate('', true, now)).toBe('')
  })

  it('are not guessed', () => {
    for (const typed of ['31.02.2026', '11/25/2026', 'завтра', '25.11.2026 10:00'])
      expect(readDate(typed, false), typed).toBeUndefined()
    for (const typed of ['25.11.2026', '25.11.2026 24:00', '25.11.2026, 9:5'])
      expect(readDate(typed, true), typed).toBeUndefined()
  })
})
