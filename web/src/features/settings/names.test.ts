import { expect, it } from 'vitest'
import { bareNumber, byName, parseHours, shortName, skillMeant, writeHours } from './names'

it('makes short names that the switch can bear', () => {
  expect(shortName('Отдел продаж №1')).toBe('otdel-prodazh-1')
  expect(shortName('Отдел продаж', ['otdel-prodazh', 'otdel-prodazh-2'])).toBe('otdel-prodazh-3')
  expect(shortName('***')).toBe('')
  expect(shortName('Щ'.repeat(60)).length).toBeLessThan(40)
})

it('reads hours as people write them', () => {
  expect(parseHours('9-13, 14:00–18:30')).toEqual([
    [540, 780],
    [840, 1110],
  ])
  expect(parseHours(' ')).toEqual([])
  for (const wrong of ['9', '18-9', '9-12, 11-13', '9-25', '9:70-12', 'утром'])
    expect(parseHours(wrong)).toBeUndefined()
  expect(writeHours([[0, 1440]])).toBe('00:00–24:00')
})

it('takes out of a number what was written for the eye', () => {
  expect(bareNumber('+7 (495) 000-01-01')).toBe('+74950000101')
})

const known = { sales: 'Продажи', juggling: 'juggling' }

it('takes a skill by its name or its key, and makes a key for a new one', () => {
  expect(skillMeant(' продажи', known)).toBe('sales')
  expect(skillMeant('Sales', known)).toBe('sales')
  expect(skillMeant('Немецкий язык', known)).toBe('nemeckiy-yazyk')
  expect(skillMeant('german', known)).toBe('german')
  expect(skillMeant('Sales!', known)).toBe('sales-2')
  expect(skillMeant(' ', known)).toBe('')
  expect(skillMeant('***', known)).toBe('')
})

it('lists by name, and by the key what has no name', () => {
  expect(Object.entries(byName([{ id: 'z', name: 'Афиша' }, { id: 'b' }, { id: 'a', name: '' }]))).toEqual([
    ['a', 'a'],
    ['b', 'b'],
    ['z', 'Афиша'],
  ])
})
