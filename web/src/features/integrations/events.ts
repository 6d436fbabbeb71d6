type Words = (key: string, fallback: string) => string

/** "contact.lost" → its name; dots in names of events are no paths. */
export function eventWords(t: Words, event: string): string {
  return t(`hooks.event.${event.replace('.', '_')}`, event)
}
