import { describe, expect, it } from 'vitest'
import { change, groupsOf, written } from './figures'
import type { Column } from './queries'

describe('figures', () => {
  it('are written as people read them', () => {
    expect(written(0.8302, 'share', 'en')).toBe('83.0%')
    expect(written(3725, 'seconds', 'ru')).toBe('1:02:05')
    expect(written(12345, 'count', 'en')).toBe('12,345')
    expect(written(null, 'money', 'ru')).toBe('–')
  })

  it('tell how they changed, and whether that is good', () => {
    const lost = { kind: 'count', good: 'less' } as const
    expect(change(12, 10, lost, 'en')).toEqual({ text: '+20%', tone: 'bad' })
    expect(change(8, 10, lost, 'en')).toEqual({ text: '−20%', tone: 'good' })
    expect(change(0.83, 0.8, { kind: 'share', good: 'more' }, 'ru')).toEqual({ text: '+3 п. п.', tone: 'good' })
    expect(change(5, 5, lost, 'ru')).toEqual({ text: '0 %', tone: 'away' })
    expect(change(5, 0, lost, 'ru')).toBeUndefined()
    expect(change(null, 4, lost, 'ru')).toBeUndefined()
  })

  it('stand under the headings that they share', () => {
    const column = (id: string, group: string) =>
      ({ id, kind: 'count', good: '', group: { ru: group, en: group } }) as Column
    const groups = groupsOf([column('a', 'x'), column('b', 'x'), column('c', 'y')], 'en')
    expect(groups.map((one) => [one.title, one.first, one.columns.length])).toEqual([
      ['x', 0, 2],
      ['y', 2, 1],
    ])
    expect(groupsOf([column('a', ''), column('b', '')], 'en')).toHaveLength(1)
  })
})
