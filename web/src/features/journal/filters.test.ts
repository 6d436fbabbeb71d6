import { describe, expect, it } from 'vitest'
import { isNarrowed, isNumberLike, keptOf, parseFilters, periodOf, queryOf } from './filters'

describe('filters', () => {
  it('keeps only what is a filter', () => {
    expect(parseFilters({ period: 'today', direction: 'sideways', x: '1', text: 4950000, agent: '' })).toEqual({
      period: 'today',
      text: '4950000',
    })
  })

  it('takes what others link with', () => {
    const linked = parseFilters({
      from: '2026-11-01T00:00:00Z',
      to: 'some day',
      stage: 'waiting',
      project: 'p1',
      outcome: 'lost',
      source: '+74950000001',
    })
    expect(queryOf(linked)).toEqual({
      from: '2026-11-01T00:00:00Z',
      cause: ['waiting'],
      project: 'p1',
      number: '+74950000001',
      outcome: ['lost'],
    })
  })

  it('knows how it is looked at from what it is narrowed to', () => {
    const search = parseFilters({ by: 'customers', topic: 'windows', open: 'c1' })
    expect(search).toEqual({ by: 'customers', topic: 'windows', open: 'c1' })
    expect(keptOf(search)).toEqual({ topic: 'windows' })
    expect(queryOf(search)).toEqual({ topic: 'windows' })
    expect(isNarrowed({ by: 'customers' })).toBe(false)
    expect(parseFilters({ by: 'agents' })).toEqual({})
  })

  it('takes holes of the colander, one or several', () => {
    expect(queryOf(parseFilters({ hole: 'waiting' }))).toEqual({ hole: ['waiting'] })
    expect(queryOf(parseFilters({ hole: ['no_answer', 'busy'], direction: 'inbound' }))).toEqual({
      hole: ['no_answer', 'busy'],
      direction: 'inbound',
    })
  })

  it('comes back from an address as it was kept', () => {
    const kept = keptOf({ period: 'week', more: { wait_over: 30, hole: ['short'] }, why: 'ждали', open: 'c1' })
    expect(parseFilters(kept as Record<string, unknown>)).toEqual(kept)
    expect(kept.open).toBeUndefined()
  })

  it('takes numbers and words apart', () => {
    expect(isNumberLike('+7 (495) 000-00-01')).toBe(true)
    expect(isNumberLike('Иванов 42')).toBe(false)
    expect(queryOf({ text: '495 000' })).toMatchObject({ phone: '495 000' })
    expect(queryOf({ text: 'доставка' })).toMatchObject({ text: 'доставка' })
  })

  it('turns a named period into local days', () => {
    const now = new Date(2026, 10, 22, 15, 30)
    expect(periodOf('yesterday', now)).toEqual({
      from: new Date(2026, 10, 21).toISOString(),
      to: new Date(2026, 10, 22).toISOString(),
    })
    expect(periodOf(undefined, now)).toEqual({})
    expect(periodOf('never', now)).toEqual({})
  })

  it('does not take the open contact for a filter', () => {
    expect(isNarrowed({ open: 'c1' })).toBe(false)
    expect(isNarrowed({ outcome: 'lost' })).toBe(true)
  })
})
