import { useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { addLazyWords } from '@/i18n/lazy'
import { useRows } from './entity'

addLazyWords()

type Schemas = components['schemas']
export type QueueRow = Schemas['QueueRow']
export type NumberRow = Schemas['NumberRow']
export type TrunkRow = Schemas['TrunkRow']
export type ProjectRow = Schemas['ProjectRow']
export type SourceRow = Schemas['SourceRow']
export type DoorRow = Schemas['DoorRow']
export type AgentRow = Schemas['AgentRow']
export type PromptRow = Schemas['PromptRow']

export const lists = {
  queues: () => must(client.GET('/api/queues')),
  numbers: () => must(client.GET('/api/numbers')),
  trunks: () => must(client.GET('/api/trunks')),
  projects: () => must(client.GET('/api/projects')),
  calendars: () => must(client.GET('/api/calendars')),
  sources: () => must(client.GET('/api/sources')),
  doors: () => must(client.GET('/api/doors')),
  agents: () => must(client.GET('/api/agents')),
  scenarios: () => must(client.GET('/api/scenarios')),
  prompts: () => must(client.GET('/api/prompts')),
}

/** as the client reads it: pairs are arrays there */
export type CalendarRow = Awaited<ReturnType<typeof lists.calendars>>[number]

function names<Row>(rows: Row[] | undefined, id: (row: Row) => string, name: (row: Row) => string) {
  return Object.fromEntries((rows ?? []).map((row) => [id(row), name(row)]))
}

/** Names by identifier of everything that settings refer to. */
export function useNames() {
  const queues = useRows('queues', lists.queues).data
  const projects = useRows('projects', lists.projects).data
  const calendars = useRows('calendars', lists.calendars).data
  const trunks = useRows('trunks', lists.trunks).data
  const scenarios = useRows('scenarios', lists.scenarios).data
  const agents = useRows('agents', lists.agents).data
  const skills = new Set([
    ...(agents ?? []).flatMap((agent) => Object.keys(agent.skills)),
    ...(queues ?? []).flatMap((queue) => [...Object.keys(queue.requires), ...Object.keys(queue.prefers)]),
  ])
  return {
    queues: names(
      queues,
      (row) => row.id,
      (row) => row.name,
    ),
    projects: names(
      projects,
      (row) => row.id,
      (row) => row.name,
    ),
    calendars: names(
      calendars,
      (row) => row.id,
      (row) => row.id,
    ),
    trunks: names(
      trunks?.filter((trunk) => !trunk.browser),
      (row) => row.id,
      (row) => row.id,
    ),
    scenarios: names(
      scenarios,
      (row) => row.id,
      (row) => row.name,
    ),
    agents: names(
      agents,
      (row) => row.id,
      (row) => `${row.name} · ${row.extension}`,
    ),
    skills: [...skills].sort(),
  }
}

export function usePrompts() {
  return useQuery({ queryKey: ['settings', 'prompts'], queryFn: lists.prompts, staleTime: 60_000 })
}
