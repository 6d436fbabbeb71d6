/** What is being written about a contact, kept on this machine until the server has it. Nothing is lost on reload. */
export interface Draft {
  topic: string
  result: string
  note: string
}

const PREFIX = 'kaska.draft.'
const KEEP_SECONDS = 14 * 24 * 3600

type Kept = Draft & { at: number }

export const BLANK: Draft = { topic: '', result: '', note: '' }

export function isBlank(draft: Draft): boolean {
  return !draft.topic && !draft.result && !draft.note.trim()
}

export function readDraft(storage: Storage, contact: string): Draft | undefined {
  const text = storage.getItem(PREFIX + contact)
  if (text === null) return undefined
  try {
    const { topic = '', result = '', note = '' } = JSON.parse(text) as Partial<Kept>
    return { topic, result, note }
  } catch {
    storage.removeItem(PREFIX + contact)
    return undefined
  }
}

/** Keeps the draft; a blank one is forgotten. `now` in seconds. */
export function keepDraft(storage: Storage, contact: string, draft: Draft, now: number): void {
  if (isBlank(draft)) storage.removeItem(PREFIX + contact)
  else storage.setItem(PREFIX + contact, JSON.stringify({ ...draft, at: now } satisfies Kept))
}

export function forgetDraft(storage: Storage, contact: string): void {
  storage.removeItem(PREFIX + contact)
}

/** Forgets what nobody came back to in two weeks, so that the storage does not fill up. */
export function sweepDrafts(storage: Storage, now: number): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
  for (const key of keys) {
    if (!key?.startsWith(PREFIX)) continue
    let at = 0
    try {
      at = (JSON.parse(storage.getItem(key) ?? '') as Kept).at
    } catch {
      at = 0
    }
    if (now - at > KEEP_SECONDS) storage.removeItem(key)
  }
}
