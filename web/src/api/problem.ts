import { t } from 'i18next'

/** A refusal that a person can read: `message` says what happened and what to do. `status` 0 = the server was not reached. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    /** what is wrong with which input: dotted path → text */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = 'Problem'
  }
}

/** Makes a Problem of an error answer; answers that are not ours (a proxy's page) get our own words. */
export function problemFrom(body: unknown, status: number): Problem {
  if (typeof body === 'object' && body !== null) {
    const { code, message, fields } = body as { code?: unknown; message?: unknown; fields?: Record<string, string> }
    if (typeof code === 'string' && typeof message === 'string' && message)
      return new Problem(code, message, status, fields ?? {})
  }
  if (status === 422) return new Problem('malformed', t('problem.malformed'), status)
  if (status >= 500) return new Problem('server', t('problem.server', { status }), status)
  return new Problem('refused', t('problem.refused', { status }), status)
}

export function unreachable(): Problem {
  return new Problem('unreachable', t('problem.unreachable'), 0)
}

/** The text to show for anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Problem) return error.message
  if (error instanceof Error) return t('problem.unexpected', { detail: error.message })
  return t('problem.unexpected', { detail: String(error) })
}
