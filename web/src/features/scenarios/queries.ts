import { useMutation, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { Problem } from '@/api/problem'
import { queries } from '@/api/queries'
import { currentLocale } from '@/i18n'
import { addLazyWords } from '@/i18n/lazy'
import { MODES, nameOfSource, namesOfModes } from '@/features/settings/kinds'
import { byName } from '@/features/settings/names'
import { kindsOf, readScenario, type Scenario } from './document'
import type { Answer, Draft, Stored } from './keeper'

addLazyWords()

type Schemas = components['schemas']
export type ScenarioRow = Schemas['ScenarioRow']
export type Prompt = Schemas['PromptRow']
export type Finding = Schemas['LintFinding']
export type Difference = Schemas['ScenarioDifference']
export type Rehearsal = Schemas['RehearsalReport']
export type RehearsalGiven = Partial<Schemas['RehearsalGiven']>
export type Act = Partial<Schemas['RehearsalAct']> & Pick<Schemas['RehearsalAct'], 'do'>

export function useScenarios() {
  return useQuery({ queryKey: ['scenarios', 'list'], queryFn: () => must(client.GET('/api/scenarios')) })
}

export function fetchScenario(id: string): Promise<ScenarioRow> {
  return must(client.GET('/api/scenarios/{id}', { params: { path: { id } } }))
}

/** Asked again and again, so that another editor's work shows. */
export function useScenario(id: string) {
  return useQuery({
    queryKey: ['scenarios', 'one', id],
    queryFn: () => fetchScenario(id),
    staleTime: 0,
    refetchInterval: 8_000,
  })
}

export function storedOf(row: ScenarioRow): Stored {
  const draft: Draft = {
    scenario: readScenario(row.draft),
    layout: row.layout as unknown as Draft['layout'],
    name: row.name,
    isDefault: row.is_default,
  }
  return { draft, revision: row.revision, by: row.edited_by }
}

export async function saveDraft(id: string, draft: Draft, revision: number | undefined): Promise<Answer> {
  try {
    const row = await must(
      client.PUT('/api/scenarios/{id}', {
        params: { path: { id } },
        body: {
          name: draft.name,
          draft: draft.scenario as unknown as Record<string, unknown>,
          is_default: draft.isDefault,
          layout: draft.layout as unknown as Record<string, [number, number]>,
          revision,
        },
      }),
    )
    queries.setQueryData(['scenarios', 'one', id], row)
    void queries.invalidateQueries({ queryKey: ['scenarios', 'list'] })
    return { ok: true, revision: row.revision }
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem('unexpected', String(error), 0)
    if (problem.code === 'edited_meanwhile') return { ok: false, why: 'meanwhile', message: problem.message }
    const away = problem.status === 0 || problem.status >= 500
    return { ok: false, why: away ? 'away' : 'refused', message: problem.message }
  }
}

export function useRemoveScenario() {
  return useMutation({
    mutationFn: (id: string) => must(client.DELETE('/api/scenarios/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['scenarios'] }),
  })
}

export function useKinds() {
  const locale = currentLocale()
  const { data, error, refetch } = useQuery({
    queryKey: ['scenarios', 'kinds', locale],
    queryFn: () => must(client.GET('/api/scenarios/kinds')),
    staleTime: Infinity,
  })
  const kinds = useMemo(() => (data ? kindsOf(data) : undefined), [data])
  return { catalogue: data, kinds, error, refetch }
}

/** What nodes may name: identifier → in words. */
export interface Names {
  queue: Record<string, string>
  calendar: Record<string, string>
  agent: Record<string, string>
  scenario: Record<string, string>
  source: Record<string, string>
  trunk: Record<string, string>
  modes: string[]
  /** what the company calls its modes */
  mode: Record<string, string>
}

const NO_NAMES: Names = { queue: {}, calendar: {}, agent: {}, scenario: {}, source: {}, trunk: {}, modes: [], mode: {} }

export function useNames(): Names {
  const { data } = useQuery({
    queryKey: ['scenarios', 'names'],
    queryFn: async () => {
      const [directory, calendars, sources, trunks, scenarios] = await Promise.all([
        must(client.GET('/api/directory')),
        must(client.GET('/api/calendars')),
        must(client.GET('/api/sources')),
        must(client.GET('/api/trunks')),
        must(client.GET('/api/scenarios')),
      ])
      const own = new Set([...MODES, ...calendars.flatMap((calendar) => Object.keys(calendar.modes ?? {}))])
      return {
        queue: directory.queues,
        agent: Object.fromEntries(Object.entries(directory.agents).map(([id, agent]) => [id, agent.name])),
        calendar: byName(calendars),
        source: byName(sources.map(nameOfSource)),
        trunk: byName(trunks.filter((trunk) => !trunk.browser)),
        scenario: byName(scenarios),
        modes: [...own],
        mode: namesOfModes(calendars),
      } satisfies Names
    },
  })
  return data ?? NO_NAMES
}

export function usePrompts() {
  const query = useQuery({ queryKey: ['prompts'], queryFn: () => must(client.GET('/api/prompts')) })
  const titles = useMemo(() => new Map((query.data ?? []).map((prompt) => [prompt.name, prompt.title])), [query.data])
  return { ...query, titles }
}

const freshPrompts = () => queries.invalidateQueries({ queryKey: ['prompts'] })

export function useSpeak() {
  return useMutation({
    mutationFn: (given: { title: string; language: 'ru' | 'en'; text: string }) =>
      must(client.POST('/api/prompts/spoken', { body: given })),
    onSuccess: freshPrompts,
  })
}

export function useBring() {
  return useMutation({
    mutationFn: (given: {
      title: string
      language: 'ru' | 'en'
      text: string
      origin: 'upload' | 'microphone'
      sound: Blob
    }) => {
      const { sound, ...query } = given
      return must(
        client.POST('/api/prompts/recorded', {
          params: { query },
          body: sound as unknown as string,
          bodySerializer: (body: unknown) => body as Blob,
          headers: { 'Content-Type': 'application/octet-stream' },
        }),
      )
    },
    onSuccess: freshPrompts,
  })
}

export function useRemovePrompt() {
  return useMutation({
    mutationFn: (name: string) =>
      must(client.DELETE('/api/prompts/{id}', { params: { path: { id: name.split('/')[1] ?? '' } } })),
    onSuccess: freshPrompts,
  })
}

/** Remarks of good practice and what prevents publishing, of the draft as stored in `revision`. */
export function useJudgement(id: string, revision: number) {
  const locale = currentLocale()
  const enabled = revision > 0
  const lint = useQuery({
    queryKey: ['scenarios', 'lint', id, revision, locale],
    enabled,
    queryFn: () => must(client.GET('/api/scenarios/{id}/lint', { params: { path: { id } } })),
    placeholderData: (before) => before,
  })
  const check = useQuery({
    queryKey: ['scenarios', 'check', id, revision, locale],
    enabled,
    queryFn: () => must(client.GET('/api/publishing/check')),
    placeholderData: (before) => before,
  })
  return {
    lint: lint.data,
    problems: check.data?.problems,
    error: lint.error ?? check.error,
    pending: lint.isFetching || check.isFetching,
  }
}

export function useVersions(id: string) {
  return useQuery({
    queryKey: ['scenarios', 'versions', id],
    queryFn: () => must(client.GET('/api/scenarios/{id}/versions', { params: { path: { id } } })),
  })
}

/** The graph as it was published then. */
export async function fetchVersion(id: string, version: number): Promise<Scenario> {
  const path = { id, version }
  const found = await must(client.GET('/api/scenarios/{id}/versions/{version}', { params: { path } }))
  return readScenario(found.document)
}

/** `after` 0: the draft. */
export function useDifferences(id: string, before: number, after: number, revision: number) {
  return useQuery({
    queryKey: ['scenarios', 'differences', id, before, after, after === 0 ? revision : 0],
    enabled: before > 0,
    queryFn: () =>
      must(client.GET('/api/scenarios/{id}/differences', { params: { path: { id }, query: { before, after } } })),
  })
}

const published = () => queries.invalidateQueries({ queryKey: ['scenarios'] })

export function usePublish() {
  return useMutation({ mutationFn: () => must(client.POST('/api/publishing')), onSettled: published })
}

export function useRollBack(id: string) {
  return useMutation({
    mutationFn: (version: number) =>
      must(client.POST('/api/scenarios/{id}/versions/{version}/rollback', { params: { path: { id, version } } })),
    onSuccess: published,
  })
}

export function rehearse(id: string, given: RehearsalGiven): Promise<Rehearsal> {
  return must(
    client.POST('/api/scenarios/{id}/rehearsal', {
      params: { path: { id } },
      body: given as Schemas['RehearsalGiven'],
    }),
  )
}
