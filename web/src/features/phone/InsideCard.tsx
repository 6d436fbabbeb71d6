import { Button } from '@mantine/core'
import {
  IconArrowForwardUp,
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhone,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCollection } from '@/realtime/live'
import type { DoorRow, InsideRow, PageRow } from '@/realtime/rows'
import { phone } from '@/softphone/store'
import { useKeys } from '@/ui/keys'
import { Note, Since, Trouble } from '@/ui/pieces'
import { useHangUp, useHold, useOpenDoor, useReject } from './actions'
import { Asked } from './Asked'
import { Keypad } from './Keypad'
import type { MyCall } from './mine'
import { PassOn } from './PassOn'
import { isTyping } from './typing'

const PageCard = lazy(() => import('./PageCard'))
const DoorPart = lazy(() => import('./DoorPart'))

/** A colleague calls, or is called: no customer, no result to write down. */
export function InsideCard({ call, inside }: { call: MyCall; inside: InsideRow }) {
  if (inside.page) return <Paged call={call} page={inside.page} />
  return inside.stage === 'ringing' && call.local?.phase !== 'talking' ? (
    <Ringing call={call} inside={inside} />
  ) : (
    <Talking call={call} inside={inside} />
  )
}

function Paged({ call, page }: { call: MyCall; page: PageRow }) {
  const { error, mutate } = useHangUp()
  const end = () => (call.local ? phone.hangUp() : mutate(call.contact))
  const answer = page.speaks && call.local?.phase === 'offered' ? () => phone.answer() : undefined
  return (
    <Suspense>
      <PageCard call={call} page={page} answer={answer} end={end} error={error} />
    </Suspense>
  )
}

function Colleague({ call, inside }: { call: MyCall; inside: InsideRow }) {
  const { t } = useTranslation()
  const known = useCollection('agents')[inside.agent]
  if (inside.door) return <AtDoor contact={call.contact} door={inside.door} talks={inside.stage === 'talking'} />
  const name = known?.name ?? call.local?.fromName ?? ''
  return (
    <div style={{ minWidth: 0 }}>
      <div className="k-who k-cut" data-testid="inside-name">
        {name || inside.number}
      </div>
      <div className="k-quiet k-cut">
        {t(inside.agent ? 'inside.extension' : 'inside.other_site', { number: inside.number })}
      </div>
    </div>
  )
}

function AtDoor({ contact, door, talks }: { contact: string; door: DoorRow; talks: boolean }) {
  const { error, isPending, mutate } = useOpenDoor()
  return (
    <Suspense>
      <DoorPart door={door} letIn={talks ? () => mutate(contact) : undefined} opening={isPending} error={error} />
    </Suspense>
  )
}

function Ringing({ call, inside }: { call: MyCall; inside: InsideRow }) {
  const { t } = useTranslation()
  const reject = useReject()
  const here = call.local !== null
  const answer = here ? () => phone.answer() : undefined
  const refuse = () => (call.contact ? reject.mutate(call.contact) : phone.reject())
  useKeys({ KeyA: answer, 'Alt+KeyA': answer, KeyX: refuse, 'Alt+KeyX': refuse })
  return (
    <div className="k-call-body" data-tone="work" data-testid="inside-rings">
      <div className="k-state">
        <strong className="k-grow">{inside.door?.name ?? t('inside.incoming')}</strong>
      </div>
      <Colleague call={call} inside={inside} />
      {!here && <Note tone="work">{t('phone.pick_up')}</Note>}
      <div className="k-buttons">
        {here && (
          <Button
            className="k-act"
            data-act="answer"
            size="md"
            style={{ flex: 1 }}
            leftSection={<IconPhone size={18} />}
            loading={call.stage === 'answering'}
            onClick={answer}
            autoFocus={!isTyping()}
            data-testid="answer"
          >
            {t('phone.answer')}
          </Button>
        )}
        <Button variant="default" size="md" px={14} fz="sm" onClick={refuse} data-testid="reject">
          {t('phone.reject')}
        </Button>
      </div>
      {reject.error && <Trouble error={reject.error} />}
    </div>
  )
}

