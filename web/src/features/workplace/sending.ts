import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { Problem } from '@/api/problem'
import { queries } from '@/api/queries'
import { useMe } from '@/features/session/session'
import { useConnection } from '@/realtime/live'
import { serverNow } from '@/ui/clock'
import { type Draft, forgetDraft, keepDraft } from './draft'
import { Outbox, type Sent, type Unsent } from './outbox'

type Schemas = components['schemas']

export const outbox = new Outbox(localStorage)
const refusals = new Map<string, string>()
const AGAIN = 10_000

export function useUnsent(): readonly Unsent[] {
  return useSyncExternalStore(outbox.subscribe, outbox.get)
}

/** Why the server would not take what was sent about this contact; '' when it did not refuse. */
export function refusalOf(contact: string): string {
  return refusals.get(contact) ?? ''
}

function body(said: Draft): Schemas['Classification'] {
  return { ...said, next_at: said.next_at || null }
}

async function send({ contact, said }: Unsent): Promise<Sent> {
  try {
    await must(
      client.POST('/api/contacts/{contact_id}/classification', {
        params: { path: { contact_id: contact } },
        body: body(said),
      }),
    )
    return { kind: 'taken' }
  } catch (error) {
    // signed out, asked too often, or the server is not well: the same words will do later
    if (!(error instanceof Problem) || [0, 401, 408, 429].includes(error.status) || error.status >= 500)
      return { kind: 'away' }
    return { kind: 'refused', reason: error.message }
  }
}

function giveBack(item: Unsent, reason: string): void {
  refusals.set(item.contact, reason)
  keepDraft(localStorage, item.contact, item.said, serverNow())
}

/** Puts the result on its way. Resolves to whether the server has it; what it refuses is thrown and stays a draft. */
export function useSay(contact: string) {
  const me = useMe()
  return useMutation({
    // the library would hold it back while the browser is offline; the outbox is for that
    networkMode: 'always',
    mutationFn: async (said: Draft): Promise<boolean> => {
      await settleDraft(contact)
      const item: Unsent = { contact, by: me.id, said, at: serverNow() }
      const answer = await send(item)
      if (answer.kind === 'refused') throw new Problem('refused', answer.reason, 400)
      refusals.delete(contact)
      forgetDraft(localStorage, contact)
      if (answer.kind === 'away') outbox.add(item)
      return answer.kind === 'taken'
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['contacts'] }),
  })
}

/** Sends what is on its way whenever the server may be there again. Lives as long as somebody is signed in. */
export function OutboxKeeper() {
  const me = useMe()
  const connection = useConnection()
  const waiting = useUnsent().some((item) => item.by === me.id)
  useEffect(() => {
    if (!waiting) return
    const flush = () => {
      void outbox.flush(me.id, send, giveBack).then(() => queries.invalidateQueries({ queryKey: ['contacts'] }))
    }
    flush()
    const timer = setInterval(flush, AGAIN)
    window.addEventListener('online', flush)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', flush)
    }
  }, [waiting, me.id, connection])
  return null
}

// --- drafts on the server: for the day when this computer is gone ---------------------------------------------------

const QUIET = 1_200
const waiting = new Map<string, ReturnType<typeof setTimeout>>()
const underWay = new Map<string, Promise<unknown>>()

export function useServerDrafts() {
  return useQuery({
    queryKey: ['drafts'],
    queryFn: () => must(client.GET('/api/agents/me/drafts')),
    staleTime: 60_000,
  })
}

/** Gives the server a copy a moment after the last keystroke. That it fails matters to nobody: the words are here. */
export function copyDraft(contact: string, said: Draft): void {
  clearTimeout(waiting.get(contact))
  waiting.set(
    contact,
    setTimeout(() => {
      waiting.delete(contact)
      const path = { contact_id: contact }
      const given = { said: { ...said, next_at: said.next_at || null } }
      const sent = must(client.PUT('/api/agents/me/drafts/{contact_id}', { params: { path }, body: given }))
        .catch(() => undefined)
        .finally(() => underWay.delete(contact))
      underWay.set(contact, sent)
    }, QUIET),
  )
}

/** No copy arrives after this: a result that was sent must not come back as a draft. */
async function settleDraft(contact: string): Promise<void> {
  clearTimeout(waiting.get(contact))
  waiting.delete(contact)
  await underWay.get(contact)
}

export async function dropDraft(contact: string): Promise<void> {
  await settleDraft(contact)
  forgetDraft(localStorage, contact)
  await must(client.DELETE('/api/agents/me/drafts/{contact_id}', { params: { path: { contact_id: contact } } })).catch(
    () => undefined,
  )
  await queries.invalidateQueries({ queryKey: ['drafts'] })
}
