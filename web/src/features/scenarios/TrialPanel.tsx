import { Button } from '@mantine/core'
import { IconPhone, IconPhoneOff } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { Problem } from '@/api/problem'
import { isTyping } from '@/features/phone/typing'
import { useCollection } from '@/realtime/live'
import type { CallRow, TrialRow } from '@/realtime/rows'
import { TestCaller } from '@/softphone/caller'
import { unlockSound } from '@/softphone/ring'
import { duration } from '@/ui/format'
import { Chip, Note, Trouble } from '@/ui/pieces'
import type { Scenario } from './document'
import type { Speech } from './words'

interface Props {
  id: string
  scenario: Scenario
  speech: Speech
  /** nodes passed, in order, and where the caller stands; [] and "" when nothing is walked */
  onLit: (passed: string[], here: string) => void
  onOpen: (node: string) => void
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

/** A real call from this page into the draft as it is on the screen; where it goes is lit while it goes. */
export function TrialPanel({ id, scenario, speech, onLit, onOpen }: Props) {
  const { t } = useTranslation()
  const [caller] = useState(() => new TestCaller())
  const call = useSyncExternalStore(caller.subscribe, caller.get)
  const trials = useCollection('trials')
  const prepare = useMutation({
    mutationFn: () =>
      must(
        client.POST('/api/scenarios/{id}/trial', {
          params: { path: { id } },
          body: { draft: scenario as unknown as Record<string, unknown> },
        }),
      ),
    onSuccess: (account) => caller.call(account, { patient: true }),
  })
  const trial = trials[prepare.data?.number ?? '']
  const contact = useCollection('calls')[trial?.contact ?? '']
  useEffect(() => () => caller.hangUp(), [caller])
  useEffect(() => {
    const mine = (trial?.way ?? []).filter(([where]) => where === id).map(([, node]) => node)
    const last = trial?.way.at(-1)
    onLit(mine, trial && !trial.ended && last?.[0] === id ? last[1] : '')
  }, [trial, id, onLit])
  useEffect(() => () => onLit([], ''), [onLit])

  const onTheLine = call.stage === 'dialling' || call.stage === 'listening'
  return (
    <div className="k-rehearsal" data-testid="trial" data-stage={call.stage}>
      <p className="k-quiet k-properties-hint">{t('trial.hint')}</p>
      <div className="k-buttons">
        {onTheLine ? (
          <Button
            className="k-act"
            data-act="hang-up"
            leftSection={<IconPhoneOff size={15} />}
            onClick={() => caller.hangUp()}
            data-testid="trial-hang-up"
          >
            {t('trial.hang_up')}
          </Button>
        ) : (
          <Button
            leftSection={<IconPhone size={15} />}
            loading={prepare.isPending}
            onClick={() => {
              unlockSound()
              prepare.mutate()
            }}
            data-testid="trial-call"
          >
            {t(trial ? 'trial.again' : 'trial.call')}
          </Button>
        )}
      </div>
      {prepare.error && <Refused error={prepare.error} />}
      {call.stage === 'failed' && <Note tone="bad">{t('trial.failed', { cause: call.cause })}</Note>}
      {(onTheLine || trial) && <Where stage={call.stage} call={contact} trial={trial} speech={speech} />}
      {onTheLine && <Keys usable={call.stage === 'listening'} onKey={(key) => caller.press(key)} />}
      {trial && trial.way.length > 0 && <Way trial={trial} id={id} speech={speech} onOpen={onOpen} />}
    </div>
  )
}

/** The customer's keys; the keyboard's digits work too. */
function Keys({ usable, onKey }: { usable: boolean; onKey: (key: string) => void }) {
  const press = useRef(onKey)
  useEffect(() => {
    press.current = onKey
  })
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      if (isTyping() || event.ctrlKey || event.altKey || event.metaKey || !KEYS.includes(event.key)) return
      event.preventDefault()
      press.current(event.key)
    }
    window.addEventListener('keydown', onDown)
    return () => window.removeEventListener('keydown', onDown)
  }, [])
  return (
    <div className="k-keypad">
      {KEYS.map((key) => (
        <Button
          key={key}
          variant="default"
          disabled={!usable}
          onClick={() => onKey(key)}
          data-testid={`trial-key-${key}`}
        >
          {key}
        </Button>
      ))}
    </div>
  )
}

/** Everything to mend before the draft can be called. */
function Refused({ error }: { error: Error }) {
  const fields = error instanceof Problem ? Object.entries(error.fields) : []
  return (
    <>
      <Trouble error={error} />
      {fields.length > 0 && (
        <ul className="k-hint" data-testid="trial-problems">
          {fields.map(([place, text]) => (
            <li key={place}>
              {place.split('.nodes.')[1] ?? place}: {text}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Where({
  stage,
  call,
  trial,
  speech,
}: {
  stage: string
  call: CallRow | undefined
  trial: TrialRow | undefined
  speech: Speech
}) {
  const { t } = useTranslation()
  const going = call && !trial?.ended
  const beside = going
    ? (speech.names.agent[call.agent || call.offered_to] ?? speech.names.queue[call.queue] ?? '')
    : ''
  const words = going
    ? t(`phase.${call.phase}`)
    : trial?.ended || stage === 'over'
      ? t('trial.over')
      : t('trial.dialling')
  return (
    <Chip tone={going ? 'work' : 'away'}>
      <span data-testid="trial-where" role="status">
        {beside ? `${words}: ${beside}` : words}
      </span>
    </Chip>
  )
}

function Way({
  trial,
  id,
  speech,
  onOpen,
}: {
  trial: TrialRow
  id: string
  speech: Speech
  onOpen: (node: string) => void
}) {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }, [trial.way.length])
  return (
    <ol className="k-walk" ref={list} data-testid="trial-way">
      {trial.way.map(([where, node, at], index) => (
        <li key={index}>
          <span className="k-num k-quiet">{duration(Math.round(at))}</span>
          {where === id ? (
            <button type="button" className="k-walk-step" onClick={() => onOpen(node)} data-node={node}>
              {node}
            </button>
          ) : (
            <span className="k-grow k-quiet">
              {speech.names.scenario[where] ?? where} → {node}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}
