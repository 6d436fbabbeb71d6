import { QueryClient } from '@tanstack/react-query'
import { isSignedOut } from './client'
import { Problem } from './problem'

/** Only what was not reached is asked again by itself: a refusal will not change. */
function mayRetry(failures: number, error: unknown): boolean {
  if (failures >= 2) return false
  return !(error instanceof Problem) || error.status === 0 || error.status === 503
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: mayRetry, staleTime: 15_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
})

/** A session that ended anywhere ends the page's idea of it: the sign-in form appears, what was typed stays kept. */
queries.getQueryCache().subscribe((event) => {
  if (event.type !== 'updated' || event.action.type !== 'error') return
  if ((event.query.queryKey as unknown[])[0] !== 'session' && isSignedOut(event.action.error))
    queries.setQueryData(['session'], null)
})
queries.getMutationCache().subscribe((event) => {
  if (event.type === 'updated' && event.action.type === 'error' && event.mutation.meta?.signIn !== true) {
    if (isSignedOut(event.action.error)) queries.setQueryData(['session'], null)
  }
})
