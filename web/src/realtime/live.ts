import { useSyncExternalStore } from 'react'
import { applyChanges, EMPTY_VIEW, viewOfSnapshot } from './apply'
import type { CollectionName, Message, View } from './rows'

export type Connection = 'off' | 'connecting' | 'online' | 'lost' | 'refused'

const FIRST_RETRY = 500
const LAST_RETRY = 5_000
/** closing codes by which the server says that the session is over: trying again will not help */
const REFUSALS = new Set([1008])
/** the server speaks at least every ten seconds; longer silence is a dead connection that nobody closed */
const LONGEST_SILENCE = 25_000
/** what the page answers to a ping: a frozen one says nothing, and its agent is set free */
const ALIVE = '{"type":"alive"}'

/** The live picture of the floor: one socket, a snapshot at every connection, then changes; it reconnects by itself. */
export class Live {
  private view: View = EMPTY_VIEW
  private state: Connection = 'off'
  private lostAt = 0
  private socket: WebSocket | undefined
  private retry = FIRST_RETRY
  private retryTimer: ReturnType<typeof setTimeout> | undefined
  private silenceTimer: ReturnType<typeof setTimeout> | undefined
  private readonly listeners = new Set<() => void>()
  private pending = false

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  getView = (): View => this.view
  getConnection = (): Connection => this.state
  getLostAt = (): number => this.lostAt

  start(): void {
    if (this.state !== 'off') return
    window.addEventListener('online', this.hurry)
    window.addEventListener('offline', this.cut)
    this.connect()
  }

  stop(): void {
    window.removeEventListener('online', this.hurry)
    window.removeEventListener('offline', this.cut)
    clearTimeout(this.retryTimer)
    clearTimeout(this.silenceTimer)
    this.state = 'off'
    this.view = EMPTY_VIEW
    this.socket?.close()
    this.socket = undefined
    this.tell()
  }

  /** Try now instead of waiting for the next attempt. */
  hurry = (): void => {
    if (this.state !== 'lost' && this.state !== 'refused') return
    clearTimeout(this.retryTimer)
    this.retry = FIRST_RETRY
    this.connect()
  }

  private cut = (): void => {
    const socket = this.socket
    if (!socket) return
    this.socket = undefined
    socket.close()
    this.lose(false)
  }

  private listen(): void {
    clearTimeout(this.silenceTimer)
    this.silenceTimer = setTimeout(this.cut, LONGEST_SILENCE)
  }

  private connect(): void {
    if (this.state === 'off') this.state = 'connecting'
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const socket = new WebSocket(`${scheme}://${location.host}/api/live`)
    this.socket = socket
    this.listen()
    socket.onmessage = (event) => {
      if (this.socket !== socket) return
      this.listen()
      const message = JSON.parse(String(event.data)) as Message
      if (message.type !== 'changes') socket.send(ALIVE)
      this.receive(message)
    }
    socket.onclose = (event) => {
      if (this.socket !== socket || this.state === 'off') return
      this.socket = undefined
      this.lose(REFUSALS.has(event.code))
    }
  }

  private receive(message: Message): void {
    if (message.type === 'snapshot') {
      this.view = viewOfSnapshot(message.view)
      this.state = 'online'
      this.retry = FIRST_RETRY
    } else if (message.type === 'changes') {
      this.view = applyChanges(this.view, message.changes)
    } else return
    this.tell()
  }

  private lose(refused: boolean): void {
    clearTimeout(this.silenceTimer)
    if (this.state !== 'lost') this.lostAt = Date.now() / 1000
    this.state = refused ? 'refused' : 'lost'
    this.tell()
    if (refused) return
    this.retryTimer = setTimeout(() => this.connect(), this.retry)
    this.retry = Math.min(this.retry * 1.7, LAST_RETRY)
  }

  /** Several messages in one turn of the event loop are drawn once. */
  private tell(): void {
    if (this.pending) return
    this.pending = true
    queueMicrotask(() => {
      this.pending = false
      for (const listener of this.listeners) listener()
    })
  }
}

export const live = new Live()

export function useCollection<K extends CollectionName>(name: K): View[K] {
  return useSyncExternalStore(live.subscribe, () => live.getView()[name])
}

export function useConnection(): Connection {
  return useSyncExternalStore(live.subscribe, live.getConnection)
}
