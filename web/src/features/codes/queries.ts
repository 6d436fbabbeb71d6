import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { addLazyWords } from '@/i18n/lazy'

addLazyWords()

/** What the answer always has, though a request may leave it out. */
export type Codes = Required<components['schemas']['CodesRow']>

const CODES = ['settings', 'codes']

export function useCodes() {
  return useQuery({ queryKey: CODES, queryFn: async () => (await must(client.GET('/api/feature-codes'))) as Codes })
}

export function useKeepCodes() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: Codes) => must(client.PUT('/api/feature-codes', { body })),
    onSuccess: (kept) => {
      cache.setQueryData(CODES, kept)
      void cache.invalidateQueries({ queryKey: ['settings', 'waiting'] })
    },
  })
}
