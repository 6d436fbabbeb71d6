import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { addLazyWords } from '@/i18n/lazy'

addLazyWords()

export type MessageRule = components['schemas']['MessageRuleRow']
export type MessageRuleGiven = components['schemas']['MessageRuleGiven']
export type MessageSending = components['schemas']['MessageSending']

const RULES = 'message-letters'

export function useMessageRules() {
  return useQuery({ queryKey: [RULES], queryFn: () => must(client.GET('/api/message-letters')) })
}

export function useSentMessages() {
  return useQuery({
    queryKey: [RULES, 'sent'],
    refetchInterval: 15_000,
    queryFn: () => must(client.GET('/api/message-letters/sent', { params: { query: { limit: 100 } } })),
  })
}

function useChange<T, R>(change: (given: T) => Promise<R>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: () => cache.invalidateQueries({ queryKey: [RULES] }) })
}

export function usePutMessageRule() {
  return useChange(({ id, body }: { id: string; body: MessageRuleGiven }) =>
    must(client.PUT('/api/message-letters/{id}', { params: { path: { id } }, body })),
  )
}

export function useRemoveMessageRule() {
  return useChange((id: string) => must(client.DELETE('/api/message-letters/{id}', { params: { path: { id } } })))
}
