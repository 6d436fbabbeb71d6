/** 1200 → "20:00" */
export function clockOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** "20:00" → 1200; undefined when it is no time of a day */
export function minuteOf(clock: string): number | undefined {
  const found = /^(\d{1,2}):(\d{2})$/.exec(clock.trim())
  if (!found) return undefined
  const [hour, minute] = [Number(found[1]), Number(found[2])]
  return hour < 24 && minute < 60 ? hour * 60 + minute : undefined
}
