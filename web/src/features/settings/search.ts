/** Which one of a list of settings is open; in the address, so that problems and colleagues can point at it. */
export interface SettingsSearch {
  open?: string
}

/** From an address; what is not ours is dropped. */
export function parseSettingsSearch(search: Record<string, unknown>): SettingsSearch {
  const { open } = search
  if (typeof open === 'string' && open) return { open }
  return typeof open === 'number' ? { open: String(open) } : {}
}
