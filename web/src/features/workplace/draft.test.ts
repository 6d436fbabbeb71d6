import { beforeEach, describe, expect, it } from 'vitest'
import { BLANK, forgetDraft, keepDraft, readDraft, sweepDrafts } from './draft'

/** The browser's storage, as far as drafts use it. */
class Shelf implements Storage {
  private readonly items = new Map<string, string>()
  get length() {
    return this.items.size
  }
  key(index: number) {
    return [...this.items.keys()][index] ?? null
  }
  getItem(key: string) {
    return this.items.get(key) ?? null
  }
  setItem(key: string, value: string) {
    this.items.set(key, value)
  }
  removeItem(key: string) {
    this.items.delete(key)
  }
  clear() {
    this.items.clear()
  }
}

const draft = { ...BLANK, topic: 'delivery', result: 'solved', note: 'Перезвонить «завтра»' }
let shelf: Shelf

beforeEach(() => {
  shelf = new Shelf()
})

describe('drafts', () => {
  it('are kept by contact and read back', () => {
    keepDraft(shelf, 'c1', draft, 1000)
    expect(readDraft(shelf, 'c1')).toEqual(draft)
    expect(readDraft(shelf, 'c2')).toBeUndefined()
  })

  it('are forgotten when blank or saved', () => {
    keepDraft(shelf, 'c1', draft, 1000)
    keepDraft(shelf, 'c1', BLANK, 1001)
    expect(shelf.length).toBe(0)
    keepDraft(shelf, 'c1', draft, 1002)
    forgetDraft(shelf, 'c1')
    expect(shelf.length).toBe(0)
  })

  it('survive nonsense in the storage', () => {
    shelf.setItem('kaska.draft.c1', '{broken')
    expect(readDraft(shelf, 'c1')).toBeUndefined()
  })

  it('are swept after two weeks, and nothing else is', () => {
    shelf.setItem('other', '1')
    keepDraft(shelf, 'old', draft, 0)
    keepDraft(shelf, 'new', draft, 14 * 86400)
    sweepDrafts(shelf, 14 * 86400 + 10)
    expect(readDraft(shelf, 'old')).toBeUndefined()
    expect(readDraft(shelf, 'new')).toEqual(draft)
    expect(shelf.getItem('other')).toBe('1')
  })
})
