import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { Keeper, type Stored } from './keeper'
import { fetchScenario, saveDraft, type ScenarioRow, storedOf } from './queries'

/** The keeper of a scenario's draft, alive as long as its editor is. */
export function useDraft(row: ScenarioRow) {
  const { id } = row
  const keeper = useMemo(() => {
    const key = `kaska.scenario.${id}`
    return new Keeper(storedOf(row), {
      save: (draft, revision) => saveDraft(id, draft, revision),
      remember: (text) => {
        if (text === undefined) localStorage.removeItem(key)
        else localStorage.setItem(key, text)
      },
      remembered: () => localStorage.getItem(key),
    })
    // what the server tells later is taken below; the keeper itself stays
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id])
  const kept = useSyncExternalStore(keeper.subscribe, keeper.get)
  useEffect(() => {
    keeper.start()
    window.addEventListener('online', keeper.hurry)
    return () => {
      window.removeEventListener('online', keeper.hurry)
      keeper.stop()
    }
  }, [keeper])
  useEffect(() => {
    // somebody else saved, and nothing of ours would be lost by it
    if (row.revision > keeper.get().revision && keeper.get().saving === 'saved') keeper.take(storedOf(row))
  }, [row, keeper])
  return { keeper, kept }
}

/** What the other editor stored. */
export async function theirs(id: string): Promise<Stored> {
  return storedOf(await fetchScenario(id))
}
