import { useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { addLazyWords } from '@/i18n/lazy'
import { useRows } from './entity'
import { byName } from './names'

addLazyWords()

type Schemas = components['schemas']
export type QueueRow = Schemas['QueueRow']
export type NumberRow = Schemas['NumberRow']
export type TrunkRow = Schemas['TrunkRow']
export type ProjectRow = Schemas['ProjectRow']
export type SourceRow = Schemas['SourceRow']
export type DoorRow = Schemas['DoorRow']
export type SkillRow = Schemas['SkillRow']
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
  skills: () => must(client.GET('/api/skills')),
  scenarios: () => must(client.GET('/api/scenarios')),
  prompts: () => must(client.GET('/api/prompts')),
}

/** as the client reads it: pairs are arrays there */
export type CalendarRow = Awaited<ReturnType<typeof lists.calendars>>[number]

/** Names by identifier of everything that settings refer to. */
export function useNames() {
  const queues = useRows('queues', lists.queues).data
  const projects = useRows('projects', lists.projects).data
  const calendars = useRows('calendars', lists.calendars).data
  const trunks = useRows('trunks', lists.trunks).data
  const scenarios = useRows('scenarios', lists.scenarios).data
  const agents = useRows('agents', lists.agents).data
  const sources = useRows('sources', lists.sources).data
  const doors = useRows('doors', lists.doors).data
  return {
    queues: byName(queues),
    projects: byName(projects),
    calendars: byName(calendars),
    trunks: byName(trunks?.filter((trunk) => !trunk.browser)),
    scenarios: byName(scenarios),
    agents: byName(agents?.map((row) => ({ id: row.id, name: `${row.name} · ${row.extension}` }))),
    sources: byName(sources?.map(nameOfSource)),
    doors: byName(doors),
    skills: useSkills(agents, queues),
    modes: namesOfModes(calendars),
  }
}

/** Products by which people's sales are known, or that a queue asks for. */
export function useProducts(): string[] {
  const sold = (useRows('agents', lists.agents).data ?? []).flatMap((agent) => Object.keys(agent.conversion))
  const asked = (useRows('queues', lists.queues).data ?? []).map((queue) => queue.policy.product ?? '')
  return [...new Set([...sold, ...asked])].filter(Boolean).sort((a, b) => a.localeCompare(b))
}

export const MODES = ['day', 'lunch', 'evening', 'night', 'weekend', 'holiday']

/** What the company calls its modes, by their keys; those that it did not name are not there. */
export function namesOfModes(calendars: readonly { mode_names: Record<string, string> }[] = []) {
  return Object.fromEntries(calendars.flatMap((row) => Object.entries(row.mode_names)))
}

export function nameOfSource({ id, document }: SourceRow) {
  return { id, name: typeof document.name === 'string' ? document.name : '' }
}

/** Those that have a name, and those that somebody has or a queue asks for. */
function useSkills(agents: AgentRow[] | undefined, queues: QueueRow[] | undefined): Record<string, string> {
  const named = useRows('skills', lists.skills).data ?? []
  const used = [
    ...(agents ?? []).flatMap((agent) => Object.keys(agent.skills)),
    ...(queues ?? []).flatMap((queue) => [...Object.keys(queue.requires), ...Object.keys(queue.prefers)]),
  ]
  const unnamed = [...new Set(used)].filter((id) => !named.some((skill) => skill.id === id))
  return byName([...named, ...unnamed.map((id) => ({ id }))])
}

export function usePrompts() {
  return useQuery({ queryKey: ['settings', 'prompts'], queryFn: lists.prompts, staleTime: 60_000 })
}
