/** What was, what is and what was undone. Changes of the same `mark` that follow each other (typing) are one step. */
export interface History<T> {
  past: readonly T[]
  now: T
  future: readonly T[]
  mark: string
}

const LONGEST = 200

export function begun<T>(now: T): History<T> {
  return { past: [], now, future: [], mark: '' }
}

export function changed<T>(history: History<T>, now: T, mark = ''): History<T> {
  if (now === history.now) return history
  const same = mark !== '' && mark === history.mark
  const past = same ? history.past : [...history.past, history.now].slice(-LONGEST)
  return { past, now, future: [], mark }
}

export function undone<T>(history: History<T>): History<T> {
  const now = history.past.at(-1)
  if (now === undefined) return history
  return { past: history.past.slice(0, -1), now, future: [history.now, ...history.future], mark: '' }
}

export function redone<T>(history: History<T>): History<T> {
  const [now, ...future] = history.future
  if (now === undefined) return history
  return { past: [...history.past, history.now], now, future, mark: '' }
}
