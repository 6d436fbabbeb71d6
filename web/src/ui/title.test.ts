import { describe, expect, it } from 'vitest'
import { TabTitle } from './title'

describe("the tab's title", () => {
  const shown: string[] = []
  const title = new TabTitle((text) => shown.push(text))
  const now = () => shown.at(-1)
  title.named('Каска')

  it('is the product when nobody waits, in the language that is spoken', () => {
    expect(now()).toBe('Каска')
    title.named('Kaska')
    expect(now()).toBe('Kaska')
  })

  it('tells how many wait, in both languages', () => {
    title.waits(3)
    expect(now()).toBe('(3) Kaska')
    title.named('Каска')
    expect(now()).toBe('(3) Каска')
    title.waits(0)
    expect(now()).toBe('Каска')
  })

  it('gives way to who rings, and is right afterwards though somebody else came meanwhile', () => {
    title.waits(1)
    title.rings('+7 495 000-00-01')
    title.waits(2)
    expect(now()).toBe('☎ +7 495 000-00-01')
    title.rings('')
    expect(now()).toBe('(2) Каска')
  })
})
