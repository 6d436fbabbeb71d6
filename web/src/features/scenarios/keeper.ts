import type { Scenario } from './document'
import { begun, changed, type History, redone, undone } from './history'

export type Layout = Readonly<Record<string, readonly [number, number]>>

/** What one edits: the scenario, where its nodes stand, what it is called. */
export interface Draft {
  scenario: Scenario
  layout: Layout
  name: string
  isDefault: boolean
}

export interface Stored {
  draft: Draft
  revision: number
  by: string
}

/** How saving stands. "meanwhile": somebody else stored another draft, and nothing of ours goes over it unasked. */
export type Saving = 'saved' | 'waiting' | 'saving' | 'offline' | 'refused' | 'meanwhile'

export interface Kept {
  history: History<Draft>
  saving: Saving
  /** what the server said when it refused */
  trouble: string
  /** grows whenever the server has a new draft of ours or of others */
  revision: number
  /** who changed it elsewhere, when that was taken over here; "" when nobody did */
  takenFrom: string
}

export type Answer =
  { ok: true; revision: number } | { ok: false; why: 'away' | 'meanwhile' | 'refused'; message: string }

export interface Outside {
  /** `revision` undefined: over whatever is there */
  save(draft: Draft, revision: number | undefined): Promise<Answer>
  remember(text: string | undefined): void
  remembered(): string | null
}

export const SAVE_AFTER = 700
export const TRY_AGAIN = 3_000

/** Keeps a draft: saves it a moment after each change, holds it on this machine while the server is away or refuses. */
export class Keeper {
  private kept: Kept
  private readonly listeners = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private busy = false
  private stopped = false

  constructor(
    stored: Stored,
    private readonly outside: Outside,
  ) {
    const local = readLocal(outside.remembered())
    this.kept = {
      history: begun(stored.draft),
      saving: 'saved',
      trouble: '',
      revision: stored.revision,
      takenFrom: '',
    }
    if (local && JSON.stringify(local.draft) !== JSON.stringify(stored.draft)) {
      // what was not stored before the page went away; over another's work it goes only when asked to
      this.kept = { ...this.kept, history: changed(this.kept.history, local.draft), revision: local.revision }
      this.kept.saving = 'waiting'
    }
  }

  get = (): Kept => this.kept
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  start(): void {
    this.stopped = false
    if (this.kept.saving === 'waiting') this.later(0)
  }

  /** Nothing more is sent; what was not stored stays remembered here. */
  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
  }

  edit(draft: Draft, mark = ''): void {
    this.move(changed(this.kept.history, draft, mark))
  }

  undo = (): void => this.move(undone(this.kept.history))
  redo = (): void => this.move(redone(this.kept.history))

  /** Now instead of in a moment. */
  hurry = (): void => {
    if (this.kept.saving === 'waiting' || this.kept.saving === 'offline') this.later(0)
  }

  /** Ours over whatever the other editor stored. */
  insist(): void {
    void this.save(undefined)
  }

  /** The other's draft instead of ours. It can be undone. */
  take(stored: Stored): void {
    if (stored.revision === this.kept.revision && this.kept.saving === 'saved') return
    clearTimeout(this.timer)
    this.outside.remember(undefined)
    const same = JSON.stringify(stored.draft) === JSON.stringify(this.kept.history.now)
    const history = same ? this.kept.history : changed(this.kept.history, stored.draft)
    this.tell({ history, saving: 'saved', trouble: '', revision: stored.revision, takenFrom: same ? '' : stored.by })
  }

  private move(history: History<Draft>): void {
    if (history === this.kept.history) return
    const { saving } = this.kept
    const held = saving === 'meanwhile'
    this.outside.remember(JSON.stringify({ draft: history.now, revision: this.kept.revision }))
    this.tell({ history, saving: held ? saving : 'waiting', takenFrom: '' })
    if (!held) this.later(SAVE_AFTER)
  }

  private later(after: number): void {
    clearTimeout(this.timer)
    if (!this.stopped) this.timer = setTimeout(() => void this.save(this.kept.revision), after)
  }

  private async save(revision: number | undefined): Promise<void> {
    if (this.busy) return
    this.busy = true
    const draft = this.kept.history.now
    this.tell({ saving: 'saving', trouble: '' })
    const answer = await this.outside.save(draft, revision)
    this.busy = false
    if (answer.ok) this.stored(draft, answer.revision)
    else if (answer.why === 'away') {
      this.tell({ saving: 'offline', trouble: answer.message })
      this.later(TRY_AGAIN)
    } else this.tell({ saving: answer.why, trouble: answer.message })
  }

  private stored(draft: Draft, revision: number): void {
    const current = draft === this.kept.history.now
    if (current) this.outside.remember(undefined)
    else this.outside.remember(JSON.stringify({ draft: this.kept.history.now, revision }))
    this.tell({ saving: current ? 'saved' : 'waiting', trouble: '', revision })
    if (!current) this.later(SAVE_AFTER)
  }

  private tell(part: Partial<Kept>): void {
    this.kept = { ...this.kept, ...part }
    for (const listener of this.listeners) listener()
  }
}

function readLocal(text: string | null): { draft: Draft; revision: number } | undefined {
  try {
    const found = JSON.parse(text ?? 'null') as { draft?: Draft; revision?: number } | null
    if (found?.draft?.scenario.nodes && typeof found.revision === 'number')
      return { draft: found.draft, revision: found.revision }
  } catch {
    // written by an older page, or half-written: the server's draft is there
  }
  return undefined
}
