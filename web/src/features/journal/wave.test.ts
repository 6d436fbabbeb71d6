import { expect, it } from 'vitest'
import { peaks } from './wave'

it('takes the loudest sample of each slice, whatever its sign', () => {
  expect([...peaks([0, 0.5, -1, 0.25], 2)]).toEqual([0.5, 1])
})

it('has silence for slices without samples', () => {
  expect([...peaks([], 3)]).toEqual([0, 0, 0])
})
