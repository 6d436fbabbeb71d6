import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { queries } from '@/api/queries'

type Schemas = components['schemas']
export type Customer = Schemas['CustomerSummary']
export type CustomerCard = Schemas['CustomerCard']
export type CardFields = Partial<Schemas['CardFields']>
export type Identity = Schemas['CardIdentity']

const PAGE = 50

/** The cards changed last, or those that were searched for, page after page. */
export function useCustomers(text: string) {
  return useInfiniteQuery({
    queryKey: ['customers', 'list', text],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      must(client.GET('/api/customers', { params: { query: { text, cursor: pageParam, limit: PAGE } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function useCustomer(id: string) {
  return useQuery({
    queryKey: ['customers', 'card', id],
    enabled: id !== '',
    queryFn: () => must(client.GET('/api/customers/{customer_id}', { params: { path: { customer_id: id } } })),
  })
}

const FIELDS = { queryKey: ['customers', 'fields'], queryFn: () => must(client.GET('/api/customers/fields')) }

/** Project → the fields of its cards, archived ones too. */
export function useAllFields(): Record<string, Schemas['CustomField'][]> {
  return useQuery({ ...FIELDS, staleTime: 60_000 }).data ?? {}
}

/** What the cards of one project ask for. */
export function useCardFields(project: string): Schemas['CustomField'][] {
  return (useAllFields()[project] ?? []).filter((one) => !one.archived)
}

/** What was with this customer, newest first. */
export function useTimeline(id: string) {
  return useInfiniteQuery({
    queryKey: ['customers', 'timeline', id],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      must(
        client.GET('/api/customers/{customer_id}/contacts', {
          params: { path: { customer_id: id }, query: { cursor: pageParam, limit: PAGE } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
}

/** Who has a number; asked again while the card of a new caller is being made. */
export function useCaller(number: string, contact: string) {
  return useQuery({
    queryKey: ['customers', 'caller', number, contact],
    enabled: number !== '',
    queryFn: () => must(client.GET('/api/customers/caller', { params: { query: { number, contact } } })),
    refetchInterval: (query) => (query.state.data?.customer ? false : 3_000),
  })
}

const refresh = () => queries.invalidateQueries({ queryKey: ['customers'] })

export function useMakeCustomer() {
  return useMutation({
    mutationFn: (body: Pick<Schemas['NewCard'], 'kind' | 'name' | 'identities'>) =>
      must(client.POST('/api/customers', { body: body as Schemas['NewCard'] })),
    onSuccess: refresh,
  })
}

/** Everything that is done to one card. */
export function useCardWork(id: string) {
  const path = { customer_id: id }
  const edit = useMutation({
    mutationFn: (body: CardFields) =>
      must(client.PATCH('/api/customers/{customer_id}', { params: { path }, body: body as Schemas['CardFields'] })),
    onSuccess: refresh,
  })
  const addNote = useMutation({
    mutationFn: (text: string) =>
      must(client.POST('/api/customers/{customer_id}/notes', { params: { path }, body: { text } })),
    onSuccess: refresh,
  })
  const addIdentity = useMutation({
    mutationFn: (body: Schemas['GivenIdentity']) =>
      must(client.POST('/api/customers/{customer_id}/identities', { params: { path }, body })),
    onSuccess: refresh,
  })
  const removeIdentity = useMutation({
    mutationFn: (query: Identity) =>
      must(client.DELETE('/api/customers/{customer_id}/identities', { params: { path, query } })),
    onSuccess: refresh,
  })
  const merge = useMutation({
    mutationFn: (gone: string) =>
      must(client.POST('/api/customers/{customer_id}/merges', { params: { path }, body: { gone } })),
    onSuccess: refresh,
  })
  const undoMerge = useMutation({
    mutationFn: (merge_id: string) =>
      must(
        client.DELETE('/api/customers/{customer_id}/merges/{merge_id}', { params: { path: { ...path, merge_id } } }),
      ),
    onSuccess: refresh,
  })
  return { edit, addNote, addIdentity, removeIdentity, merge, undoMerge }
}
