/** What was typed and not saved: kept on this computer until it is saved or thrown away. */

const PREFIX = 'kaska.settings.'

export interface Draft<Form> {
  form: Form
  /** of the row that the editing began from; "" = there was none */
  revision: string
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

export function readDraft<Form>(key: string): Draft<Form> | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') as Draft<Form> | null
    return found && typeof found === 'object' && typeof found.revision === 'string' ? found : undefined
  } catch {
    return undefined
  }
}

export function writeDraft<Form>(key: string, draft: Draft<Form> | undefined): void {
  try {
    if (draft) localStorage.setItem(PREFIX + key, JSON.stringify(draft))
    else localStorage.removeItem(PREFIX + key)
  } catch {
    // a browser that keeps nothing: the page itself still holds what was typed
  }
}

/** Keys of drafts that begin with `key`. */
export function draftKeys(key: string): string[] {
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(PREFIX + key))
    .map((name) => name.slice(PREFIX.length))
}
