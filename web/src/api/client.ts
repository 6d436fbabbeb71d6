import i18next from 'i18next'
import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from './generated/schema'
import { Problem, problemFrom, unreachable } from './problem'
import { learnServerTime } from '@/ui/clock'

let csrfToken = ''

export function rememberCsrf(token: string): void {
  csrfToken = token
}

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', i18next.language || 'ru')
    if (csrfToken && unsafe.has(request.method)) request.headers.set('X-CSRF-Token', csrfToken)
    return request
  },
  onResponse({ response }) {
    learnServerTime(response.headers.get('Date'))
  },
  onError() {
    return unreachable()
  },
}

/** A last word of a page that is being left: it goes out although the page is gone, and nobody hears the answer. */
export function sendOnLeaving(path: string): void {
  void fetch(path, {
    method: 'POST',
    keepalive: true,
    credentials: 'same-origin',
    headers: csrfToken ? { 'X-CSRF-Token': csrfToken } : {},
  }).catch(() => undefined)
}

export const client = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' })
client.use(manners)

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** Unwraps an answer: the data, or a thrown Problem. */
export async function must<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked
  if (!response.ok) throw problemFrom(error, response.status)
  return data as T
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof Problem && error.status === 401
}
