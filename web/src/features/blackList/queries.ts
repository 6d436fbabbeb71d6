import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { addLazyWords } from '@/i18n/lazy'

addLazyWords()

export type Block = components['schemas']['BlockRow']
export type BlockGiven = components['schemas']['BlockGiven']

const BLACK_LIST = ['black-list']

export function useBlackList() {
  return useQuery({ queryKey: BLACK_LIST, refetchInterval: 15_000, queryFn: () => must(client.GET('/api/black-list')) })
}

/** What was changed is shown at once: the engine's picture may come to this page a moment later. */
export function useBlock() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (given: BlockGiven) => must(client.POST('/api/black-list', { body: given })),
    onSuccess: (made) =>
      cache.setQueryData<Block[]>(BLACK_LIST, (rows = []) => {
        const before = rows.find((one) => one.number === made.number)
        const kept = { ...made, calls: before?.calls ?? 0, last_at: before?.last_at ?? null }
        return [kept, ...rows.filter((one) => one.number !== made.number)]
      }),
  })
}

export function useUnblock() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (number: string) => must(client.DELETE('/api/black-list/{number}', { params: { path: { number } } })),
    onSuccess: (_, number) =>
      cache.setQueryData<Block[]>(BLACK_LIST, (rows = []) => rows.filter((one) => one.number !== number)),
  })
}
