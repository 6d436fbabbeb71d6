import { Button, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconPlayerPlayFilled, IconRotate } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { duration } from '@/ui/format'
import { Chip, Note, Trouble } from '@/ui/pieces'
import type { Scenario } from './document'
import { PlayButton } from './PlayButton'
import { type Act, rehearse, type Rehearsal, type RehearsalGiven } from './queries'
import { speaker } from './sound'
import { modeWords, type Speech, titled } from './words'

interface Props {
  id: string
  scenario: Scenario
  speech: Speech
  /** nodes passed, in order, and where the caller stands; [] and "" when nothing is walked */
  onLit: (passed: string[], here: string) => void
  onOpen: (node: string) => void
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

/** A dry walk through the draft as it is on the screen: somebody calls, at some time, and does something. */
export function RehearsalPanel({ id, scenario, speech, onLit, onOpen }: Props) {
  const { t } = useTranslation()
  const [caller, setCaller] = useState('+74950000001')
  const [at, setAt] = useState('')
  const [mode, setMode] = useState('')
  const [staffed, setStaffed] = useState(false)
  const [aloud, setAloud] = useState(false)
  const [acts, setActs] = useState<Act[]>([])
  const walk = useMutation({
    mutationFn: (given: RehearsalGiven) => rehearse(id, given),
    onSuccess: (found) => {
      const steps = found.lines?.filter((line) => line.kind === 'step_entered' && line.scenario === id) ?? []
      const names = steps.map((line) => line.node)
      onLit(names, found.awaits === 'over' ? '' : (names.at(-1) ?? ''))
    },
  })
  useEffect(() => () => onLit([], ''), [onLit])

  const go = (next: Act[]) => {
    setActs(next)
    walk.mutate({
      draft: scenario as unknown as Record<string, unknown>,
      caller: caller.replace(/[^0-9+]/g, ''),
      at: at || undefined,
      mode,
      staffed,
      acts: next as RehearsalGiven['acts'],
    })
  }
  const found = walk.data
  return (
    <div className="k-rehearsal" data-testid="rehearsal">
      {!found && <p className="k-quiet k-properties-hint">{t('walk.hint')}</p>}
      <div className="k-rehearsal-form">
        <TextInput
          label={t('walk.caller')}
          value={caller}
          onChange={(event) => setCaller(event.currentTarget.value)}
          data-testid="walk-caller"
        />
        <TextInput
          type="datetime-local"
          label={t('walk.at')}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
          data-testid="walk-at"
        />
        <NativeSelect
          size="xs"
          label={t('walk.mode')}
          value={mode}
          onChange={(event) => setMode(event.currentTarget.value)}
          data={[
            { value: '', label: t('walk.by_clock') },
            ...speech.names.modes.map((one) => ({ value: one, label: modeWords(one, speech.names) })),
          ]}
        />
        <div className="k-rehearsal-switches">
          <Switch
            size="xs"
            label={t('walk.staffed')}
            checked={staffed}
            onChange={(event) => setStaffed(event.currentTarget.checked)}
          />
          <Switch
            size="xs"
            label={t('walk.aloud')}
            checked={aloud}
            onChange={(event) => setAloud(event.currentTarget.checked)}
          />
        </div>
      </div>
      <div className="k-buttons">
        <Button
          leftSection={found ? <IconRotate size={14} /> : <IconPlayerPlayFilled size={13} />}
          loading={walk.isPending}
          onClick={() => go([])}
          data-testid="walk-begin"
        >
          {t(found ? 'walk.again' : 'walk.begin')}
        </Button>
        {acts.length > 0 && (
          <Button variant="default" leftSection={<IconArrowBackUp size={14} />} onClick={() => go(acts.slice(0, -1))}>
            {t('walk.step_back')}
          </Button>
        )}
      </div>
      {walk.error && <Trouble error={walk.error} />}
      {found?.malformed && (
        <Note tone="bad">
          {t('walk.malformed')}. {found.malformed}
        </Note>
      )}
      {found && !found.malformed && (
        <>
          <Story found={found} aloud={aloud} speech={speech} onOpen={onOpen} />
          <Doing found={found} onAct={(act) => go([...acts, act])} />
        </>
      )}
    </div>
  )
}

function Story({
  found,
  aloud,
  speech,
  onOpen,
}: {
  found: Rehearsal
  aloud: boolean
  speech: Speech
  onOpen: Props['onOpen']
}) {
  const { t } = useTranslation()
  const list = useRef<HTMLOListElement>(null)
  const heard = useRef(0)
  const lines = useMemo(() => found.lines ?? [], [found])
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
    const from = Math.min(heard.current, lines.length)
    heard.current = lines.length
    if (!aloud) return
    let going = true
    const play = async () => {
      for (const line of lines.slice(from)) for (const prompt of line.prompts) if (going) await speaker.play(prompt)
    }
    void play()
    return () => {
      going = false
      speaker.stop()
    }
  }, [lines, aloud])
  return (
    <ol className="k-walk" ref={list} data-testid="walk-lines">
      {lines.map((line, index) => (
        <li key={index} data-kind={line.kind}>
          <span className="k-num k-quiet">{duration(Math.round(line.at))}</span>
          {line.prompts.length > 0 ? (
            <span className="k-grow">
              {line.prompts.map((prompt, place) => {
                const title = speech.titles.get(prompt) ?? line.said[place] ?? prompt
                return (
                  <span key={place} className="k-prompt">
                    <PlayButton name={prompt} title={title} />
                    <span className="k-grow">«{title}»</span>
                  </span>
                )
              })}
            </span>
          ) : line.kind === 'step_entered' ? (
            <button
              type="button"
              className="k-walk-step"
              onClick={() => onOpen(line.node)}
              data-testid="walk-step"
              data-node={line.node}
            >
              {titled(line.text, speech.titles)}
            </button>
          ) : (
            <span className="k-grow">{titled(line.text, speech.titles)}</span>
          )}
        </li>
      ))}
      {lines.length === 0 && <li>{t('walk.awaits.over')}</li>}
    </ol>
  )
}

