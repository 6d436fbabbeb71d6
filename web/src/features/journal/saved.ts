import { useMutation, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { queries } from '@/api/queries'
import type { Filters } from './filters'

export type Saved = Omit<components['schemas']['SavedFilter'], 'filter'> & { filter: Record<string, unknown> }
type Kept = components['schemas']['FilterGiven']['filter']

const KEY = ['saved-filters']

/** My filters and those kept for all, by name. */
export function useSaved() {
  return useQuery({
    queryKey: KEY,
    queryFn: async (): Promise<Saved[]> => must(client.GET('/api/saved-filters')),
    staleTime: 60_000,
  })
}

interface Keeping {
  /** absent = a new one */
  id?: string
  name: string
  shared: boolean
  /** absent = as it is */
  filter?: Filters
}

export function useKeep() {
  return useMutation({
    mutationFn: async ({ id, name, shared, filter }: Keeping) => {
      if (id === undefined)
        await must(client.POST('/api/saved-filters', { body: { name, shared, filter: (filter ?? {}) as Kept } }))
      else
        await must(
          client.PATCH('/api/saved-filters/{id}', {
            params: { path: { id } },
            body: { name, shared, ...(filter && { filter: filter as Kept }) },
          }),
        )
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  })
}

export function useDelete() {
  return useMutation({
    mutationFn: (id: string) => must(client.DELETE('/api/saved-filters/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  })
}
