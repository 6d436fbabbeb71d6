import type { Tone } from '@/ui/tone'
import type { Finding } from './queries'
import { titled } from './words'

/** Something to mend or to think about, at a node ("" = the scenario as a whole). The gravest first. */
export interface Remark {
  node: string
  grade: 'problem' | 'error' | 'warning' | 'advice'
  tone: Tone
  text: string
  reason: string
}

const GRADES = ['problem', 'error', 'warning', 'advice'] as const
const TONES = { problem: 'bad', error: 'bad', warning: 'care', advice: 'away' } as const

interface Judged {
  id: string
  findings: readonly Finding[]
  malformed: string
  problems: Readonly<Record<string, string>>
  titles: ReadonlyMap<string, string>
}

/** What the linter and the check of publishing say, brought together: by the node, once each. */
export function remarksOf({ id, findings, malformed, problems, titles }: Judged): Remark[] {
  const found: Remark[] = []
  const add = (grade: Remark['grade'], node: string, text: string, reason = '') =>
    found.push({ grade, node, text: titled(text, titles), reason, tone: TONES[grade] })
  const place = `scenarios.${id}`
  for (const [where, text] of Object.entries(problems))
    if (where === place || where.startsWith(`${place}.`))
      add('problem', where.startsWith(`${place}.nodes.`) ? where.slice(place.length + 7) : '', text)
  if (malformed && found.length === 0) add('problem', nodeIn(malformed), malformed)
  for (const one of findings) {
    const text = titled(one.text, titles)
    const same = found.find((remark) => remark.node === one.node && remark.text === text)
    if (same) same.reason = one.reason
    else add(one.severity, one.node, one.text, one.reason)
  }
  return found.sort((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade))
}

/** The node that a complaint about the notation names: `node "menu", field timeout: …`. */
function nodeIn(malformed: string): string {
  return /node "([^"]+)"/.exec(malformed)?.[1] ?? ''
}
