import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { addLazyWords } from '@/i18n/lazy'

addLazyWords()

export type Key = components['schemas']['KeyRow']
export type KeyGiven = components['schemas']['KeyGiven']
export type Hook = components['schemas']['HookRow']
export type HookGiven = components['schemas']['HookGiven']
export type HookEvent = HookGiven['events'][number]
export type Permission = Key['permissions'][number]

const KEYS = 'keys'
const HOOKS = 'webhooks'

export function useKeys() {
  return useQuery({ queryKey: [KEYS], queryFn: () => must(client.GET('/api/keys')) })
}

export function useHooks() {
  return useQuery({
    queryKey: [HOOKS, 'list'],
    refetchInterval: 5_000,
    queryFn: () => must(client.GET('/api/webhooks')),
  })
}

export function useHookLog(webhook: string, unfinished: boolean) {
  return useQuery({
    queryKey: [HOOKS, 'log', webhook, unfinished],
    refetchInterval: 3_000,
    queryFn: () =>
      must(client.GET('/api/webhooks/deliveries', { params: { query: { webhook, unfinished, limit: 100 } } })),
  })
}

function useChange<T, R>(area: string, change: (given: T) => Promise<R>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: () => cache.invalidateQueries({ queryKey: [area] }) })
}

export function useMakeKey() {
  return useChange(KEYS, (given: KeyGiven) => must(client.POST('/api/keys', { body: given })))
}

export function useRevokeKey() {
  return useChange(KEYS, (id: string) => must(client.DELETE('/api/keys/{id}', { params: { path: { id } } })))
}

export function usePutHook() {
  return useChange(HOOKS, ({ id, ...given }: HookGiven & { id: string }) =>
    must(client.PUT('/api/webhooks/{id}', { params: { path: { id } }, body: given })),
  )
}

export function useRemoveHook() {
  return useChange(HOOKS, (id: string) => must(client.DELETE('/api/webhooks/{id}', { params: { path: { id } } })))
}

export function useHookSecret() {
  return useChange(HOOKS, (id: string) => must(client.POST('/api/webhooks/{id}/secret', { params: { path: { id } } })))
}

export function useTestHook() {
  return useChange(HOOKS, (id: string) => must(client.POST('/api/webhooks/{id}/test', { params: { path: { id } } })))
}

export function useRedeliver() {
  return useChange(HOOKS, (delivery: string) =>
    must(client.POST('/api/webhooks/deliveries/{delivery}/again', { params: { path: { delivery } } })),
  )
}
