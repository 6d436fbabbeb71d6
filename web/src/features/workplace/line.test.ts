import { expect, it } from 'vitest'
import type { CallRow, DebtRow } from '@/realtime/rows'
import { debtsFor, inLine } from './line'

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
})

it('shows my debts and the common ones, the nearest deadline first', () => {
  const debts = [debt('queue', 'queue:sales', 200), debt('mine', 'agent:me', 100), debt('other', 'agent:you', 1)]
  expect(debtsFor('me', debts).map((row) => row.id)).toEqual(['mine', 'queue'])
})
