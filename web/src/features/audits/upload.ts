/** Sends files in pieces, and goes on from where it was cut off. The server knows how much of each has come. */
import type { Audit } from './queries'

const PIECE = 768 * 1024
const PAUSES = [1_000, 3_000, 10_000, 30_000] as const

/** What sending needs of the outside; see queries.ts. */
export interface Way {
  ask: (id: string) => Promise<Audit>
  send: (id: string, file: number, offset: number, piece: Blob) => Promise<number>
  pause: (milliseconds: number) => Promise<void>
}

/** Whether trying again may help: the network was away or the server was busy, and nothing was refused. */
export function passes(problem: unknown): boolean {
  const status = (problem as { status?: unknown } | null)?.status
  return typeof status !== 'number' || status === 0 || status >= 500 || status === 429
}

/** The chosen files in the order in which they were announced; null for one that is not among them. */
export function inOrder(audit: Audit, chosen: readonly File[]): (File | null)[] {
  return audit.files.map((known) => chosen.find((file) => file.name === known.name && file.size === known.size) ?? null)
}

/** `told` hears how many bytes of all files the server has. Raises what was said last when trying again did not help. */
export async function sendAll(
  known: Audit,
  files: readonly (File | null)[],
  told: (bytes: number) => void,
  way: Way,
): Promise<void> {
  let audit = known
  for (let failures = 0; ; failures += 1) {
    try {
      await once(audit, files, told, way, () => {
        failures = 0
      })
      return
    } catch (problem) {
      const pause = PAUSES[failures]
      if (pause === undefined || !passes(problem)) throw problem
      await way.pause(pause)
      audit = await way.ask(audit.id).catch(() => audit)
    }
  }
}

async function once(
  audit: Audit,
  files: readonly (File | null)[],
  told: (bytes: number) => void,
  way: Way,
  moved: () => void,
): Promise<void> {
  let before = 0
  for (const [number, { size, got: had }] of audit.files.entries()) {
    let got = had
    told(before + got)
    const file = files[number]
    while (file && got < size) {
      got = await way.send(audit.id, number, got, file.slice(got, got + PIECE))
      moved()
      told(before + got)
    }
    before += size
  }
}
