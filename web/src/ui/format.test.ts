import { describe, expect, it } from 'vitest'
import { duration, isWithheld, phoneNumber } from './format'

describe('format', () => {
  it('writes durations', () => {
    expect([0, 5.9, 65, 3665, -5].map(duration)).toEqual(['0:00', '0:05', '1:05', '1:01:05', '−0:05'])
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
