import { Button } from '@mantine/core'
import {
  IconArrowForwardUp,
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconParking,
  IconPhone,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import { phone, useHolding, usePhone } from '@/softphone/store'
import { callerName, personNumber } from '@/ui/format'
import { useKeys } from '@/ui/keys'
import { Note, Number, Since, Trouble } from '@/ui/pieces'
import { QueueName } from '@/ui/names'
import { useHangUp, useHold, usePark, useReject } from './actions'
import { Asked } from './Asked'
import { Quiet } from './CallOut'
import { useDevice } from './device'
import { InsideCard } from './InsideCard'
import { type MyCall, useMyCall } from './mine'
import { Keypad } from './Keypad'
import { PassOn } from './PassOn'
import { RecordingPause } from './RecordingPause'
import { useRemedy } from './Returning'
import { SoundPlace } from './SoundPlace'
import { isTyping } from './typing'

/** The telephone: an offer to answer, or the conversation I am in. */
export function CallCard() {
  const { t } = useTranslation()
  const call = useMyCall()
  return (
    <section
      className="k-panel k-call"
      aria-label={t('phone.title')}
      data-testid="call"
      data-stage={call.stage}
      data-contact={call.contact}
    >
      <Interrupted />
      {call.stage === 'none' ? (
        <Quiet />
      ) : call.inside ? (
        <InsideCard call={call} inside={call.inside} />
      ) : call.stage === 'talking' || call.stage === 'dialling' ? (
        <Talking call={call} />
      ) : (
        <Offer call={call} />
      )}
    </section>
  )
}

/** A talk of this tab was cut off: it comes back by itself. */
function Interrupted() {
  const { t } = useTranslation()
  const { interrupted } = usePhone()
  const { remedy } = useRemedy()
  const row = useCollection('calls')[interrupted]
  if (!interrupted || remedy === 'forget') return null
  const returns = remedy !== 'none' || row?.phase === 'ringing' || row?.phase === 'parked'
  return (
    <div style={{ padding: '8px 12px 0' }}>
      <Note tone="care" testId="interrupted">
        {t(returns ? 'trouble.returning' : 'trouble.returning_offline')}
      </Note>
    </div>
  )
}

function Who({ call }: { call: MyCall }) {
  const row = call.row
  const number = personNumber(row) || call.local?.from || ''
  return (
    <div style={{ minWidth: 0 }}>
      <div className="k-who" data-testid="call-number">
        <Number of={number} />
      </div>
      <div className="k-quiet k-cut">
        {[callerName(row?.caller_name), row?.queue && <QueueName key="q" id={row.queue} />]
          .filter(Boolean)
          .flatMap((part, index) => (index ? [' · ', part] : [part]))}
        &nbsp;
      </div>
    </div>
  )
}

function Offer({ call }: { call: MyCall }) {
  const { t } = useTranslation()
  const device = useDevice()
  const elsewhere = useHolding() === 'elsewhere'
  const reject = useReject()
  const inBrowser = call.local !== null
  const answer = inBrowser ? () => phone.answer() : undefined
  const refuse = () => (call.contact ? reject.mutate(call.contact) : phone.reject())
  const me = useMe()
  const names = useCollection('agents')
  const asker = names[call.askedBy]?.name ?? ''
  const returned = call.row?.transferred_by === me.id
  const outbound = call.row?.direction === 'outbound' && !call.row.transferred_by
  useKeys({ KeyA: answer, 'Alt+KeyA': answer, KeyX: refuse, 'Alt+KeyX': refuse })
  return (
    <div className="k-call-body" data-tone="work">
      <div className="k-state">
        <strong className="k-grow">
          {call.askedBy
            ? t('incall.asks_you', { name: asker })
            : t(returned ? 'incall.comes_back' : outbound ? 'phone.calling_you_first' : 'phone.incoming')}
        </strong>
        {call.since > 0 && <Since at={call.since} />}
      </div>
      <Who call={call} />
      {call.row?.transferred_by && !returned && (
        <Note tone="work">{t('incall.transferred', { name: names[call.row.transferred_by]?.name ?? '' })}</Note>
      )}
      {call.row && !call.askedBy && (
        <div className="k-quiet">
          {t('phone.waits')} <Since at={call.row.arrived_at} />
        </div>
      )}
      {inBrowser ? (
        <div className="k-buttons">
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
          <Button variant="default" size="md" px={14} fz="sm" onClick={refuse} data-testid="reject">
            {t('phone.reject')}
          </Button>
        </div>
      ) : (
        <>
          <Note tone="work">{t(device === 'web' && elsewhere ? 'trouble.rings_other_tab' : 'phone.pick_up')}</Note>
          <Button variant="default" onClick={refuse} data-testid="reject">
            {t('phone.reject')}
          </Button>
        </>
      )}
      {reject.error && <Trouble error={reject.error} />}
    </div>
  )
}

function Talking({ call }: { call: MyCall }) {
  const { t } = useTranslation()
  const hold = useHold()
  const hangUp = useHangUp()
  const [keypad, setKeypad] = useState(false)
  const inBrowser = call.local !== null
  const muted = call.local?.muted ?? false

  const dialling = call.stage === 'dialling'
  const asker = useCollection('agents')[call.askedBy]?.name ?? ''
  const guest = call.askedBy !== ''
  const aside = call.row?.consults.some((one) => one.state !== 'shared') ?? false
  const mayHold = !dialling && !guest && !aside
  const mayPass = !dialling && !guest && !aside && call.row?.phase === 'talking'
  const [passing, setPassing] = useState(false)
  const parking = usePark()
  const park = mayPass && call.row?.consults.length === 0 ? () => parking.mutate(call.contact) : undefined

  const toggleHold = () => mayHold && hold.mutate({ contact: call.contact, held: !call.held })
  const toggleMute = inBrowser ? () => phone.setMuted(!muted) : undefined
  const end = () => (inBrowser ? phone.hangUp() : hangUp.mutate(call.contact))
  useKeys({
    KeyH: toggleHold,
    'Alt+KeyH': toggleHold,
    KeyM: toggleMute,
    'Alt+KeyM': toggleMute,
    KeyX: end,
    'Alt+KeyX': end,
    KeyT: mayPass ? () => setPassing(true) : undefined,
    'Alt+KeyT': mayPass ? () => setPassing(true) : undefined,
    KeyP: park,
    'Alt+KeyP': park,
  })
  return (
    <div className="k-call-body" data-tone={dialling ? 'work' : call.reminded ? 'bad' : call.held ? 'care' : 'good'}>
      <div className="k-state">
        <strong className="k-grow">
          {t(
            dialling
              ? 'phone.dialling'
              : !call.held || guest
                ? 'phone.talking'
                : aside
                  ? 'incall.consulting'
                  : 'phone.held',
          )}
          {call.heldSince > 0 && !guest && !dialling && (
            <span className="k-hold-time" data-testid="hold-time">
              <Since at={call.heldSince} />
            </span>
          )}
        </strong>
        <strong className="k-timer" data-testid="call-timer">
          <Since at={call.since} />
        </strong>
      </div>
      <Who call={call} />
      {guest && <Note tone="work">{t('incall.you_are_asked', { name: asker })}</Note>}
      {call.reminded && !guest && (
        <Note tone="bad" testId="hold-reminder">
          {t('hold.too_long')}
        </Note>
      )}
      {muted && <Note tone="care">{t('phone.muted')}</Note>}
      <SoundPlace call={call} />
      <div className="k-buttons">
        <Button
          variant={call.held ? 'filled' : 'default'}
          style={{ flex: 1 }}
          px={6}
          loading={hold.isPending}
          disabled={!mayHold}
          leftSection={call.held ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
          onClick={toggleHold}
          aria-pressed={call.held}
          data-testid="hold"
        >
          {t(call.held ? 'phone.unhold' : 'phone.hold')}
        </Button>
        <Button
          variant={passing ? 'filled' : 'default'}
          px={10}
          disabled={!mayPass}
          onClick={() => setPassing(!passing)}
          aria-expanded={passing && mayPass}
          aria-label={t('incall.open')}
          title={t('incall.open')}
          data-testid="transfer"
        >
          <IconArrowForwardUp size={16} />
        </Button>
        <Button
          variant="default"
          px={10}
          disabled={!park}
          loading={parking.isPending}
          onClick={park}
          aria-label={t('taking.park')}
          title={t('taking.park_hint')}
          data-testid="park"
        >
          <IconParking size={16} />
        </Button>
        {inBrowser && (
          <>
            <Button
              variant={muted ? 'filled' : 'default'}
              px={10}
              onClick={toggleMute}
              aria-pressed={muted}
              aria-label={t(muted ? 'phone.unmute' : 'phone.mute')}
              title={t(muted ? 'phone.unmute' : 'phone.mute')}
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
      {passing && mayPass && <PassOn contact={call.contact} onDone={() => setPassing(false)} />}
      {!guest && call.row && <Asked call={call.row} />}
      {!guest && !dialling && call.row && <RecordingPause call={call.row} />}
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
      {keypad && inBrowser && <Keypad />}
      {parking.error && <Trouble error={parking.error} />}
      {hold.error && <Trouble error={hold.error} />}
      {hangUp.error && <Trouble error={hangUp.error} />}
    </div>
  )
}
