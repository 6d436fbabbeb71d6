import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Answer, type Draft, Keeper, SAVE_AFTER, TRY_AGAIN } from './keeper'

const draft = (start: string): Draft => ({ scenario: { start, nodes: {} }, layout: {}, name: 'x', isDefault: false })

/** A server with one draft, which can be away. */
class Server {
  away = false
  revision = 1
  now = draft('a')
  asked = 0
  local: string | undefined
  save = (given: Draft, revision: number | undefined): Promise<Answer> => {
    this.asked++
    if (this.away) return Promise.resolve({ ok: false, why: 'away', message: 'away' })
    if (revision !== undefined && revision !== this.revision)
      return Promise.resolve({ ok: false, why: 'meanwhile', message: 'Ольга' })
    this.now = given
    return Promise.resolve({ ok: true, revision: ++this.revision })
  }
  remember = (text: string | undefined) => (this.local = text)
  remembered = () => this.local ?? null
  open = () => {
    const keeper = new Keeper({ draft: this.now, revision: this.revision, by: '' }, this)
    keeper.start()
    return keeper
  }
}

let server: Server
beforeEach(() => {
  vi.useFakeTimers()
  server = new Server()
})
afterEach(() => vi.useRealTimers())
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('a draft', () => {
  it('is saved once, a moment after the last of several changes', async () => {
    const keeper = server.open()
    for (const start of ['b', 'c', 'd']) keeper.edit(draft(start))
    expect(keeper.get().saving).toBe('waiting')
    await pass(SAVE_AFTER)
    expect([server.asked, server.now.scenario.start, keeper.get().saving, server.local]).toEqual([
      1,
      'd',
      'saved',
      undefined,
    ])
  })

  it('survives a lost network and a reload, and is stored when the server is back', async () => {
    const keeper = server.open()
    server.away = true
    keeper.edit(draft('b'))
    await pass(SAVE_AFTER)
    expect(keeper.get().saving).toBe('offline')
    keeper.edit(draft('c'))
    keeper.stop()
    const again = server.open()
    expect(again.get().history.now.scenario.start).toBe('c')
    server.away = false
    await pass(TRY_AGAIN)
    expect([server.now.scenario.start, again.get().saving]).toEqual(['c', 'saved'])
  })

  it('never goes over the work of another editor unasked', async () => {
    const [mine, theirs] = [
      server.open(),
      new Keeper(
        { draft: server.now, revision: 1, by: '' },
        { ...server, remember: () => {}, remembered: () => null, save: server.save },
      ),
    ]
    theirs.edit(draft('theirs'))
    await pass(SAVE_AFTER)
    mine.edit(draft('mine'))
    await pass(SAVE_AFTER)
    expect([mine.get().saving, mine.get().trouble, server.now.scenario.start]).toEqual(['meanwhile', 'Ольга', 'theirs'])
    mine.edit(draft('mine too'))
    await pass(SAVE_AFTER + TRY_AGAIN)
    expect(server.now.scenario.start).toBe('theirs')
    mine.insist()
    await pass(0)
    expect([server.now.scenario.start, mine.get().saving]).toEqual(['mine too', 'saved'])
    theirs.take({ draft: server.now, revision: server.revision, by: 'Ольга' })
    expect([theirs.get().history.now.scenario.start, theirs.get().takenFrom]).toEqual(['mine too', 'Ольга'])
    theirs.undo()
    expect(theirs.get().history.now.scenario.start).toBe('theirs')
  })

  it('that was remembered over another revision is not stored unasked', async () => {
    server.local = JSON.stringify({ draft: draft('old'), revision: 1 })
    server.revision = 5
    const keeper = server.open()
    await pass(TRY_AGAIN)
    expect([keeper.get().saving, server.now.scenario.start]).toEqual(['meanwhile', 'a'])
  })

  it('changed while it is being saved is saved again', async () => {
    const keeper = server.open()
    keeper.edit(draft('b'))
    vi.advanceTimersByTime(SAVE_AFTER)
    keeper.edit(draft('c'))
    await pass(3 * SAVE_AFTER)
    expect([server.now.scenario.start, keeper.get().saving]).toEqual(['c', 'saved'])
  })
})
