import { useSyncExternalStore } from 'react'

let offset = 0
let known = false

/** Learns how far this machine's clock is from the server's, by the Date header (whole seconds). */
export function learnServerTime(header: string | null): void {
  if (!header || known) return
  const server = Date.parse(header)
  if (Number.isNaN(server)) return
  const difference = (server + 500 - Date.now()) / 1000
  offset = Math.abs(difference) < 2 ? 0 : difference
  known = true
}

/** The server's idea of now, in seconds since the epoch. */
export function serverNow(): number {
  return Date.now() / 1000 + offset
}

const listeners = new Set<() => void>()
let second = Math.floor(serverNow())
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    const next = Math.floor(serverNow())
    if (next === second) return
    second = next
    for (const tell of listeners) tell()
  }, 250)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && timer !== undefined) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** What `select` makes of now (seconds); drawn again only when that is another one. */
export function useClock<T>(select: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => select(timer === undefined ? Math.floor(serverNow()) : second))
}

/** Whole seconds of the server's clock; the component draws itself again at every tick. One timer for all. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => (timer === undefined ? (second = Math.floor(serverNow())) : second))
}
