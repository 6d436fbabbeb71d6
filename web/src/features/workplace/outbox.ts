import type { Draft } from './draft'

/** A result that was said and that the server does not have yet. */
export interface Unsent {
  contact: string
  /** who said it: nobody else may send it */
  by: string
  said: Draft
  at: number
}

/** How the server took it: kept → later again, refused → back to the form with the reason. */
export type Sent = { kind: 'taken' } | { kind: 'away' } | { kind: 'refused'; reason: string }

const KEY = 'kaska.outbox'

/**
 * Results on their way: kept in the storage until the server has taken them, also over reloads, sent in the order in
 * which they were said. `send` never throws.
 */
export class Outbox {
  private items: readonly Unsent[]
  private sending = false
  private readonly listeners = new Set<() => void>()

  constructor(private readonly storage: Storage) {
    this.items = readItems(storage)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  get = (): readonly Unsent[] => this.items

  /** The last word about a contact replaces the one before. */
  add(item: Unsent): void {
    this.change([...this.items.filter((one) => one.contact !== item.contact || one.by !== item.by), item])
  }

  /** Sends what `me` said, until the server is away. `refused` gets what it will not take. */
  async flush(
    me: string,
    send: (item: Unsent) => Promise<Sent>,
    refused: (item: Unsent, reason: string) => void,
  ): Promise<void> {
    if (this.sending) return
    this.sending = true
    try {
      for (const item of this.items.filter((one) => one.by === me)) {
        const answer = await send(item)
        if (answer.kind === 'away') return
        // it may have been said again meanwhile: only what was sent leaves
        this.change(this.items.filter((one) => one !== item))
        if (answer.kind === 'refused') refused(item, answer.reason)
      }
    } finally {
      this.sending = false
    }
  }

  private change(items: readonly Unsent[]): void {
    this.items = items
    if (items.length === 0) this.storage.removeItem(KEY)
    else this.storage.setItem(KEY, JSON.stringify(items))
    for (const listener of this.listeners) listener()
  }
}

function readItems(storage: Storage): readonly Unsent[] {
  try {
    const read: unknown = JSON.parse(storage.getItem(KEY) ?? '[]')
    return Array.isArray(read) ? (read as Unsent[]) : []
  } catch {
    return []
  }
}
