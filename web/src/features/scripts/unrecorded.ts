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

interface Line {
  wishers: Set<symbol>
  /** one after another: the end of a pause must not overtake its beginning */
  tail: Promise<void>
}

/** Who wishes silence in which call: a step of the script and a field of the card may at once. */
const lines = new Map<string, Line>()

function lineOf(contact: string): Line {
  const line = lines.get(contact) ?? { wishers: new Set(), tail: Promise.resolve() }
  lines.set(contact, line)
  return line
}

function ask(contact: string, paused: boolean, reason: Exclude<Why, ''>) {
  return must(
    client.POST('/api/agents/me/calls/{contact}/recording-pause', {
      params: { path: { contact } },
      body: { paused, reason },
    }),
  ).then(() => undefined)
}

/** The pause begins with the first who wishes it and ends with the last. `told` hears why it could not begin. */
function wish(contact: string, reason: Exclude<Why, ''>, told: (error: unknown) => void): () => void {
  const me = Symbol(contact)
  const line = lineOf(contact)
  line.wishers.add(me)
  if (line.wishers.size === 1)
    line.tail = line.tail.then(() => ask(contact, true, reason)).then(() => told(undefined), told)
  return () => {
    line.wishers.delete(me)
    if (line.wishers.size > 0) return
    // a call that is over has nothing to go on with
    line.tail = line.tail
      .then(() => ask(contact, false, reason))
      .catch(() => undefined)
      .then(() => {
        if (line.wishers.size === 0 && lines.get(contact) === line) lines.delete(contact)
      })
  }
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
  const wanted = live && why !== ''
  const reason = useRef<Exclude<Why, ''>>('script')
  useEffect(() => {
    if (why !== '') reason.current = why
  }, [why])
  useEffect(() => {
    if (wanted) return wish(contact, reason.current, setError)
  }, [wanted, contact])
  return { live, paused: call?.recording_paused ?? false, error: wanted ? error : undefined }
}
