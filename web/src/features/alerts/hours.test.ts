import { describe, expect, it } from 'vitest'
import { readHours, writeHours } from './hours'

describe('quiet hours', () => {
  it('are read as people write them', () => {
    expect(readHours('22:00-07:00, 13:00 – 14:00')).toEqual([
      [1320, 420],
      [780, 840],
    ])
    expect(readHours(' ')).toEqual([])
    for (const wrong of ['22-7', '25:00-07:00', '10:75-11:00', 'night']) expect(readHours(wrong), wrong).toBeUndefined()
  })

  it('come back as they were', () => {
    expect(writeHours(readHours('22:00-07:00, 13:00-14:00') ?? [])).toBe('22:00-07:00, 13:00-14:00')
  })
})
