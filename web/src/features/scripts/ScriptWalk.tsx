import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Note, Trouble } from '@/ui/pieces'
import { type ScriptInHand, useKeepRun } from './queries'
import { StepView } from './StepView'
import { useUnrecorded } from './unrecorded'
import { type Filled, type Pass, standing, stepOf } from './walk'

interface Kept {
  script: string
  version: number
  passes: Pass[]
  filled: Filled
}

const KEY = 'kaska.script.'

function readKept(contact: string, given: ScriptInHand): Kept | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY + contact) ?? 'null') as Kept | null
    return kept?.script === given.script && kept.version === given.version ? kept : undefined
  } catch {
    return undefined
  }
}

/** The script beside the call: what was gone through stays over a reload, and the server measures where people leave. */
export function ScriptWalk({ contact, given }: { contact: string; given: ScriptInHand }) {
  const { t } = useTranslation()
  const keep = useKeepRun(given.script, contact)
  const [walk, setWalk] = useState<{ passes: readonly Pass[]; filled: Filled }>(
    () => readKept(contact, given) ?? { passes: given.run?.passes ?? [], filled: given.run?.filled ?? {} },
  )
  const now = standing(given.document, walk.passes, walk.filled)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const send = keep.mutate
  const go = (passes: readonly Pass[], filled: Filled, after: number) => {
    const next = { passes: standing(given.document, passes, filled).passes, filled }
    setWalk(next)
    const kept: Kept = { script: given.script, version: given.version, ...next }
    sessionStorage.setItem(KEY + contact, JSON.stringify(kept))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => send({ version: given.version, ...next }), after)
  }
  // that the script was opened is already a step of it
  const begun = useRef(given.run !== null)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    send({ version: given.version, passes: [], filled: {} })
  }, [given, send])

  const [entered, setEntered] = useState('')
  const step = stepOf(given.document, now.step)
  const secret = step?.fields?.some((field) => field.unrecorded && field.id === entered)
  const why = secret ? 'card' : step?.unrecorded ? 'script' : ''
  const silence = useUnrecorded(contact, why)

  const problem = keep.data?.card_problem
  return (
    <div data-testid="script" data-step={now.step}>
      {silence.error !== undefined && <Trouble error={silence.error} />}
      {silence.live && why !== '' && (
        <Note tone={silence.paused ? 'care' : 'bad'} testId="script-unrecorded">
          {t(silence.paused ? 'scripts.not_recorded_now' : 'scripts.recorded_still')}
        </Note>
      )}
      <StepView
        document={given.document}
        step={now.step}
        number={now.passes.length + 1}
        filled={walk.filled}
        onFill={(filled) => go(now.passes, filled, 900)}
        onEnter={setEntered}
        onAnswer={(answer) => go([...now.passes, { step: now.step, answer }], walk.filled, 0)}
        onBack={now.passes.length > 0 ? () => go(now.passes.slice(0, -1), walk.filled, 0) : undefined}
        onRestart={() => go([], walk.filled, 0)}
        byKeys
      />
      {problem && <Note tone="care">{t('scripts.card_problem', { why: problem })}</Note>}
    </div>
  )
}
