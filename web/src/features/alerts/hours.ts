export type Span = [from: number, to: number]

/** "22:00-07:00, 13:00-14:00" → [[1320, 420], [780, 840]] minutes of the day; undefined for what is written otherwise. */
export function readHours(text: string): Span[] | undefined {
  const found: Span[] = []
  for (const part of text.split(',').map((one) => one.trim())) {
    if (!part) continue
    const match = /^(\d{1,2}):(\d{2})\s*[-–—]\s*(\d{1,2}):(\d{2})$/.exec(part)
    if (!match) return undefined
    const [from, to] = [minutes(match[1], match[2]), minutes(match[3], match[4])]
    if (from === undefined || to === undefined) return undefined
    found.push([from, to])
  }
  return found
}

function minutes(hours: string | undefined, rest: string | undefined): number | undefined {
  const whole = Number(hours) * 60 + Number(rest)
  return Number(rest) < 60 && whole <= 1440 ? whole : undefined
}

export function writeHours(spans: readonly (readonly number[])[]): string {
  const clock = (minute = 0) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  return spans.map(([from, to]) => `${clock(from)}-${clock(to)}`).join(', ')
}