function Doing({ found, onAct }: { found: Rehearsal; onAct: (act: Act) => void }) {
  const { t } = useTranslation()
  const awaits = found.awaits ?? 'over'
  const subject = found.subject ?? ''
  const act = (does: Act['do'], words: string) => (
    <Button key={does} variant="default" onClick={() => onAct({ do: does })} data-testid={`walk-${does}`}>
      {words}
    </Button>
  )
  return (
    <section className="k-doing" aria-label={t(`walk.awaits.${awaits}`, { subject })}>
      <Chip tone={awaits === 'over' ? 'away' : 'work'}>
        <span data-testid="walk-awaits" data-awaits={awaits}>
          {t(`walk.awaits.${awaits}`, { subject })}
        </span>
      </Chip>
      {(awaits === 'keys' || awaits === 'listening' || awaits === 'queue') && (
        <Keys onKeys={(keys) => onAct({ do: 'keys', keys })} />
      )}
      {awaits === 'lookup' && <Answered subject={subject} onAct={onAct} />}
      <div className="k-wrapping-buttons">
        {awaits === 'keys' && act('silence', t('walk.silence'))}
        {awaits === 'listening' && act('silence', t('walk.listen_on'))}
        {awaits === 'message' && [act('speak', t('walk.speak')), act('silence', t('walk.said_nothing'))]}
        {awaits === 'lookup' && [act('missing', t('walk.missing')), act('failed', t('walk.failed'))]}
        {awaits === 'rings' && [act('answer', t('walk.answer')), act('no_answer', t('walk.no_answer'))]}
        {awaits === 'queue' && act('wait', t('walk.wait'))}
        {awaits !== 'over' && act('hang_up', t('walk.hang_up'))}
      </div>
    </section>
  )
}

function Keys({ onKeys }: { onKeys: (keys: string) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  return (
    <>
      <div className="k-keypad">
        {KEYS.map((key) => (
          <Button key={key} variant="default" onClick={() => onKeys(key)} data-testid={`walk-key-${key}`}>
            {key}
          </Button>
        ))}
      </div>
      <form
        className="k-condition-row"
        onSubmit={(event) => {
          event.preventDefault()
          if (typed) onKeys(typed)
          setTyped('')
        }}
      >
        <TextInput
          className="k-grow"
          aria-label={t('walk.type_keys')}
          placeholder="301"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value.replace(/[^0-9*#]/g, ''))}
        />
        <Button type="submit" variant="default" disabled={!typed}>
          {t('walk.type_keys')}
        </Button>
      </form>
    </>
  )
}

function Answered({ subject, onAct }: { subject: string; onAct: (act: Act) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const values = Object.fromEntries(
    text
      .split('\n')
      .map((line) => line.split('='))
      .filter((pair) => pair.length > 1 && pair[0]?.trim())
      .map(([name = '', ...value]) => [name.trim(), value.join('=').trim()]),
  )
  return (
    <>
      <Textarea
        label={t('walk.answer_of', { subject })}
        placeholder="vip = yes"
        value={text}
        minRows={2}
        autosize
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={Object.keys(values).length === 0}
        onClick={() => onAct({ do: 'found', values })}
      >
        {t('walk.found')}
      </Button>
    </>
  )
}
