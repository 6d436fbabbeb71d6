import { useMemo } from 'react'
import type { Catalogue } from './document'
import { useJudgement, useNames, usePrompts } from './queries'
import { type Remark, remarksOf } from './remarks'
import type { Speech } from './words'

const NONE: Readonly<Record<string, string>> = {}

/** Names of everything that nodes speak of. */
export function useSpeech(catalogue: Catalogue): Speech {
  const names = useNames()
  const { titles } = usePrompts()
  return useMemo(() => ({ names, titles, look: catalogue.look }), [names, titles, catalogue])
}

/** Remarks on the draft as stored in `revision`; the last known ones while it is being saved (0). */
export function useJudged(id: string, revision: number, speech: Speech) {
  const { lint, problems, pending } = useJudgement(id, revision)
  const { titles } = speech
  const remarks: Remark[] = useMemo(
    () =>
      remarksOf({
        id,
        findings: lint?.findings ?? [],
        malformed: lint?.malformed ?? '',
        problems: problems ?? NONE,
        titles,
      }),
    [id, lint, problems, titles],
  )
  return { remarks, problems: problems ?? NONE, pending }
}
