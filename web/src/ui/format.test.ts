import { describe, expect, it } from 'vitest'
import { dayOf, decimal, decimalMark, duration, isWithheld, percent, phoneNumber } from './format'

describe('format', () => {
  it('writes durations', () => {
    expect([0, 5.9, 65, 3665, -5].map(duration)).toEqual(['0:00', '0:05', '1:05', '1:01:05', '−0:05'])
  })

  it('writes numbers and days as the language does', () => {
    expect([decimal(12.34, 'ru'), decimal(12.34, 'en')]).toEqual(['12,3', '12.3'])
    expect([decimalMark('ru'), decimalMark('en')]).toEqual([',', '.'])
    expect([percent(0.714, 'ru'), percent(0.714, 'en', 1), percent(null, 'ru')]).toEqual(['71\u00a0%', '71.4%', '–'])
    expect([dayOf('2026-11-25', 'ru'), dayOf('2026-11', 'ru'), dayOf('2026-11-25', 'en')]).toEqual([
      '25.11.2026',
      '11.2026',
      '25/11/2026',
    ])
  })

  it('knows a hidden number', () => {
    expect(['', 'Anonymous', 'unknown'].every(isWithheld)).toBe(true)
    expect(isWithheld('+74950000001')).toBe(false)
  })

  it('groups Russian numbers and leaves others alone', () => {
    expect(phoneNumber('+74950000001')).toBe('+7 495 000-00-01')
    expect(phoneNumber('84950000001')).toBe('+7 495 000-00-01')
    expect(phoneNumber('1&PJSIP/x')).toBe('1&PJSIP/x')
    expect(phoneNumber('101')).toBe('101')
  })
})
