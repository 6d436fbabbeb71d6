import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { Days } from '@/features/reports/search'
import type { Line } from './line'

export interface Asked extends Days {
  queue?: string
  project?: string
  agent?: string
  absent?: boolean
}

/** so often is asked for what goes on; between, the live rows tell */
const OFTEN = 30_000
const SELDOM = 60_000
/** a week is much to count */
const RARELY = 180_000

export function useLog(asked: Asked | undefined, isLive: boolean) {
  return useQuery({
    queryKey: ['shifts', 'log', asked],
    enabled: asked !== undefined,
    queryFn: () =>
      must(client.GET('/api/supervision/shift-log', { params: { query: asked ?? { first: '', last: '' } } })),
    placeholderData: keepPreviousData,
    refetchInterval: !isLive ? false : asked?.first === asked?.last ? OFTEN : RARELY,
  })
}

/** The lines of those who are seen, and of them only; what was known of others before stays until they are seen. */
export function useLines(days: Days | undefined, agents: readonly string[], brief: boolean, isLive: boolean) {
  return useQuery({
    queryKey: ['shifts', 'lines', days, agents, brief],
    enabled: days !== undefined && agents.length > 0,
    queryFn: () =>
      must(
        client.GET('/api/supervision/shift-log/lines', {
          params: { query: { ...(days ?? { first: '', last: '' }), agent: [...agents], brief } },
        }),
      ),
    placeholderData: (before, query) => {
      // lines of another period would be drawn in the wrong place
      const key = query?.queryKey
      return JSON.stringify([key?.[2], key?.[4]]) === JSON.stringify([days, brief]) ? before : undefined
    },
    select: (lines): Record<string, Line> => Object.fromEntries(lines.map((one) => [one.agent, one])),
    refetchInterval: !isLive ? false : brief ? RARELY : SELDOM,
  })
}

export function useCard(agent: string, days: Days, isLive: boolean) {
  return useQuery({
    queryKey: ['shifts', 'card', agent, days],
    queryFn: () => must(client.GET('/api/supervision/shift-log/{agent}', { params: { path: { agent }, query: days } })),
    refetchInterval: isLive ? OFTEN : false,
  })
}

export function fileAddress(asked: Asked, format: string): string {
  const search = new URLSearchParams({ format })
  for (const [name, value] of Object.entries(asked)) if (value) search.append(name, String(value))
  return `/api/supervision/shift-log/file?${search.toString()}`
}
