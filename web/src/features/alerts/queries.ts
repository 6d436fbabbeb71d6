import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { addLazyWords } from '@/i18n/lazy'
import type { Span } from './hours'

addLazyWords()

/** as the client reads it: pairs are arrays there */
export type Rule = Omit<components['schemas']['RuleRow'], 'quiet'> & { quiet?: number[][] }

const ALERTS = 'alerts'

export function useRules() {
  return useQuery({
    queryKey: [ALERTS, 'rules'],
    queryFn: (): Promise<Rule[]> => must(client.GET('/api/alerts/rules')) as Promise<Rule[]>,
  })
}

export function useWebhooks() {
  return useQuery({ queryKey: [ALERTS, 'webhooks'], queryFn: () => must(client.GET('/api/alerts/webhooks')) })
}

export function useDeliveries() {
  return useQuery({
    queryKey: [ALERTS, 'deliveries'],
    refetchInterval: 10_000,
    queryFn: () => must(client.GET('/api/alerts/deliveries', { params: { query: { limit: 50 } } })),
  })
}

function useChange<T, R>(change: (given: T) => Promise<R>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: () => cache.invalidateQueries({ queryKey: [ALERTS] }) })
}

export function usePutRule() {
  return useChange(({ id, quiet = [], ...rest }: Rule) =>
    must(client.PUT('/api/alerts/rules/{id}', { params: { path: { id } }, body: { ...rest, quiet: quiet as Span[] } })),
  )
}

export function useRemoveRule() {
  return useChange((id: string) => must(client.DELETE('/api/alerts/rules/{id}', { params: { path: { id } } })))
}

export function usePutWebhook() {
  return useChange(({ id, url }: { id: string; url: string }) =>
    must(client.PUT('/api/alerts/webhooks/{id}', { params: { path: { id } }, body: { url } })),
  )
}

export function useRemoveWebhook() {
  return useChange((id: string) => must(client.DELETE('/api/alerts/webhooks/{id}', { params: { path: { id } } })))
}
