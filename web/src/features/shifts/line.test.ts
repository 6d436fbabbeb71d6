import { describe, expect, it } from 'vitest'
import { dayOfSearch, spanOf } from './days'
import {
  breaksOf,
  grown,
  inOrder,
  pathsOf,
  type Person,
  placeAt,
  spentBy,
  type Stretch,
  sumsOf,
  windowOf,
} from './line'

const at = (hours: number) => Date.parse('2026-03-09T21:00:00Z') / 1000 + hours * 3600
const iso = (hours: number) => new Date(at(hours) * 1000).toISOString()
const stretch = (from: number, to: number | null, state: string, reason = ''): Stretch => ({
  at: at(from),
  until: to === null ? null : at(to),
  state,
  reason,
})

function person(part: Partial<Person> = {}): Person {
  return {
    agent: 'ann',
    name: 'Ann',
    extension: '301',
    came_at: iso(9),
    left_at: null,
    from_before: false,
    on_shift: 3 * 3600,
    spent: [
      { state: 'ready', reason: '', seconds: 2 * 3600, times: 2 },
      { state: 'break', reason: 'lunch', seconds: 1800, times: 1 },
      { state: 'break', reason: 'signed_in', seconds: 1800, times: 1 },
    ],
    now: { state: 'ready', reason: '', since: iso(11) },
    marks: 0,
    ...part,
  }
}

describe('times', () => {
  it('tick on in the state that goes on', () => {
    const spent = spentBy(person(), undefined, at(12), at(12.5))
    expect(sumsOf(spent)).toMatchObject({ on_shift: 3.5 * 3600, ready: 2.5 * 3600 })
  })
  it('follow the live row from its moment on', () => {
    const live = { state: 'break', reason: 'lunch', since: at(12.25) } as const
    const spent = spentBy(person(), live, at(12), at(12.5))
    expect(sumsOf(spent)).toMatchObject({ on_shift: 3.5 * 3600, ready: 2.25 * 3600 })
    expect(breaksOf(spent)).toEqual([{ state: 'break', reason: 'lunch', seconds: 2700, times: 2 }])
  })
  it('stand still when the period is over, and for who went home', () => {
    expect(sumsOf(spentBy(person({ now: null }), undefined, at(12), at(20))).on_shift).toBe(3 * 3600)
    const gone = { state: 'offline', reason: '', since: at(12) } as const
    expect(sumsOf(spentBy(person(), gone, at(12), at(12))).on_shift).toBe(3 * 3600)
  })
})

describe('a line', () => {
  const states = [stretch(9, 10, 'ready'), stretch(10, 11, 'break', 'lunch'), stretch(11, null, 'ready')]
  it('grows', () => {
    expect(grown(states, undefined, at(12)).at(-1)).toEqual(stretch(11, 12, 'ready'))
    const live = { state: 'talking', reason: '', since: at(11.5) } as const
    expect(grown(states, live, at(12)).slice(-2)).toEqual([stretch(11, 11.5, 'ready'), stretch(11.5, 12, 'talking')])
    expect(grown(states.slice(0, 2), live, at(12))).toEqual(states.slice(0, 2))
  })
  it('tells what was at a moment', () => {
    expect([8, 9, 9.99, 10, 11.5, 13].map((hour) => placeAt(states, at(hour), at(12)))).toEqual([-1, 0, 0, 1, 2, -1])
  })
  it('is one path a colour, cut to the window, with low breaks', () => {
    const paths = pathsOf(states, { from: at(9.5), to: at(19.5) }, at(12))
    expect(paths.good).toBe('M0 0H50V10H0ZM150 0H250V10H150Z')
    expect(paths.away).toBe('M50 5H150V10H50Z')
  })
})

describe('the window', () => {
  const log = (people: Person[]) => ({ since: iso(0), until: iso(24), people })
  it('holds the first who came and the last who left', () => {
    const people = [person({ came_at: iso(8.5), left_at: iso(12) }), person({ came_at: iso(9), left_at: iso(20.2) })]
    expect(windowOf(log(people), at(30))).toEqual({ from: at(8), to: at(21) })
  })
  it('is eight hours at least, within the day', () => {
    expect(windowOf(log([person({ came_at: iso(22) })]), at(23))).toEqual({ from: at(16), to: at(24) })
    expect(windowOf(log([]), at(3))).toEqual({ from: at(0), to: at(24) })
  })
})

it('weeks begin on Mondays', () => {
  expect(spanOf({ day: '2026-03-15', week: '1' }, '2026-11-27')).toEqual({ first: '2026-03-09', last: '2026-03-15' })
  expect(spanOf({ week: '1' }, '2026-03-09')).toEqual({ first: '2026-03-09', last: '2026-03-15' })
  expect(dayOfSearch({ day: 'nonsense' }, '2026-11-27')).toBe('2026-11-27')
})

it('people are sorted by name, by coming, by times', () => {
  const ann = person({ agent: 'a', name: 'Ann', came_at: iso(10) })
  const bob = person({ agent: 'b', name: 'Bob', came_at: iso(9), spent: [] })
  const cat = person({ agent: 'c', name: 'Cat', came_at: null, spent: [] })
  const order = (by?: string) => inOrder([cat, bob, ann], by).map((one) => one.agent)
  expect(order()).toEqual(['a', 'b', 'c'])
  expect(order('came')).toEqual(['b', 'a', 'c'])
  expect(order('break')).toEqual(['a', 'b', 'c'])
})
