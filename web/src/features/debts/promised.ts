/** A moment as <input type="datetime-local"> writes it, by this machine's clock. */
export function localInput(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`
}

export function inMinutes(minutes: number, now = new Date()): Date {
  return new Date(now.getTime() + minutes * 60_000)
}

export function tomorrowAt(hour: number, now = new Date()): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, hour)
}

/** The day (ISO) that was `before` days ago. */
export function dayBefore(before: number, now = new Date()): string {
  return localInput(new Date(now.getFullYear(), now.getMonth(), now.getDate() - before)).slice(0, 10)
}
