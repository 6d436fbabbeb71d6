/** What is being written about a contact, kept on this machine until the server has it. Nothing is lost on reload. */
export interface Draft {
  topic: string
  result: string
  note: string
  heard_from: string
  refusal: string
  next_step: string
  /** ISO 8601, '' = none */
  next_at: string
}

const PREFIX = 'kaska.draft.'
const KEEP_SECONDS = 14 * 24 * 3600

type Kept = Draft & { at: number }

export const BLANK: Draft = {
  topic: '',
  result: '',
  note: '',
  heard_from: '',
  refusal: '',
  next_step: '',
  next_at: '',
}

/** A draft of whatever the server or this machine kept; what is missing is blank. */
export function draftOf(kept: { [K in keyof Draft]?: string | null }): Draft {
  const draft = { ...BLANK }
  for (const name of Object.keys(BLANK) as (keyof Draft)[]) draft[name] = kept[name] ?? ''
  return draft
}

export function isBlank(draft: Draft): boolean {
  return Object.values(draft).every((value: string) => !value.trim())
}

export function readDraft(storage: Storage, contact: string): Draft | undefined {
  const text = storage.getItem(PREFIX + contact)
  if (text === null) return undefined
  try {
    return draftOf(JSON.parse(text) as Partial<Kept>)
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