function Talking({ call, inside }: { call: MyCall; inside: InsideRow }) {
  const { t } = useTranslation()
  const hangUp = useHangUp()
  const hold = useHold()
  const [keypad, setKeypad] = useState(false)
  const [passing, setPassing] = useState(false)
  const here = call.local !== null
  const muted = call.local?.muted ?? false
  const asker = useCollection('agents')[inside.asker]?.name ?? ''
  const aside = inside.consults.some((one) => one.state !== 'shared')
  const may = inside.stage === 'talking' && !inside.asker && !inside.held && !aside
  const toggleHold = may ? () => hold.mutate({ contact: call.contact, held: !inside.holds }) : undefined
  const mute = here ? () => phone.setMuted(!muted) : undefined
  const end = () => (here ? phone.hangUp() : hangUp.mutate(call.contact))
  const pass = may ? () => setPassing(true) : undefined
  useKeys({
    KeyH: toggleHold,
    'Alt+KeyH': toggleHold,
    KeyM: mute,
    'Alt+KeyM': mute,
    KeyX: end,
    'Alt+KeyX': end,
    KeyT: pass,
    'Alt+KeyT': pass,
  })
  const words = muted ? 'phone.unmute' : 'phone.mute'
  return (
    <div className="k-call-body" data-tone={inside.held || inside.holds ? 'care' : 'good'} data-testid="inside-talk">
      <div className="k-state">
        <strong className="k-grow">
          {t(inside.stage !== 'talking' ? 'inside.calling' : inside.holds && !aside ? 'phone.held' : 'inside.talking')}
        </strong>
        <strong className="k-timer" data-testid="call-timer">
          <Since at={inside.since} />
        </strong>
      </div>
      <Colleague call={call} inside={inside} />
      {inside.asker && <Note tone="work">{t('inside.asked_by', { name: asker })}</Note>}
      {inside.held && (
        <Note tone="care" testId="inside-held">
          {t('inside.held')}
        </Note>
      )}
      {muted && <Note tone="care">{t('phone.muted')}</Note>}
      <div className="k-buttons">
        <Button
          variant={inside.holds && may ? 'filled' : 'default'}
          style={{ flex: 1 }}
          px={6}
          loading={hold.isPending}
          disabled={!may}
          leftSection={inside.holds && may ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
          onClick={toggleHold}
          aria-pressed={inside.holds && may}
          data-testid="hold"
        >
          {t(inside.holds && may ? 'phone.unhold' : 'phone.hold')}
        </Button>
        <Button
          variant={passing && may ? 'filled' : 'default'}
          px={10}
          disabled={!may}
          onClick={() => setPassing(!passing)}
          aria-expanded={passing && may}
          aria-label={t('incall.open')}
          title={t('incall.open')}
          data-testid="transfer"
        >
          <IconArrowForwardUp size={16} />
        </Button>
        {here && (
          <>
            <Button
              variant={muted ? 'filled' : 'default'}
              px={10}
              onClick={mute}
              aria-pressed={muted}
              aria-label={t(words)}
              title={t(words)}
              data-testid="mute"
            >
              {muted ? <IconMicrophoneOff size={16} /> : <IconMicrophone size={16} />}
            </Button>
            <Button
              variant={keypad ? 'filled' : 'default'}
              px={10}
              onClick={() => setKeypad(!keypad)}
              aria-expanded={keypad}
              aria-label={t('phone.keypad')}
              title={t('phone.keypad')}
              data-testid="keypad"
            >
              <IconDialpad size={16} />
            </Button>
          </>
        )}
      </div>
      {passing && may && <PassOn contact={call.contact} inside onDone={() => setPassing(false)} />}
      <Asked call={{ id: call.contact, consults: inside.consults }} inside />
      <Button
        className="k-act"
        data-act="hang-up"
        size="sm"
        fullWidth
        leftSection={<IconPhoneOff size={17} />}
        loading={hangUp.isPending}
        onClick={end}
        data-testid="hang-up"
      >
        {t('phone.hang_up')}
      </Button>
      {keypad && here && <Keypad />}
      <p className="k-hint">{t('inside.no_customers')}</p>
      {hold.error && <Trouble error={hold.error} />}
      {hangUp.error && <Trouble error={hangUp.error} />}
    </div>
  )
}
