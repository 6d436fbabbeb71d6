import { useMutation, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { queries } from '@/api/queries'

type Schemas = components['schemas']
export type ScriptDocument = Schemas['ScriptDocument']
export type ScriptStep = Schemas['ScriptStep']
export type ScriptField = Schemas['ScriptField']
export type ScriptCard = Schemas['ScriptCard']
export type ScriptPlace = Schemas['ScriptPlace']
export type ScriptInHand = Schemas['ScriptInHand']
export type ScriptGiven = Schemas['ScriptGiven']
export type RunGiven = Schemas['RunGiven']

/** The script of one conversation; null when there is none for it. */
export function useScript(contact: string, place: { number: string; queue: string; project: string }) {
  return useQuery({
    queryKey: ['scripts', 'in-hand', contact, place],
    enabled: contact !== '' && (place.project !== '' || place.number !== '' || place.queue !== ''),
    queryFn: () =>
      must(client.GET('/api/scripts/in-hand', { params: { query: { contact, ...place } } })).then(
        (found) => found ?? null,
      ),
    staleTime: Infinity,
  })
}

export function useKeepRun(script: string, contact: string) {
  return useMutation({
    scope: { id: `run ${contact}` },
    mutationFn: (body: RunGiven) =>
      must(client.PUT('/api/scripts/{id}/runs/{contact}', { params: { path: { id: script, contact } }, body })),
    retry: 3,
  })
}

export function useScripts() {
  return useQuery({ queryKey: ['scripts', 'list'], queryFn: () => must(client.GET('/api/scripts')) })
}

export function useScriptCard(id: string) {
  return useQuery({
    queryKey: ['scripts', 'card', id],
    enabled: id !== '',
    queryFn: () => must(client.GET('/api/scripts/{id}', { params: { path: { id } } })),
    refetchOnWindowFocus: false,
  })
}

export function useVersions(id: string, version: number) {
  return useQuery({
    queryKey: ['scripts', 'versions', id, version],
    queryFn: () => must(client.GET('/api/scripts/{id}/versions', { params: { path: { id } } })),
  })
}

export function useFigures(id: string, version: number) {
  return useQuery({
    queryKey: ['scripts', 'figures', id, version],
    enabled: version > 0,
    queryFn: () =>
      must(client.GET('/api/scripts/{id}/versions/{version}/figures', { params: { path: { id, version } } })),
  })
}

export function readVersion(id: string, version: number): Promise<ScriptDocument> {
  return must(client.GET('/api/scripts/{id}/versions/{version}', { params: { path: { id, version } } }))
}

function taken(card: ScriptCard): Promise<void> {
  queries.setQueryData(['scripts', 'card', card.id], card)
  return queries.invalidateQueries({ queryKey: ['scripts', 'list'] })
}

export function useScriptWork(id: string) {
  const keep = useMutation({
    mutationFn: (body: ScriptGiven) => must(client.PUT('/api/scripts/{id}', { params: { path: { id } }, body })),
    onSuccess: taken,
  })
  const publish = useMutation({
    mutationFn: () => must(client.POST('/api/scripts/{id}/versions', { params: { path: { id } } })),
    onSuccess: taken,
  })
  return { keep, publish }
}
