import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { client, must } from '@/api/client'
import type { Directory } from '@/api/types'
import { live } from '@/realtime/live'

const NOBODY: Directory = { projects: {}, queues: {}, agents: {}, skills: {} }

/** What identifiers are called: queues, projects, agents, skills. */
export function useDirectory(): Directory {
  const { data } = useQuery({
    queryKey: ['directory'],
    staleTime: 5 * 60_000,
    queryFn: () => must(client.GET('/api/directory')),
  })
  return data ?? NOBODY
}

export function QueueName({ id }: { id: string }) {
  return <>{useDirectory().queues[id] ?? id}</>
}

/** By the live picture; '' where it does not know. Drawn again only when the name is another one. */
export function useAgentName(id: string): string {
  return useSyncExternalStore(live.subscribe, () => live.getView().agents[id]?.name ?? '')
}

export function AgentName({ id }: { id: string }) {
  const agents = useDirectory().agents
  return <>{useAgentName(id) || (agents[id]?.name ?? id)}</>
}

/** "agent:ID", "queue:ID", "project:ID" in words. */
export function OwnerName({ owner }: { owner: string }) {
  const { queues, projects } = useDirectory()
  const [kind, id = ''] = owner.split(/:(.*)/s)
  if (kind === 'agent') return <AgentName id={id} />
  return <>{(kind === 'queue' ? queues[id] : projects[id]) ?? id}</>
}
