import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import { messageOf } from '@/api/problem'
import type { MonitorRow } from '@/realtime/rows'
import { phone } from '@/softphone/store'

export type MonitorMode = MonitorRow['mode']

/** A click on the board has no room for an error of its own: it is told in the corner. */
function tellError(error: unknown): void {
  notifications.show({ message: messageOf(error), color: 'red', autoClose: 8000 })
}

/** My own telephone rings; the browser's answers by itself, because I asked for it. */
export function useMonitor() {
  return useMutation({
    mutationFn: ({ contact, mode }: { contact: string; mode: MonitorMode }) =>
      must(client.POST('/api/supervision/calls/{contact}/monitor', { params: { path: { contact } }, body: { mode } })),
    onMutate: ({ contact }) => phone.await(contact),
    onError: tellError,
  })
}

export function useStopMonitoring() {
  return useMutation({
    mutationFn: (contact: string) =>
      must(client.DELETE('/api/supervision/calls/{contact}/monitor', { params: { path: { contact } } })),
    onError: tellError,
  })
}

export function useMove() {
  return useMutation({
    mutationFn: ({ contact, queue = '', front = false }: { contact: string; queue?: string; front?: boolean }) =>
      must(
        client.POST('/api/supervision/calls/{contact}/move', {
          params: { path: { contact } },
          body: { queue, front },
        }),
      ),
    onError: tellError,
  })
}

export interface Order {
  agent: string
  state: 'ready' | 'break' | 'offline'
  reason: string
}

export function useSendAgent() {
  return useMutation({
    mutationFn: ({ agent, state, reason }: Order) =>
      must(
        client.POST('/api/supervision/agents/{agent}/state', { params: { path: { agent } }, body: { state, reason } }),
      ),
    onError: tellError,
  })
}

export function useSetSkills() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ agent, skills }: { agent: string; skills: Record<string, number> }) =>
      must(client.PUT('/api/supervision/agents/{agent}/skills', { params: { path: { agent } }, body: { skills } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['agents'] }),
  })
}

export function useAgents(wanted: boolean) {
  return useQuery({
    queryKey: ['agents', 'skills'],
    enabled: wanted,
    queryFn: () => must(client.GET('/api/agents')),
  })
}

const SITUATIONS = ['situations']

export function useSituations(lasting: boolean) {
  return useQuery({
    queryKey: [...SITUATIONS, lasting],
    refetchInterval: lasting ? 5_000 : 30_000,
    queryFn: () => must(client.GET('/api/alerts/situations', { params: { query: { lasting, limit: 100 } } })),
  })
}

export function useTake() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (situation: string) =>
      must(client.POST('/api/alerts/situations/{situation}/take', { params: { path: { situation } } })),
    onError: tellError,
    onSettled: () => cache.invalidateQueries({ queryKey: SITUATIONS }),
  })
}

export function useDone() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ situation, done }: { situation: string; done: string }) =>
      must(client.POST('/api/alerts/situations/{situation}/done', { params: { path: { situation } }, body: { done } })),
    onSettled: () => cache.invalidateQueries({ queryKey: SITUATIONS }),
  })
}
