import { describe, expect, it } from 'vitest'
import type { AgentRow, CallRow, MonitorRow } from '@/realtime/rows'
import type { PhoneCall } from '@/softphone/phone'
import { remedyOf, type Situation } from './returning'

const row = (part: Partial<CallRow>) =>
  ({
    id: 'c',
    phase: 'talking',
    agent: 'me',
    asked: [],
    consults: [],
    transferred_by: '',
    ...part,
  }) as unknown as CallRow
const local = (part: Partial<PhoneCall> = {}) => ({ contact: 'c', phase: 'talking', ...part }) as PhoneCall

function situation(part: Partial<Situation>, call?: CallRow): Situation {
  return {
    me: 'me',
    online: true,
    registered: true,
    mine: { state: 'ready', contact: '' } as AgentRow,
    calls: call ? { c: call } : {},
    monitors: {},
    local: null,
    interrupted: '',
    ...part,
  }
}

describe('what brings a talk back', () => {
  it('takes back whom the page before this one left with music', () => {
    const parked = row({ phase: 'parked', agent: '', transferred_by: 'me' })
    expect(remedyOf(situation({ interrupted: 'c' }, parked))).toBe('pick_up')
    expect(remedyOf(situation({ interrupted: 'c', registered: false }, parked))).toBe('none')
    expect(remedyOf(situation({ interrupted: 'c' }, row({ phase: 'parked', transferred_by: 'you' })))).toBe('forget')
  })

  it('asks for a new ring when the server still believes that we talk', () => {
    expect(remedyOf(situation({ interrupted: 'c' }, row({})))).toBe('reconnect')
    expect(remedyOf(situation({ interrupted: 'c', online: false }, row({})))).toBe('none')
    const consulting = row({ consults: [{ agent: 'you' }] as CallRow['consults'] })
    expect(remedyOf(situation({ interrupted: 'c' }, consulting))).toBe('none')
    expect(remedyOf(situation({ interrupted: 'c' }, row({ phase: 'ringing', agent: '', asked: ['me'] })))).toBe('none')
  })

  it('leaves alone what goes on elsewhere, and what it never had', () => {
    expect(remedyOf(situation({ interrupted: 'c' }))).toBe('forget')
    expect(remedyOf(situation({ interrupted: 'c' }, row({ agent: 'you' })))).toBe('forget')
    expect(remedyOf(situation({}, row({})))).toBe('none')
  })

  it('ends here what is over everywhere else', () => {
    expect(remedyOf(situation({ local: local() }))).toBe('drop')
    expect(remedyOf(situation({ local: local(), online: false }))).toBe('none')
    expect(remedyOf(situation({ local: local({ contact: '' }) }))).toBe('none')
    expect(remedyOf(situation({ local: local({ phase: 'offered' }) }))).toBe('none')
    expect(remedyOf(situation({ local: local() }, row({})))).toBe('none')
    expect(remedyOf(situation({ local: local() }, row({ agent: 'you' })))).toBe('drop')
    const asked = row({ agent: 'you', consults: [{ agent: 'me' }] as CallRow['consults'] })
    expect(remedyOf(situation({ local: local() }, asked))).toBe('none')
    const listens = { m: { by: 'me' } as MonitorRow }
    expect(remedyOf(situation({ local: local(), monitors: listens }, row({ agent: 'you' })))).toBe('none')
  })
})
