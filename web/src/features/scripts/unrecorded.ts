import { useEffect, useRef, useState } from 'react'
import { client, must } from '@/api/client'
import { useMe } from '@/features/session/session'
import { useCollection } from '@/realtime/live'

export type Why = '' | 'script' | 'card'

export interface Silence {
  /** whether the call is one of mine that is recorded at all */
  live: boolean
  paused: boolean
  error: unknown
}

/**
 * Nothing of the call is recorded while there is a `why`: a step ("script") or a field ("card") that must not be heard
 * later. Goes on as soon as there is none, and when the page is gone the server goes on by itself after a while.
 */
export function useUnrecorded(contact: string, why: Why): Silence {
  const me = useMe()
  const call = useCollection('calls')[contact]
  const live = call !== undefined && call.phase === 'talking' && call.agent === me.id && call.recorded
  const [error, setError] = useState<unknown>()
  // one after another: the end of a pause must not overtake its beginning
  const line = useRef(Promise.resolve())
  const wanted = live && why !== ''
  const reason = useRef<Exclude<Why, ''>>('script')
  useEffect(() => {
    if (why !== '') reason.current = why
  }, [why])
  useEffect(() => {
    if (!wanted) return
    const ask = (paused: boolean) =>
      must(
        client.POST('/api/agents/me/calls/{contact}/recording-pause', {
          params: { path: { contact } },
          body: { paused, reason: reason.current },
        }),
      )
    line.current = line.current.then(() => ask(true)).then(() => setError(undefined), setError)
    return () => {
      // a call that is over has nothing to go on with
      line.current = line.current
        .then(() => ask(false))
        .then(
          () => undefined,
          () => undefined,
        )
    }
  }, [wanted, contact])
  return { live, paused: call?.recording_paused ?? false, error: wanted ? error : undefined }
}
