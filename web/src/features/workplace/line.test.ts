import { describe, expect, it } from 'vitest'
import type { CallRow, DebtRow } from '@/realtime/rows'
import { countOnLine, debtsFor, inLine, isTakeable, parkedOf, ringsElsewhere } from './line'

const call = (id: string, phase: CallRow['phase'], since: number, direction: CallRow['direction'] = 'inbound') =>
  ({ id, phase, since, direction }) as CallRow

const debt = (id: string, owner: string, due_at: number) => ({ id, owner, due_at }) as DebtRow

it('shows everybody who waits, the oldest first', () => {
  const calls = [
    call('new', 'waiting', 30),
    call('menu', 'menu', 1),
    call('talking', 'talking', 2),
    call('ringing', 'ringing', 20),
    call('promised', 'promised', 10),
    call('out', 'ringing', 5, 'outbound'),
  ]
  expect(inLine(calls).map((row) => row.id)).toEqual(['promised', 'ringing', 'new'])
  expect(countOnLine(calls)).toBe(2)
  expect(countOnLine([...calls, call('parked', 'parked', 3, 'outbound')])).toBe(3)
})

describe('taking', () => {
  const at = (phase: CallRow['phase'], queue: string, asked: string[] = []) => ({
    ...call('c', phase, 1),
    queue,
    asked,
  })

  it('is of my queues, of those who ring at others, and of everybody who is parked', () => {
    expect(isTakeable(at('waiting', 'sales'), 'me', ['sales'])).toBe(true)
    expect(isTakeable(at('waiting', 'service'), 'me', ['sales'])).toBe(false)
    expect(isTakeable(at('ringing', 'sales', ['you']), 'me', ['sales'])).toBe(true)
    expect(isTakeable(at('ringing', 'sales', ['me']), 'me', ['sales'])).toBe(false)
    expect(isTakeable(at('parked', 'service'), 'me', ['sales'])).toBe(true)
    expect(isTakeable(at('promised', 'sales'), 'me', ['sales'])).toBe(false)
    expect(isTakeable(at('talking', 'sales'), 'me', ['sales'])).toBe(false)
  })

  it('begins with who is there longest', () => {
    const calls = [call('b', 'parked', 9), call('a', 'parked', 5), call('w', 'waiting', 1)]
    expect(parkedOf(calls).map((row) => row.id)).toEqual(['a', 'b'])
    const rings = [
      { ...call('late', 'ringing', 9), queue: 'sales', asked: ['x'] },
      { ...call('mine', 'ringing', 1), queue: 'sales', asked: ['me'] },
      { ...call('early', 'ringing', 5), queue: 'sales', asked: ['y'] },
    ] as CallRow[]
    expect(ringsElsewhere(rings, 'me', ['sales'])?.id).toBe('early')
    expect(ringsElsewhere(rings, 'me', [])).toBeUndefined()
  })
})

it('shows my debts and the common ones, the nearest deadline first', () => {
  const debts = [debt('queue', 'queue:sales', 200), debt('mine', 'agent:me', 100), debt('other', 'agent:you', 1)]
  expect(debtsFor('me', debts).map((row) => row.id)).toEqual(['mine', 'queue'])
})
