import { describe as group, expect, it } from 'vitest'
import { describe } from './conditions'
import { conditionWords } from './words'

const look = { mode: 'режим работы', caller: 'номер звонящего' }
const mode = { stocktaking: 'Инвентаризация', day: 'День' }
const speech = {
  look,
  names: { queue: {}, calendar: {}, agent: {}, scenario: {}, source: {}, trunk: {}, modes: Object.keys(mode), mode },
}

group('a condition in words', () => {
  it('calls modes by their names, at any depth', () => {
    const asked = { kind: 'equals', field: 'mode', value: 'stocktaking' }
    expect(conditionWords(asked, speech)).toBe('режим работы = Инвентаризация')
    expect(conditionWords({ kind: 'one_of', field: 'mode', values: ['day', 'stocktaking'] }, speech)).toContain(
      'День, Инвентаризация',
    )
    expect(conditionWords({ kind: 'all_of', conditions: [asked] }, speech)).toContain('Инвентаризация')
    expect(conditionWords({ kind: 'not', condition: asked }, speech)).toContain('Инвентаризация')
  })

  it('leaves other values as they were typed', () => {
    expect(describe({ kind: 'equals', field: 'caller', value: 'day' }, look, () => 'День')).toBe(
      'номер звонящего = day',
    )
  })
})
