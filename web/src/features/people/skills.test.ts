import { expect, it } from 'vitest'
import { parseSkills, writeSkills } from './skills'

it('reads skills with levels, the ordinary level when none is said', () => {
  expect(parseSkills('sales 5, service; доставка=2')).toEqual({ sales: 5, service: 3, доставка: 2 })
  expect(parseSkills('')).toEqual({})
})

it('refuses levels that do not exist', () => {
  expect(parseSkills('sales 9')).toBeUndefined()
  expect(parseSkills('two words here')).toBeUndefined()
})

it('writes what it reads', () => {
  const skills = { sales: 5, service: 3 }
  expect(parseSkills(writeSkills(skills))).toEqual(skills)
})
