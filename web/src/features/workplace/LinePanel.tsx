import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMyQueues, usePickUp } from '@/features/phone/actions'
import { useMyCall, useMyRow } from '@/features/phone/mine'
import { useMe } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import type { CallRow } from '@/realtime/rows'
import { callerName, personNumber } from '@/ui/format'
import { useKeys } from '@/ui/keys'
import { QueueName, useAgentName, useDirectory } from '@/ui/names'
import { Empty, Number, Panel, Since, Trouble, Until } from '@/ui/pieces'
import { useWaitingInTitle } from '@/ui/title'
import { isSaid } from '@/ui/find'
import { FindBox } from '@/ui/FindBox'
import { FEW, useVisible } from '@/ui/visible'
import { useWaitTone } from '@/ui/wait'
import { inLine, isFreeToTake, isOnLine, isTakeable, parkedOf, ringsElsewhere } from './line'
import { TakeButton } from './TakeButton'

const SAID = 8_000

/** Who is parked, and everybody who waits in my queues, the longest first; whom I may, I take by a click. */
export function LinePanel() {
  const { t } = useTranslation()
  const me = useMe()
  const panel = useRef<HTMLDivElement>(null)
  const [all, setAll] = useState(false)
  const calls = Object.values(useCollection('calls'))
  const queues = useMyQueues().data ?? []
  const pickUp = usePickUp()
  const mine = useMyRow()
  const directory = useDirectory()
  const inCall = useMyCall().stage !== 'none'
  const free = isFreeToTake(mine) && !inCall
  const everybody = inLine(calls)
  const isMine = (call: CallRow) =>
    queues.length === 0 || call.queue === '' || queues.includes(call.queue) || call.asked.includes(me.id)
  const others = everybody.filter((call) => !isMine(call)).length
  const shown = all ? everybody : everybody.filter(isMine)
  const [text, setText] = useState('')
  const sought = useDeferredValue(text)
  const waiting = sought
    ? shown.filter((call) =>
        isSaid(personNumber(call), [callerName(call.caller_name), directory.queues[call.queue] ?? ''], sought),
      )
    : shown
  const parked = parkedOf(calls)
  useWaitingInTitle(everybody.filter(isMine).filter(isOnLine).length + parked.length)
  const list = useRef<HTMLUListElement>(null)
  const part = useVisible(list, waiting.length, 'li')
  const take = (contact: string) => pickUp.mutate(contact)
  const pickUpRinging = () => {
    const rings = ringsElsewhere(calls, me.id, queues)
    take(rings?.id ?? '')
  }
  const toLine = () => panel.current?.querySelector<HTMLElement>('[data-testid=take]:not(:disabled)')?.focus()
  const unpark = parked[0] && (() => parked[0] && take(parked[0].id))
  useKeys({
    KeyP: free ? unpark : undefined,
    'Alt+KeyP': free ? unpark : undefined,
    KeyU: free ? pickUpRinging : undefined,
    'Alt+KeyU': free ? pickUpRinging : undefined,
    KeyL: toLine,
    'Alt+KeyL': toLine,
  })
  // somebody else was quicker: said for a while, and not for the rest of the day
  const { error, reset } = pickUp
  useEffect(() => {
    if (!error) return
    const timer = setTimeout(reset, SAID)
    return () => clearTimeout(timer)
  }, [error, reset])
  const button = (call: CallRow) =>
    isTakeable(call, me.id, queues) && (
      <TakeButton
        call={call}
        busy={pickUp.isPending && pickUp.variables === call.id}
        disabled={!free || pickUp.isPending}
        onTake={take}
      />
    )
  return (
    <Panel title={t('line.title')} flush testId="line" aside={<Counts waiting={shown} calls={calls} />}>
      <div ref={panel}>
        {error && <Trouble error={error} />}
        {(shown.length > FEW || text) && (
          <div style={{ padding: '6px 12px' }}>
            <FindBox label={t('board.find')} value={text} onChange={setText} testId="line-search" />
          </div>
        )}
        {parked.length > 0 && (
          <>
            <h3 className="k-list-title">{t('taking.parked')}</h3>
            <ul className="k-rows" data-testid="parked">
              {parked.map((call) => (
                <ParkedRow key={call.id} call={call} button={button(call)} />
              ))}
            </ul>
          </>
        )}
        {waiting.length === 0 && parked.length === 0 && (
          <Empty title={t(sought ? 'nothing_found' : 'line.empty')}>{!sought && t('line.empty_hint')}</Empty>
        )}
        {waiting.length > 0 && (
          <ul className="k-rows" ref={list} style={{ paddingTop: part.before, paddingBottom: part.after }}>
            {waiting.slice(part.from, part.to).map((call) => (
              <WaitingRow key={call.id} call={call} button={button(call)} />
            ))}
          </ul>
        )}
        {others > 0 && (
          <div className="k-line-others k-quiet">
            {!all && t('taking.others', { count: others })}{' '}
            <button type="button" className="k-link" onClick={() => setAll(!all)} data-testid="line-all">
              {t(all ? 'taking.mine' : 'taking.all')}
            </button>
          </div>
        )}
      </div>
    </Panel>
  )
}

function Counts({ waiting, calls }: { waiting: CallRow[]; calls: CallRow[] }) {
  const { t } = useTranslation()
  const onLine = waiting.filter(isOnLine).length
  const promised = waiting.length - onLine
  const inMenu = calls.filter((call) => call.phase === 'menu').length
  const counts = [
    onLine > 0 && t('line.waiting', { count: onLine }),
    promised > 0 && t('line.promised', { count: promised }),
    inMenu > 0 && t('line.in_menu', { count: inMenu }),
  ].filter(Boolean)
  return <span className="k-quiet">{counts.join(' · ')}</span>
}

const COLUMNS = { gridTemplateColumns: 'minmax(0,1fr) auto auto' }

function ParkedRow({ call, button }: { call: CallRow; button: React.ReactNode }) {
  const { t } = useTranslation()
  const name = useAgentName(call.transferred_by)
  return (
    <li data-tone="care" style={COLUMNS} data-testid="parked-call" data-contact={call.id}>
      <div className="k-cut">
        <Number of={personNumber(call)} />
        <div className="k-quiet k-cut">
          {t('taking.parked_by', { name })} · {t('taking.returns_in')} <Until at={call.parked_until} />
        </div>
      </div>
      <Since at={call.since} className="k-tone-care" />
      {button}
    </li>
  )
}

function WaitingRow({ call, button }: { call: CallRow; button: React.ReactNode }) {
  const { t } = useTranslation()
  const me = useMe()
  const rings = useAgentName(call.offered_to)
  const tone = useWaitTone(call)
  const where = call.asked.includes(me.id)
    ? t('line.rings_you')
    : call.phase === 'ringing' && rings
      ? t('taking.rings_at', { name: rings })
      : call.phase === 'waiting'
        ? ''
        : t(`phase.${call.phase}`)
  return (
    <li data-tone={tone} style={COLUMNS} data-testid="line-call" data-contact={call.id}>
      <div className="k-cut">
        <Number of={personNumber(call)} />
        <div className="k-quiet k-cut">
          {call.queue && <QueueName id={call.queue} />}
          {where && ` · ${where}`}
          {callerName(call.caller_name) && ` · ${call.caller_name}`}
        </div>
      </div>
      <Since at={call.since} className={tone ? `k-tone-${tone}` : ''} />
      {button}
    </li>
  )
}
