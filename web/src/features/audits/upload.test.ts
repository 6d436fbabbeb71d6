import { expect, test } from 'vitest'
import type { Audit } from './queries'
import { inOrder, passes, sendAll } from './upload'

const file = (name: string, size: number) => new File([new Uint8Array(size)], name)
const audit = (...files: { name: string; size: number; got: number }[]) => ({ id: 'a', files }) as unknown as Audit

class Refused extends Error {
  constructor(readonly status: number) {
    super('refused')
  }
}

/** A server that keeps what came and loses the answer at the given sends. */
function server(known: Audit, lost: number[]) {
  const sends: [number, number][] = []
  const pauses: number[] = []
  return {
    sends,
    pauses,
    ask: () => Promise.resolve(structuredClone(known)),
    pause: (milliseconds: number) => {
      pauses.push(milliseconds)
      return Promise.resolve()
    },
    send: (_: string, number: number, offset: number, piece: Blob): Promise<number> => {
      sends.push([number, offset])
      const kept = known.files[number]
      if (!kept) return Promise.reject(new Refused(404))
      if (offset === kept.got) kept.got += piece.size
      if (lost.includes(sends.length)) return Promise.reject(new TypeError('network'))
      return Promise.resolve(kept.got)
    },
  }
}

test('goes on from what the server has when an answer was lost', async () => {
  const known = audit({ name: 'a', size: 2_000_000, got: 0 }, { name: 'b', size: 10, got: 0 })
  const way = server(known, [2])
  const told: number[] = []
  await sendAll(structuredClone(known), [file('a', 2_000_000), file('b', 10)], (bytes) => told.push(bytes), way)
  expect(known.files.map((one) => one.got)).toEqual([2_000_000, 10])
  expect(way.sends).toEqual([
    [0, 0],
    [0, 786_432],
    [0, 1_572_864],
    [1, 0],
  ])
  expect(way.pauses).toEqual([1_000])
  expect(told.at(-1)).toBe(2_000_010)
})

test('gives up after some tries without progress, and at once when it was refused', async () => {
  const known = audit({ name: 'a', size: 10, got: 0 })
  const away = server(known, [1, 2, 3, 4, 5])
  away.send = () => Promise.reject(new TypeError('network'))
  await expect(sendAll(known, [file('a', 10)], () => undefined, away)).rejects.toThrow('network')
  expect(away.pauses).toEqual([1_000, 3_000, 10_000, 30_000])
  const refused = { ...server(known, []), send: () => Promise.reject(new Refused(404)) }
  await expect(sendAll(known, [file('a', 10)], () => undefined, refused)).rejects.toMatchObject({ status: 404 })
  expect(passes({ status: 503 })).toBe(true)
})

test('knows the same files again by name and size', () => {
  const known = audit({ name: 'a', size: 3, got: 1 }, { name: 'b', size: 2, got: 0 })
  const [b, other] = [file('b', 2), file('a', 4)]
  expect(inOrder(known, [b, other])).toEqual([null, b])
})
