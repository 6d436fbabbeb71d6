import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { queries } from '@/api/queries'

type Schemas = components['schemas']
export type Article = Schemas['Article']
export type ArticleGiven = Schemas['ArticleGiven']

export function useArticles() {
  return useQuery({
    queryKey: ['knowledge', 'list'],
    queryFn: () => must(client.GET('/api/knowledge/articles')),
  })
}

export function useArticle(id: string) {
  return useQuery({
    queryKey: ['knowledge', 'article', id],
    enabled: id !== '' && id !== 'new',
    queryFn: () => must(client.GET('/api/knowledge/articles/{id}', { params: { path: { id } } })),
  })
}

export function useHits(text: string, project: string) {
  return useQuery({
    queryKey: ['knowledge', 'search', text, project],
    enabled: text !== '',
    queryFn: () => must(client.GET('/api/knowledge/search', { params: { query: { text, project } } })),
    placeholderData: keepPreviousData,
  })
}

export function useArticleVersions(id: string, revision: number) {
  return useQuery({
    queryKey: ['knowledge', 'versions', id, revision],
    queryFn: () => must(client.GET('/api/knowledge/articles/{id}/versions', { params: { path: { id } } })),
  })
}

const refresh = () => queries.invalidateQueries({ queryKey: ['knowledge'] })

export function useVote(id: string) {
  return useMutation({
    mutationFn: (useful: boolean) =>
      must(client.PUT('/api/knowledge/articles/{id}/vote', { params: { path: { id } }, body: { useful } })),
    onSuccess: refresh,
  })
}

/** A new article without an id, else a change of the one with it, made from `revision`. */
export function useWriteArticle(id: string, revision: number) {
  return useMutation({
    mutationFn: (given: ArticleGiven) =>
      id === 'new'
        ? must(client.POST('/api/knowledge/articles', { body: given }))
        : must(client.PUT('/api/knowledge/articles/{id}', { params: { path: { id } }, body: { ...given, revision } })),
    onSuccess: refresh,
  })
}

/** Tells those who write the articles that this was looked for in vain; nobody waits for it. */
export function tellMiss(sought: string): void {
  must(client.POST('/api/knowledge/misses', { body: { sought } })).catch(() => undefined)
}

export function useMisses(wanted: boolean) {
  return useQuery({
    queryKey: ['knowledge', 'misses'],
    enabled: wanted,
    queryFn: () => must(client.GET('/api/knowledge/misses')),
  })
}

export function useSettleMiss() {
  return useMutation({
    mutationFn: (sought: string) => must(client.DELETE('/api/knowledge/misses', { params: { query: { sought } } })),
    onSuccess: refresh,
  })
}
