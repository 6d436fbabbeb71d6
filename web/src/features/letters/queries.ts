import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { addLazyWords } from '@/i18n/lazy'

addLazyWords()

export type Letter = components['schemas']['LetterRow']
export type Sending = components['schemas']['LetterSending']
export type Given = components['schemas']['LetterGiven']

const LETTERS = 'letters'

export function useLetters() {
  return useQuery({ queryKey: [LETTERS], queryFn: () => must(client.GET('/api/letters')) })
}

export function useSent() {
  return useQuery({
    queryKey: [LETTERS, 'sent'],
    refetchInterval: 15_000,
    queryFn: () => must(client.GET('/api/letters/sent', { params: { query: { limit: 100 } } })),
  })
}

function useChange<T, R>(change: (given: T) => Promise<R>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: () => cache.invalidateQueries({ queryKey: [LETTERS] }) })
}

export function usePutLetter() {
  return useChange(({ id, body }: { id: string; body: Given }) =>
    must(client.PUT('/api/letters/{id}', { params: { path: { id } }, body })),
  )
}

export function useRemoveLetter() {
  return useChange((id: string) => must(client.DELETE('/api/letters/{id}', { params: { path: { id } } })))
}
