import { expect, test } from 'vitest'
import { wrongAddress } from './addresses'

test('the address that cannot be one is found', () => {
  expect(wrongAddress(['duty@kaska.example', 'дежурный@kaska.example'])).toBeUndefined()
  expect(wrongAddress(['duty@kaska.example', 'duty'])).toBe('duty')
  expect(wrongAddress(['a b@kaska.example'])).toBe('a b@kaska.example')
})
