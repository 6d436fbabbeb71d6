import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import { type Filters, queryOf } from './filters'

const PAGE = 50

/** The journal, newest first, page after page. */
export function useJournal(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['contacts', 'journal', filters],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      must(client.GET('/api/contacts', { params: { query: { ...queryOf(filters), cursor: pageParam, limit: PAGE } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data && query.state.data.pages.length > 1 ? false : 15_000),
  })
}

/** Who had the contacts of the journal. */
export function usePersons(filters: Filters) {
  return useQuery({
    queryKey: ['contacts', 'persons', filters],
    queryFn: () => must(client.GET('/api/customers/of-contacts', { params: { query: queryOf(filters) } })),
    placeholderData: keepPreviousData,
  })
}

/** One contact with its legs and story. A contact that lives is asked again every few seconds. */
export function useContact(id: string) {
  return useQuery({
    queryKey: ['contacts', 'card', id],
    enabled: id !== '',
    queryFn: () => must(client.GET('/api/contacts/{contact_id}', { params: { path: { contact_id: id } } })),
    staleTime: 3_000,
    refetchInterval: (query) => (query.state.data?.outcome && query.state.data.recording ? false : 5_000),
  })
}

/** What the same person asked us before, newest first. */
export function useEarlier(customer: string) {
  return useQuery({
    queryKey: ['contacts', 'of', customer],
    enabled: customer !== '',
    queryFn: () => must(client.GET('/api/contacts', { params: { query: { phone: customer, limit: 20 } } })),
  })
}

export function useTopics() {
  return useQuery({
    queryKey: ['topics'],
    queryFn: () => must(client.GET('/api/topics')),
    staleTime: 5 * 60_000,
  })
}
