/**
 * Only one tab of a browser holds the phone: two registrations would both ring.
 *
 * The holder keeps a Web Lock for as long as it lives (a crashed tab lets go by itself). Another tab may ask for it
 * over a BroadcastChannel; the holder gives it up unless a conversation is in progress.
 */
export type Holding = 'unknown' | 'here' | 'elsewhere'

const LOCK = 'kaska-phone'
const ANSWER_WITHIN = 800

type Word = { say: 'give' } | { say: 'given' } | { say: 'busy' }

export class PhoneTab {
  private state: Holding = 'unknown'
  private release: (() => void) | undefined
  private readonly channel: BroadcastChannel | undefined
  private readonly listeners = new Set<() => void>()

  constructor(private readonly isBusy: () => boolean) {
    if (typeof BroadcastChannel === 'undefined') return
    this.channel = new BroadcastChannel(LOCK)
    this.channel.onmessage = (event: MessageEvent<Word>) => {
      if (event.data.say !== 'give' || this.state !== 'here') return
      if (this.isBusy()) this.channel?.postMessage({ say: 'busy' } satisfies Word)
      else {
        this.letGo()
        this.channel?.postMessage({ say: 'given' } satisfies Word)
        this.queueUp()
      }
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  get = (): Holding => this.state

  /** Take the phone if nobody holds it, else wait in line for it. */
  claim(): void {
    if (this.state === 'here') return
    if (!('locks' in navigator)) {
      this.become('here')
      return
    }
    void navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
      if (lock) return this.hold()
      this.become('elsewhere')
      this.queueUp()
      return undefined
    })
  }

  /** Ask the tab that holds the phone for it. False: it is in a conversation. */
  async take(): Promise<boolean> {
    const word = await this.ask()
    if (word === 'busy') return false
    if (word === undefined)
      void navigator.locks.request(LOCK, { steal: true }, () => this.hold()).catch(() => this.lost())
    return true
  }

  letGo(): void {
    this.release?.()
    this.release = undefined
    this.become('elsewhere')
  }

  private ask(): Promise<Word['say'] | undefined> {
    const channel = this.channel
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
      channel.postMessage({ say: 'give' } satisfies Word)
    })
  }

  private queueUp(): void {
    void navigator.locks.request(LOCK, () => this.hold()).catch(() => this.lost())
  }

  private hold(): Promise<void> {
    this.become('here')
    return new Promise((resolve) => (this.release = resolve))
  }

  private lost(): void {
    this.release = undefined
    this.become('elsewhere')
  }

  private become(state: Holding): void {
    if (this.state === state) return
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
