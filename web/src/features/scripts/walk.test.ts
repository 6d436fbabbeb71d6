import { describe, expect, it } from 'vitest'
import type { ScriptDocument } from './queries'
import { after, missing, spoken, standing, stepOf } from './walk'

const script = {
  start: 'hello',
  steps: [
    {
      id: 'hello',
      title: 'Привет',
      fields: [{ id: 'city', title: 'Город', required: true }],
      answers: [
        { title: 'Да', next: 'bye' },
        { title: 'Нет', next: '' },
      ],
      branches: [{ field: 'city', value: 'Орёл', next: 'far' }],
    },
    { id: 'far', title: 'Далеко', answers: [{ title: 'Дальше', next: 'bye' }] },
    { id: 'bye', title: 'Пока', answers: [{ title: 'Конец', next: '' }] },
  ],
} as unknown as ScriptDocument
const yes = { step: 'hello', answer: 0 }

describe('a walk through a script', () => {
  it('goes where the answer leads, or the branch', () => {
    expect(standing(script, [yes], {}).step).toBe('bye')
    expect(standing(script, [yes], { city: ' орёл' }).step).toBe('far')
    expect(standing(script, [{ step: 'hello', answer: 1 }], {}).step).toBe('')
  })
  it('cuts off what is not possible', () => {
    expect(standing(script, [yes, { step: 'far', answer: 0 }], {})).toEqual({ step: 'bye', passes: [yes] })
    expect(standing(script, [{ step: 'hello', answer: 5 }], {})).toEqual({ step: 'hello', passes: [] })
    expect(after(stepOf(script, 'bye')!, 3, {})).toBeUndefined()
  })
  it('knows its blanks', () => {
    expect(missing(stepOf(script, 'hello')!, { city: ' ' })).toEqual(['city'])
    expect(spoken('Едем в {city}, {who}?', { city: 'Тула' })).toBe('Едем в Тула, {who}?')
  })
})
