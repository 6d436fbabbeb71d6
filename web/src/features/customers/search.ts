/** What the list of customers shows; kept in the address, so that it survives reloads and can be sent to a colleague. */
export interface CustomerSearch {
  text?: string
  /** the card that is open beside the list */
  open?: string
}

/** From an address; what is not ours is dropped. */
export function parseCustomerSearch(search: Record<string, unknown>): CustomerSearch {
  const found: CustomerSearch = {}
  for (const name of ['text', 'open'] as const) {
    const value = search[name]
    if (typeof value === 'string' && value) found[name] = value
    else if (typeof value === 'number') found[name] = String(value) // digits alone are read as a number
  }
  return found
}

/** Tags as they are typed: separated by commas, each once. */
export function parseTags(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim())
  return [...new Set(tags.filter(Boolean))]
}
