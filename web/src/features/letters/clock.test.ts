import { expect, it } from 'vitest'
import { clockOf, minuteOf } from './clock'

it('reads back what it writes, and nothing that is no time', () => {
  for (const minute of [0, 59, 60, 1200, 1439]) expect(minuteOf(clockOf(minute))).toBe(minute)
  for (const text of ['', '24:00', '7:60', 'noon']) expect(minuteOf(text)).toBeUndefined()
})
