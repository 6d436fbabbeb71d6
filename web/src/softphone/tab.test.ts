import { describe, expect, it } from 'vitest'
import { PhoneTab } from './tab'

interface Waiting {
  name: string
  signal?: AbortSignal
  take: () => Promise<void>
  fail: (why: Error) => void
}

/** The locks of one browser: as the specification has them, as far as the phone uses them. */
class Locks {
  held = new Map<string, { fail: (why: Error) => void }>()
  line: Waiting[] = []

  request(name: string, ...given: unknown[]): Promise<void> {
    const work = given.at(-1) as (lock: object | null) => Promise<void> | undefined
    const how = (given.length > 1 ? given[0] : {}) as LockOptions
    return new Promise((resolve, fail) => {
      const take = async () => {
        const mine = { fail }
        this.held.set(name, mine)
        await work({})
        if (this.held.get(name) === mine) this.held.delete(name)
        resolve()
        this.next()
      }
      if (how.steal) {
        this.held.get(name)?.fail(new DOMException('', 'AbortError'))
        void take()
      } else if (!this.held.has(name)) void take()
      else if (how.ifAvailable) {
        void work(null)
        resolve()
      } else {
        const one = { name, signal: how.signal, take, fail }
        this.line.push(one)
        how.signal?.addEventListener('abort', () => {
          this.line = this.line.filter((other) => other !== one)
          fail(new DOMException('', 'AbortError'))
        })
      }
    })
  }
  query() {
    return Promise.resolve({ held: [...this.held.keys()].map((name) => ({ name })) })
  }
  close(name: string) {
    this.held.delete(name)
    this.next()
  }
  private next() {
    const one = this.line.find((other) => !this.held.has(other.name))
    if (!one) return
    this.line = this.line.filter((other) => other !== one)
    void one.take()
  }
}

const settled = () => new Promise((done) => setTimeout(done, 20))

let count = 0
function browser() {
  const locks = new Locks()
  const name = `test-${count++}`
  return {
    locks,
    tab: (isBusy = () => false) =>
      new PhoneTab(isBusy, { locks: locks as unknown as LockManager, channel: new BroadcastChannel(name) }),
    frozen: () => new PhoneTab(() => false, { locks: locks as unknown as LockManager, channel: undefined }),
  }
}

describe('the phone among tabs', () => {
  it('is held by one, handed over on request, and comes back when that one is closed', async () => {
    const { locks, tab } = browser()
    const [first, second] = [tab(), tab()]
    first.claim()
    await settled()
    second.claim()
    await settled()
    expect([first.get(), second.get()]).toEqual(['here', 'elsewhere'])
    expect(await second.take()).toBe(true)
    await settled()
    expect([first.get(), second.get()]).toEqual(['elsewhere', 'here'])
    locks.close('kaska-phone')
    await settled()
    expect(first.get()).toBe('here')
  })

  it('goes to the tab that asked, not to one that waits longer', async () => {
    const { tab } = browser()
    const [first, second, third] = [tab(), tab(), tab()]
    for (const one of [first, second, third]) {
      one.claim()
      await settled()
    }
    expect(await third.take()).toBe(true)
    await settled()
    expect([first.get(), second.get(), third.get()]).toEqual(['elsewhere', 'elsewhere', 'here'])
    expect(await first.take()).toBe(true)
    await settled()
    expect([first.get(), second.get(), third.get()]).toEqual(['here', 'elsewhere', 'elsewhere'])
  })

  it('stays where a call is, also when that tab cannot answer', async () => {
    const { tab } = browser()
    const [talks, asks] = [tab(() => true), tab()]
    talks.claim()
    talks.callIs(true)
    await settled()
    asks.claim()
    await settled()
    expect(await asks.take()).toBe(false)

    const other = browser()
    const [silent, wants] = [other.frozen(), other.tab()]
    silent.claim()
    silent.callIs(true)
    await settled()
    wants.claim()
    await settled()
    expect(await wants.take()).toBe(false)
    expect(silent.get()).toBe('here')
    silent.callIs(false)
    await settled()
    expect(await wants.take()).toBe(true)
    await settled()
    expect([silent.get(), wants.get()]).toEqual(['elsewhere', 'here'])
  })
})
