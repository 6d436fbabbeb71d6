/**
 * Only one tab of a browser holds the phone: two registrations would both ring.
 *
 * The holder keeps a Web Lock for as long as it lives (a crashed tab lets go by itself), and a second one for as long
 * as it is in a call. Another tab may ask for the phone over a BroadcastChannel; one that does not answer is robbed of
 * it, unless the second lock says that it is in a call: that is never cut off for another tab.
 */
export type Holding = 'unknown' | 'here' | 'elsewhere'

const LOCK = 'kaska-phone'
const CALL_LOCK = 'kaska-phone-call'
const ANSWER_WITHIN = 800

type Word = { say: 'give' } | { say: 'given' } | { say: 'busy' }

/** `LockManager` and `BroadcastChannel` of the page, or of a test. */
export interface Tabs {
  locks: LockManager | undefined
  channel: BroadcastChannel | undefined
}

function ofThisPage(): Tabs {
  return {
    locks: 'locks' in navigator ? navigator.locks : undefined,
    channel: typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(LOCK),
  }
}

export class PhoneTab {
  private state: Holding = 'unknown'
  private release: (() => void) | undefined
  private holder: symbol | undefined
  private inLine: AbortController | undefined
  private callOver: (() => void) | undefined
  private readonly listeners = new Set<() => void>()

  constructor(
    private readonly isBusy: () => boolean,
    private readonly tabs: Tabs = ofThisPage(),
  ) {
    this.tabs.channel?.addEventListener('message', (event: MessageEvent<Word>) => {
      if (event.data.say !== 'give' || this.state !== 'here') return
      if (this.isBusy()) this.say('busy')
      else {
        this.letGo()
        this.say('given')
        this.queueUp()
      }
    })
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  get = (): Holding => this.state

  /** Take the phone if nobody holds it, else wait in line for it. */
  claim(): void {
    if (this.state === 'here' || this.inLine) return
    const { locks } = this.tabs
    if (!locks) {
      this.become('here')
      return
    }
    const mine = Symbol()
    void locks
      .request(LOCK, { ifAvailable: true }, (lock) => {
        if (lock) return this.hold(mine)
        this.become('elsewhere')
        this.queueUp()
        return undefined
      })
      .catch(() => this.robbed(mine))
  }

  /** Ask the tab that holds the phone for it. False: it is in a call. */
  async take(): Promise<boolean> {
    const word = await this.ask()
    if (this.state === 'here') return true // it was let go, and this tab was the first in line
    if (word === 'busy' || (word === undefined && (await this.isCallElsewhere()))) return false
    this.inLine?.abort()
    this.inLine = undefined
    const mine = Symbol()
    void this.tabs.locks?.request(LOCK, { steal: true }, () => this.hold(mine)).catch(() => this.robbed(mine))
    return true
  }

  /** Tell the other tabs, also those that ask while this one is frozen, whether it is in a call. */
  callIs(on: boolean): void {
    if (on === (this.callOver !== undefined)) return
    this.callOver?.()
    this.callOver = undefined
    if (!on) return
    const over = new Promise<void>((resolve) => (this.callOver = resolve))
    void this.tabs.locks?.request(CALL_LOCK, { mode: 'shared' }, () => over)
  }

  letGo(): void {
    this.release?.()
    this.release = undefined
    this.become('elsewhere')
  }

  private say(say: Word['say']): void {
    this.tabs.channel?.postMessage({ say })
  }

  private ask(): Promise<Word['say'] | undefined> {
    const { channel } = this.tabs
    if (!channel) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const done = (word: Word['say'] | undefined) => {
        clearTimeout(timer)
        channel.removeEventListener('message', onWord)
        resolve(word)
      }
      const onWord = (event: MessageEvent<Word>) => {
        if (event.data.say !== 'give') done(event.data.say)
      }
      const timer = setTimeout(() => done(undefined), ANSWER_WITHIN)
      channel.addEventListener('message', onWord)
      this.say('give')
    })
  }

  private async isCallElsewhere(): Promise<boolean> {
    const held = (await this.tabs.locks?.query())?.held ?? []
    return held.some((lock) => lock.name === CALL_LOCK)
  }

  private queueUp(): void {
    if (this.inLine) return
    const waiting = new AbortController()
    const mine = Symbol()
    this.inLine = waiting
    this.tabs.locks
      ?.request(LOCK, { signal: waiting.signal }, () => {
        this.inLine = undefined
        return this.hold(mine)
      })
      .catch(() => this.robbed(mine))
  }

  private hold(mine: symbol): Promise<void> {
    this.holder = mine
    this.become('here')
    return new Promise((resolve) => (this.release = resolve))
  }

  /** Another tab took the phone from the request `mine`; it comes back here when that one is closed. */
  private robbed(mine: symbol): void {
    if (this.holder !== mine) return
    this.release = undefined
    this.become('elsewhere')
    this.queueUp()
  }

  private become(state: Holding): void {
    if (this.state === state) return
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
