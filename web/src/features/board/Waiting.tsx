import { memo, useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CallMenu } from '@/features/floor/CallMenu'
import { useTakeFromBoard } from '@/features/floor/taking'
import { inLine, isOnLine, isTakeable } from '@/features/workplace/line'
import { TakeButton } from '@/features/workplace/TakeButton'
import type { CallRow } from '@/realtime/rows'
import { isSaid } from '@/ui/find'
import { FindBox } from '@/ui/FindBox'
import { FEW, useVisible } from '@/ui/visible'
import { useWaitTone } from '@/ui/wait'
import { callerName, personNumber } from '@/ui/format'
import { AgentName, QueueName, useDirectory } from '@/ui/names'
import { Empty, Number, Panel, Since } from '@/ui/pieces'

/** Every waiting person by himself, the oldest first, growing red as time passes. */
export function Waiting({ calls }: { calls: CallRow[] }) {
  const { t } = useTranslation()
  const { queues } = useDirectory()
  const everybody = inLine(calls)
  const [text, setText] = useState('')
  // the letter is drawn first, and then what it finds
  const sought = useDeferredValue(text)
  const waiting = sought
    ? everybody.filter((call) =>
        isSaid(personNumber(call), [callerName(call.caller_name), queues[call.queue] ?? ''], sought),
      )
    : everybody
  const mine = useTakeFromBoard()
  const list = useRef<HTMLUListElement>(null)
  const part = useVisible(list, waiting.length, 'li')
  return (
    <Panel
      title={t('board.waiting')}
      flush
      testId="board-waiting"
      aside={
        everybody.length > 0 && (
          <span className="k-quiet k-finding">
            {t('line.waiting', { count: everybody.filter(isOnLine).length })}
            {(everybody.length > FEW || text) && (
              <FindBox label={t('board.find')} value={text} onChange={setText} testId="waiting-search" />
            )}
          </span>
        )
      }
    >
      {waiting.length === 0 ? (
        <Empty title={t(sought ? 'nothing_found' : 'board.nobody_waits')}>
          {!sought && t('board.nobody_waits_hint')}
        </Empty>
      ) : (
        <ul className="k-rows" ref={list} style={{ paddingTop: part.before, paddingBottom: part.after }}>
          {waiting.slice(part.from, part.to).map((call) => (
            <Row
              key={call.id}
              call={call}
              takeable={mine.isAgent && isTakeable(call, mine.me, mine.queues)}
              busy={mine.taking === call.id}
              free={mine.isFree}
              onTake={mine.take}
            />
          ))}
        </ul>
      )}
    </Panel>
  )
}

interface RowProps {
  call: CallRow
  takeable: boolean
  busy: boolean
  free: boolean
  onTake: (contact: string) => void
}

/** Drawn again only when something of this very person changed: there may be hundreds. */
const Row = memo(function Row({ call, takeable, busy, free, onTake }: RowProps) {
  const { t } = useTranslation()
  const tone = useWaitTone(call)
  return (
    <li data-tone={tone} data-testid="board-waits" style={COLUMNS}>
      <div className="k-cut">
        <strong>
          <Number of={personNumber(call)} />
        </strong>
        <div className="k-quiet k-cut">
          {call.queue && <QueueName id={call.queue} />}
          {call.phase === 'ringing' && call.offered_to && (
            <>
              {' · '}
              {t('board.rings_at')} <AgentName id={call.offered_to} />
            </>
          )}
          {call.phase === 'promised' && ` · ${t('phase.promised')}`}
        </div>
      </div>
      <span style={{ fontSize: 16 }}>
        <Since at={call.since} className={tone ? `k-tone-${tone}` : ''} />
      </span>
      <span>{takeable && <TakeButton call={call} busy={busy} disabled={!free} onTake={onTake} />}</span>
      <CallMenu call={call} />
    </li>
  )
})

const COLUMNS = { gridTemplateColumns: 'minmax(0,1fr) auto auto auto' }
