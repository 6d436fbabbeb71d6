import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import { queries } from '@/api/queries'

export interface DebtChoice {
  status: 'open' | 'closed'
  owner?: 'me'
}

/** Open: the most urgent first; closed: the latest first. `version` changes with the live debts, and asks again. */
export function useDebts({ status, owner }: DebtChoice, version: string) {
  return useInfiniteQuery({
    queryKey: ['debts', status, owner ?? '', version],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      must(client.GET('/api/debts', { params: { query: { status, owner, cursor: pageParam, limit: 100 } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 20_000,
  })
}

export function useDebtFigures(version: string) {
  return useQuery({
    queryKey: ['debts', 'figures', version],
    queryFn: () =>
      must(
        client.GET('/api/debts/figures', {
          params: { query: { timezone: Intl.DateTimeFormat().resolvedOptions().timeZone } },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 20_000,
  })
}

export function useWriteOff() {
  return useMutation({
    mutationFn: ({ debt, reason }: { debt: string; reason: string }) =>
      must(client.POST('/api/debts/{debt_id}/write-off', { params: { path: { debt_id: debt } }, body: { reason } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['debts'] }),
  })
}
