/** A table's file as text, and the text in parts that fit into a request. */

/** characters in one part: twice as many bytes in Russian, and the server takes a million */
const MOST = 300_000

/** Tables of old spreadsheets are not in UTF-8. */
export function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1251').decode(bytes)
  }
}

/** Each part has the header line. A line's end within quotes ends no line. */
export function partsOf(content: string, most = MOST): string[] {
  const lines: string[] = []
  let start = 0
  let quoted = false
  for (let place = 0; place < content.length; place++) {
    if (content[place] === '"') quoted = !quoted
    else if (content[place] === '\n' && !quoted) {
      lines.push(content.slice(start, place + 1))
      start = place + 1
    }
  }
  if (start < content.length) lines.push(content.slice(start))
  const [header = '', ...rest] = lines
  const parts: string[] = []
  let part = header
  for (const line of rest) {
    if (part !== header && part.length + line.length > most) {
      parts.push(part)
      part = header
    }
    part += line
  }
  return [...parts, part]
}

export interface Report {
  made: number
  changed: number
  unchanged: number
  rejected: number
  rejected_csv: string
}

export function together(one: Report | undefined, other: Report): Report {
  if (!one) return other
  // the second has a header of its own
  const lines = other.rejected_csv.slice(other.rejected_csv.indexOf('\n') + 1)
  return {
    made: one.made + other.made,
    changed: one.changed + other.changed,
    unchanged: one.unchanged + other.unchanged,
    rejected: one.rejected + other.rejected,
    rejected_csv: one.rejected_csv ? one.rejected_csv + lines : other.rejected_csv,
  }
}

export function linesOf(report: Report): number {
  return report.made + report.changed + report.unchanged + report.rejected
}
