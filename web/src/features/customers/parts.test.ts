import { describe, expect, it } from 'vitest'
import { decode, partsOf, together } from './parts'

describe('a table in parts', () => {
  it('has the header in each, and every line once', () => {
    const lines = Array.from({ length: 20 }, (_, n) => `Имя ${n};+7495000${n}\n`)
    const parts = partsOf(`Имя;Телефон\n${lines.join('')}`, 60)
    expect(parts.length).toBeGreaterThan(5)
    expect(parts.every((part) => part.startsWith('Имя;Телефон\n') && part.length <= 60)).toBe(true)
    expect(parts.map((part) => part.slice('Имя;Телефон\n'.length)).join('')).toBe(lines.join(''))
  })

  it('is not cut within a cell', () => {
    const parts = partsOf('a;b\n"1\n2";x\n"3""\n4";y\n', 8)
    expect(parts).toEqual(['a;b\n"1\n2";x\n', 'a;b\n"3""\n4";y\n'])
    expect(partsOf('a;b')).toEqual(['a;b'])
  })

  it('is read whatever it was written in', () => {
    expect(decode(new TextEncoder().encode('Имя').buffer)).toBe('Имя')
    expect(decode(new Uint8Array([0xc8, 0xec, 0xff]).buffer)).toBe('Имя')
  })

  it('gives its refused lines back with one header', () => {
    const report = { made: 1, changed: 0, unchanged: 2, rejected: 1, rejected_csv: 'a;why\n1;x\n' }
    expect(together(undefined, report)).toBe(report)
    expect(together(report, report).rejected_csv).toBe('a;why\n1;x\n1;x\n')
    expect(together({ ...report, rejected: 0, rejected_csv: '' }, report).rejected_csv).toBe('a;why\n1;x\n')
    expect(together(report, { ...report, rejected: 0, rejected_csv: '' }).rejected_csv).toBe('a;why\n1;x\n')
  })
})
