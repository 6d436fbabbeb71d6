import { describe, expect, it } from 'vitest'
import type { AgentRow, CallRow } from '@/realtime/rows'
import { isFree, targetsFor } from './targets'

const agent = (id: string, name: string, state: AgentRow['state'], extension = '101') =>
  ({ id, name, state, extension }) as AgentRow
const AGENTS = {
  me: agent('me', 'Анна', 'talking'),
  b: agent('b', 'Семён', 'talking', '102'),
  c: agent('c', 'Яна', 'ready', '103'),
  d: agent('d', 'Олег', 'offline', '104'),
}
const CALLS = { k: { queue: 'sales', phase: 'waiting' } as CallRow }
const find = (wanted: string) => targetsFor('me', wanted, AGENTS, { sales: 'Продажи' }, CALLS)

describe('targetsFor', () => {
  it('puts who is free first, then queues, then who is busy; neither me nor who is away', () => {
    expect(find('').map((one) => one.id)).toEqual(['c', 'sales', 'b'])
  })

  it('finds by name whatever way it is written, and by extension', () => {
    expect(find('семен').map((one) => one.id)).toEqual(['b'])
    expect(find('103').map((one) => one.id)).toEqual(['c'])
  })

  it('offers a number that was typed', () => {
    expect(find('+7 495 000-00-11')[0]).toMatchObject({ to: 'number', id: '+7 495 000-00-11' })
    expect(find('<b>')).toEqual([])
  })

  it('tells how many wait in a queue', () => {
    expect(find('продажи')[0]?.detail).toBe('1')
  })

  it('in a call among ourselves rings whose telephone is not in use, at home too, and short numbers', () => {
    const inside = targetsFor('me', '', AGENTS, {}, CALLS, true)
    expect(inside.filter(isFree).map((one) => one.id)).toEqual(['c', 'd'])
    expect(targetsFor('me', '4501', AGENTS, {}, CALLS, true)[0]).toMatchObject({ to: 'number', id: '4501' })
  })
})
