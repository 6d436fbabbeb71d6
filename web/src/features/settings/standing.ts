import { useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'

/** How what is edited stands to what is in force, and what must be mended before publishing. */
export function useStanding() {
  return useQuery({
    queryKey: ['settings', 'waiting'],
    queryFn: () => must(client.GET('/api/publishing/waiting')),
    refetchInterval: 30_000,
  })
}
