import { describe, expect, it } from 'vitest'
import type { AgentRow } from '@/realtime/rows'
import { type Absence, AbsenceWatch, consequenceOf } from './happened'

const row = (state: AgentRow['state'], part: Partial<AgentRow> = {}) =>
  ({ state, contact: '', reason: '', ...part }) as AgentRow

describe('what an absence did', () => {
  it('is told by the rows before and after', () => {
    const talk = row('talking', { contact: 'c' })
    expect(consequenceOf(row('ready'), row('ready'))).toBe('nothing')
    expect(consequenceOf(row('ready'), row('offline', { reason: 'lost' }))).toBe('signed_out')
    expect(consequenceOf(row('ready'), row('not_answering', { reason: 'no_answer' }))).toBe('offer_passed')
    expect(consequenceOf(row('ready'), row('not_answering', { reason: 'device_unreachable' }))).toBe('phone_lost')
    expect(consequenceOf(talk, talk)).toBe('talk_goes_on')
    expect(consequenceOf(talk, row('ringing', { contact: 'c' }))).toBe('talk_goes_on')
    expect(consequenceOf(talk, row('wrap_up', { contact: 'c' }))).toBe('talk_over')
    expect(consequenceOf(talk, row('ready'))).toBe('talk_over')
    expect(consequenceOf(undefined, row('ready'))).toBe('nothing')
  })
})

describe('the watch over absences', () => {
  function watch() {
    const told: [Absence['kind'], number, number, string | undefined][] = []
    return { told, watch: new AbsenceWatch((one, before) => told.push([one.kind, one.from, one.to, before?.state])) }
  }

  it('tells of a network that was away for long enough', () => {
    const { told, watch: it } = watch()
    it.seen(row('ready'), true, 1)
    it.lost(10)
    it.seen(undefined, false, 11)
    it.seen(row('ready'), true, 12)
    expect(told).toEqual([])
    it.lost(20)
    it.lost(25)
    it.seen(row('offline'), true, 40)
    expect(told).toEqual([['network', 20, 40, 'ready']])
  })

  it('tells of a page that was frozen, once', () => {
    const { told, watch: it } = watch()
    it.seen(row('ready'), true, 1)
    it.tick(2)
    it.frozen(5)
    it.resumed(95)
    it.tick(96)
    it.lost(96)
    it.seen(row('offline'), true, 97)
    expect(told).toEqual([['asleep', 5, 95, 'ready']])
  })

  it('tells of a closed lid by the gap between two ticks', () => {
    const { told, watch: it } = watch()
    it.seen(row('break'), true, 1)
    for (const now of [5, 10, 70, 400]) it.tick(now)
    expect(told).toEqual([['asleep', 70, 400, 'break']])
  })

  it('needs a shorter gap where the page is looked at, for only hidden ones are woken seldom', () => {
    const { told, watch: it } = watch()
    it.seen(row('ready'), true, 1)
    it.tick(5, true)
    it.tick(19, true)
    it.tick(50, false)
    it.tick(100, true)
    expect(told).toEqual([])
    it.tick(120, true)
    expect(told).toEqual([['asleep', 100, 120, 'ready']])
  })
})
