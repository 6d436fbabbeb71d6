/** Names that people give, as the short ones that go into addresses and into the switch. */

const LETTERS: Record<string, string> = Object.fromEntries(
  'а a,б b,в v,г g,д d,е e,ё e,ж zh,з z,и i,й y,к k,л l,м m,н n,о o,п p,р r,с s,т t,у u,ф f,х h,ц c,ч ch,ш sh,щ sch,ъ ,ы y,ь ,э e,ю yu,я ya'
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
)

/** "Отдел продаж" → "otdel-prodazh", another one when it is among `taken`; "" for a name without a letter. */
export function shortName(name: string, taken: readonly string[] = []): string {
  const latin = [...name.toLowerCase()].map((letter) => LETTERS[letter] ?? letter).join('')
  const short = latin
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 36)
  if (!short) return ''
  let found = short
  for (let n = 2; taken.includes(found); n++) found = `${short}-${n}`
  return found
}

/** Identifier → name, in the order of names; what has none is called by its identifier. */
export function byName(rows: readonly { id: string; name?: string }[] | undefined): Record<string, string> {
  const named = (rows ?? []).map(({ id, name }) => [id, name || id] as const)
  return Object.fromEntries(named.sort(([, a], [, b]) => a.localeCompare(b)))
}

/** The skill that somebody means by its name or its key; a key made of the name when there is none; "" for nothing. */
export function skillMeant(typed: string, known: Readonly<Record<string, string>>): string {
  const sought = typed.trim().toLowerCase()
  const found = Object.entries(known).find(([id, name]) => id === sought || name.toLowerCase() === sought)
  if (found) return found[0]
  return /^[a-z0-9][a-z0-9_-]{0,39}$/.test(sought) ? sought : shortName(sought, Object.keys(known))
}

/** A phone number as people write it, without what they write for the eye. */
export function bareNumber(text: string): string {
  return text.replace(/[\s()-]/g, '')
}

/** 540 → "09:00"; 1440 → "24:00". */
export function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

export type Interval = [number, number]

/** "9-13, 14:00–18:00" → [[540, 780], [840, 1080]]; "" → []; undefined for what cannot be read. */
export function parseHours(text: string): Interval[] | undefined {
  const found: Interval[] = []
  for (const part of text.split(',')) {
    if (!part.trim()) continue
    const match = /^(\d{1,2})(?::(\d{2}))?\s*[-–—]\s*(\d{1,2})(?::(\d{2}))?$/.exec(part.trim())
    if (!match) return undefined
    const start = Number(match[1]) * 60 + Number(match[2] ?? 0)
    const end = Number(match[3]) * 60 + Number(match[4] ?? 0)
    if (start >= end || end > 1440 || Number(match[2] ?? 0) > 59 || Number(match[4] ?? 0) > 59) return undefined
    found.push([start, end])
  }
  found.sort((a, b) => a[0] - b[0])
  return found.some(([start], i) => i > 0 && start < (found[i - 1]?.[1] ?? 0)) ? undefined : found
}

export function writeHours(intervals: readonly (readonly number[])[]): string {
  return intervals.map(([start = 0, end = 0]) => `${clock(start)}–${clock(end)}`).join(', ')
}
