import { describe, expect, it } from 'vitest'
import { daysOf, parseReportSearch } from './search'

const NIGHT = new Date('2026-11-25T22:30:00Z')

describe('the period of a report', () => {
  it('is told by the days of the report zone', () => {
    expect(daysOf({ period: 'today' }, 'Europe/Moscow', NIGHT)).toEqual({ first: '2026-11-26', last: '2026-11-26' })
    expect(daysOf({ period: 'today' }, 'UTC', NIGHT)).toEqual({ first: '2026-11-25', last: '2026-11-25' })
    expect(daysOf({ period: 'week' }, 'UTC', NIGHT)).toEqual({ first: '2026-11-19', last: '2026-11-25' })
  })

  it('may be given either way round, and is a month when it makes no sense', () => {
    const own = { period: 'own', first: '2026-03-05', last: '2026-03-01' }
    expect(daysOf(own, 'UTC', NIGHT)).toEqual({ first: '2026-03-01', last: '2026-03-05' })
    expect(daysOf({ period: 'own', first: 'soon' }, 'UTC', NIGHT)).toEqual({ first: '2026-10-27', last: '2026-11-25' })
  })

  it('is read from the address, and nothing else is', () => {
    expect(parseReportSearch({ report: 'minimal', target: 20, evil: 'x', by: {} })).toEqual({
      report: 'minimal',
      target: '20',
    })
  })
})
