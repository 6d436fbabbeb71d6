import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import { queries } from '@/api/queries'
import type { DebtRulesGiven, DebtRulesRow } from '@/api/types'
import type { paths } from '@/api/generated/schema'

export type DebtQuery = NonNullable<paths['/api/debts']['get']['parameters']['query']>
export type ResultWord = 'no_answer' | 'busy' | 'talked' | 'refused' | 'wrong_number'

export const timezone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Open: the most urgent first; closed: the latest first. `version` changes with the live debts, and asks again. */
export function useDebts(query: DebtQuery, version: string) {
  return useInfiniteQuery({
    queryKey: ['debts', query, version],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      must(client.GET('/api/debts', { params: { query: { ...query, cursor: pageParam, limit: 100 } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 20_000,
  })
}

export function useDebtFigures(version: string) {
  return useQuery({
    queryKey: ['debts', 'figures', version],
    queryFn: () => must(client.GET('/api/debts/figures', { params: { query: { timezone: timezone() } } })),
    placeholderData: keepPreviousData,
    refetchInterval: 20_000,
  })
}

export function useDebtStory(debt: string) {
  return useQuery({
    queryKey: ['debts', 'story', debt],
    queryFn: () => must(client.GET('/api/debts/{debt_id}/story', { params: { path: { debt_id: debt } } })),
    refetchInterval: 10_000,
  })
}

export type GroupBy = 'queue' | 'project' | 'cause' | 'agent'

export function useRecovery(by: GroupBy, since: string, until: string) {
  return useQuery({
    queryKey: ['debts', 'recovery', by, since, until],
    queryFn: () =>
      must(client.GET('/api/debts/recovery', { params: { query: { by, since, until, timezone: timezone() } } })),
    placeholderData: keepPreviousData,
  })
}

const again = () => queries.invalidateQueries({ queryKey: ['debts'] })
const at = (debt: string) => ({ params: { path: { debt_id: debt } } })

export function useWriteOff() {
  return useMutation({
    mutationFn: ({ debt, reason }: { debt: string; reason: string }) =>
      must(client.POST('/api/debts/{debt_id}/write-off', { ...at(debt), body: { reason } })),
    onSuccess: again,
  })
}

export function useTake() {
  return useMutation({
    mutationFn: ({ debt, take }: { debt: string; take: boolean }) =>
      must(
        take
          ? client.POST('/api/debts/{debt_id}/take', at(debt))
          : client.POST('/api/debts/{debt_id}/let-go', at(debt)),
      ),
    onSuccess: again,
  })
}

export function usePostpone() {
  return useMutation({
    mutationFn: ({ debt, until, note }: { debt: string; until: Date; note: string }) =>
      must(client.POST('/api/debts/{debt_id}/postpone', { ...at(debt), body: { until: until.toISOString(), note } })),
    onSuccess: again,
  })
}

export function useReport() {
  return useMutation({
    mutationFn: ({ debt, result, note }: { debt: string; result: ResultWord; note: string }) =>
      must(client.POST('/api/debts/{debt_id}/result', { ...at(debt), body: { result, note } })),
    onSuccess: again,
  })
}

export function useAssign() {
  return useMutation({
    mutationFn: (body: { debts: string[]; owner: string }) => must(client.POST('/api/debts/assignments', { body })),
    onSuccess: again,
  })
}

export function useDebtRules() {
  return useQuery({
    queryKey: ['debt-rules'],
    // pairs of minutes are plain lists to the client's types
    queryFn: async () => (await must(client.GET('/api/debts/rules'))) as DebtRulesRow[],
  })
}

/** Kept and published at once, so that the next contact is handled by it. */
export function useSaveRules() {
  return useMutation({
    mutationFn: async ({ project, rules }: { project: string; rules: DebtRulesGiven }) => {
      await must(client.PUT('/api/debts/rules/{project}', { params: { path: { project } }, body: rules }))
      await must(client.POST('/api/publishing'))
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['debt-rules'] }),
  })
}
