import { describe, expect, it } from 'vitest'
import { chosenOf, parseColanderSearch } from './search'

const NIGHT = new Date('2026-11-25T22:30:00Z')

describe('what the colander shows', () => {
  it('is read from the address, and nothing else is', () => {
    expect(parseColanderSearch({ period: 'week', project: 'shop', place: 'menu', evil: 'x' })).toEqual({
      period: 'week',
      project: 'shop',
      place: 'menu',
    })
    expect(parseColanderSearch({ place: 'nowhere', project: {} })).toEqual({})
  })

  it('is the same for whoever opens the address, wherever his own clock is', () => {
    const own = { period: 'own', first: '2026-11-01', last: '2026-11-02', project: 'shop' }
    expect(chosenOf(own, 'Europe/Moscow', NIGHT)).toMatchObject({
      from: '2026-10-31T21:00:00.000Z',
      to: '2026-11-02T21:00:00.000Z',
      project: 'shop',
    })
    expect(chosenOf({ period: 'today' }, 'Asia/Vladivostok', NIGHT).from).toBe('2026-11-25T14:00:00.000Z')
  })

  it('has days of 23 and 25 hours where the clock changes', () => {
    const hours = (day: string) => {
      const { from, to } = chosenOf({ period: 'own', first: day, last: day }, 'Europe/Berlin')
      return (Date.parse(to) - Date.parse(from)) / 3_600_000
    }
    expect(hours('2026-03-29')).toBe(23)
    expect(hours('2026-10-25')).toBe(25)
    expect(hours('2026-10-26')).toBe(24)
  })
})
