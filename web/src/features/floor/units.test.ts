import { describe, expect, it } from 'vitest'
import { percent, toneOfLevel } from '@/features/board/level'
import { said } from './units'

describe('figures', () => {
  it('carry their units', () => {
    expect(said('waiting_time', 65, 'ru')).toBe('65 с')
    expect(said('lost_share', 12.25, 'en')).toBe('12.3%')
    expect(said('waiting', 7, 'ru')).toBe('7')
  })

  it('colour a service level only when it is wanting', () => {
    expect([null, 95, 80, 79, 60, 59].map(toneOfLevel)).toEqual([
      undefined,
      undefined,
      undefined,
      'care',
      'care',
      'bad',
    ])
    expect([null, 83.4].map(percent)).toEqual(['–', '83\u00a0%'])
  })
})
