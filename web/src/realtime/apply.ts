import type { Change, CollectionName, View } from './rows'

export const EMPTY_VIEW: View = { calls: {}, agents: {}, debts: {}, books: {}, monitors: {}, trials: {} }

export function viewOfSnapshot(sent: Partial<Record<string, Record<string, unknown>>>): View {
  return {
    calls: (sent.calls ?? {}) as View['calls'],
    agents: (sent.agents ?? {}) as View['agents'],
    debts: (sent.debts ?? {}) as View['debts'],
    books: (sent.books ?? {}) as View['books'],
    monitors: (sent.monitors ?? {}) as View['monitors'],
    trials: (sent.trials ?? {}) as View['trials'],
  }
}

/**
 * The view after `changes`. The old view is untouched, and collections that did not change stay the same object,
 * so that only what shows them is drawn again. Collections that this page does not know are passed over.
 */
export function applyChanges(view: View, changes: readonly Change[]): View {
  const fresh: Partial<Record<CollectionName, Record<string, unknown>>> = {}
  for (const change of changes) {
    if (!(change.collection in view)) continue
    const name = change.collection as CollectionName
    const rows = (fresh[name] ??= { ...view[name] })
    if (change.op === 'put') rows[change.id] = change.row
    else delete rows[change.id]
  }
  return Object.keys(fresh).length === 0 ? view : ({ ...view, ...fresh } as View)
}
