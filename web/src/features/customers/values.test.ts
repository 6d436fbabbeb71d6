import { describe, expect, it } from 'vitest'
import { type CustomField, fieldName, lacking, readTyped, typedOf } from './values'

const BLANK = { title_en: '', required: false, unrecorded: false, archived: false }
const field = (part: Partial<CustomField>): CustomField => ({ id: 'x', title: 'Поле', kind: 'text', ...BLANK, ...part })

describe('values of the card', () => {
  it('are read as they were shown, in either language', () => {
    for (const [kind, value] of [
      ['number', 12.5],
      ['number', -3],
      ['yes_no', false],
      ['yes_no', true],
      ['date', '2026-12-31'],
      ['text', 'побыстрее'],
    ] as const)
      for (const language of ['ru', 'en'])
        expect(readTyped(field({ kind }), typedOf(value, language)), `${kind} ${value}`).toBe(value)
    expect(readTyped(field({ kind: 'number' }), '1 200,5')).toBe(1200.5)
  })

  it('are nothing when empty, and not a number when they are none', () => {
    expect(readTyped(field({ kind: 'number' }), '  ')).toBeNull()
    expect(readTyped(field({ kind: 'number' }), 'много')).toBeUndefined()
  })

  it('lack what is required and not archived', () => {
    const fields = [
      field({ id: 'a', required: true }),
      field({ id: 'b', required: true, archived: true }),
      field({ id: 'c' }),
    ]
    expect(lacking(fields, { a: ' ' })).toEqual(['a'])
    expect(lacking(fields, { a: 'x' })).toEqual([])
  })

  it('are called by the reader’s language', () => {
    expect(fieldName({ title: 'Срок', title_en: 'Due' }, 'en')).toBe('Due')
    expect(fieldName({ title: 'Срок', title_en: '' }, 'en')).toBe('Срок')
  })
})
