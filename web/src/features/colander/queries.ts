import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { queries } from '@/api/queries'

type Schemas = components['schemas']
export type Picture = Schemas['ColanderPicture']
export type Place = Schemas['LeakPlace']
export type Hole = Schemas['LeakHole']
export type Settings = Schemas['ColanderSettings']
export type Worth = Schemas['WorthGiven']

export interface Chosen {
  from: string
  to: string
  project: string
}

export function useColander(chosen: Chosen, known = true) {
  return useQuery({
    queryKey: ['colander', chosen],
    enabled: known,
    queryFn: () => must(client.GET('/api/colander', { params: { query: chosen } })),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
}

/** The contacts behind a place, newest first. */
export function useLeaked(chosen: Chosen, place: Place['place']) {
  return useInfiniteQuery({
    queryKey: ['colander', 'contacts', chosen, place],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      must(client.GET('/api/colander/contacts', { params: { query: { ...chosen, place, cursor: pageParam } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
}

export function useSettings() {
  return useQuery({ queryKey: ['colander', 'settings'], queryFn: () => must(client.GET('/api/colander/settings')) })
}

export function useSaveSettings() {
  return useMutation({
    mutationFn: (body: Settings) => must(client.PUT('/api/colander/settings', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['colander'] }),
  })
}
