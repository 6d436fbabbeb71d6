import { beforeEach, describe, expect, it } from 'vitest'
import { fromLocal, missingOf, toLocal } from './complete'
import { BLANK } from './draft'
import { Outbox, type Sent } from './outbox'

class Memory implements Storage {
  private readonly kept = new Map<string, string>()
  get length() {
    return this.kept.size
  }
  clear = () => this.kept.clear()
  key = (index: number) => [...this.kept.keys()][index] ?? null
  getItem = (key: string) => this.kept.get(key) ?? null
  setItem = (key: string, value: string) => void this.kept.set(key, value)
  removeItem = (key: string) => void this.kept.delete(key)
}

const said = { ...BLANK, topic: 'sales', result: 'sale' }
const item = (contact: string, by = 'me') => ({ contact, by, said, at: 1 })
const answers = (kind: Sent) => () => Promise.resolve(kind)

let storage = new Memory()
beforeEach(() => {
  storage = new Memory()
})

describe('outbox', () => {
  it('outlives a reload and goes in order', async () => {
    new Outbox(storage).add(item('a'))
    const again = new Outbox(storage)
    again.add(item('b'))
    const sent: string[] = []
    await again.flush(
      'me',
      (one) => {
        sent.push(one.contact)
        return Promise.resolve({ kind: 'taken' })
      },
      () => undefined,
    )
    expect(sent).toEqual(['a', 'b'])
    expect(new Outbox(storage).get()).toEqual([])
  })

  it('keeps everything while the server is away', async () => {
    const outbox = new Outbox(storage)
    outbox.add(item('a'))
    await outbox.flush('me', answers({ kind: 'away' }), () => undefined)
    expect(outbox.get().map((one) => one.contact)).toEqual(['a'])
  })

  it('gives back what is refused, with the reason', async () => {
    const outbox = new Outbox(storage)
    outbox.add(item('a'))
    const back: string[] = []
    await outbox.flush('me', answers({ kind: 'refused', reason: 'why' }), (one, why) => back.push(one.contact + why))
    expect(back).toEqual(['awhy'])
    expect(outbox.get()).toEqual([])
  })

  it('sends nobody else’s words, and the last word about a contact only', async () => {
    const outbox = new Outbox(storage)
    outbox.add(item('a', 'colleague'))
    outbox.add(item('a'))
    outbox.add({ ...item('a'), said: { ...said, note: 'later' } })
    const notes: string[] = []
    await outbox.flush(
      'me',
      (one) => {
        notes.push(one.said.note)
        return Promise.resolve({ kind: 'taken' })
      },
      () => undefined,
    )
    expect(notes).toEqual(['later'])
    expect(outbox.get().map((one) => one.by)).toEqual(['colleague'])
  })
})

describe('a result', () => {
  const tree = {
    topics: [{ id: 'sales', parent: '', title: '', project: '', requires: ['heard_from' as const], archived: false }],
    results: [{ id: 'no', title: '', asks_refusal: true, asks_next: false, archived: false }],
  }
  it('says what is missing in the order of the form', () => {
    expect(missingOf(BLANK, tree)).toEqual(['topic', 'result'])
    expect(missingOf({ ...BLANK, topic: 'sales', result: 'no' }, tree)).toEqual(['refusal', 'heard_from'])
    expect(missingOf({ ...BLANK, topic: 'x', result: 'y', next_step: 'call' }, tree)).toEqual(['next_at'])
    expect(missingOf({ ...BLANK, topic: 'x', result: 'y', next_at: '2026-12-01T07:00:00Z' }, tree)).toEqual([
      'next_step',
    ])
  })
  it('keeps a time through the input', () => {
    expect(fromLocal(toLocal('2026-12-01T07:05:00.000Z'))).toBe('2026-12-01T07:05:00.000Z')
    expect([toLocal(''), fromLocal(''), fromLocal('soon')]).toEqual(['', '', ''])
  })
})
