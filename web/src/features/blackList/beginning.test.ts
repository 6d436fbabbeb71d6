import { expect, it } from 'vitest'
import { beginning } from './beginning'

it('writes the beginning of a number as the whole is written', () => {
  expect(['+7', '+749', '+7495000', '+749500008', '+74950000801', '8495', '375'].map(beginning)).toEqual([
    '+7',
    '+7 49',
    '+7 495 000',
    '+7 495 000-08',
    '+7 495 000-08-01',
    '8495',
    '375',
  ])
})
