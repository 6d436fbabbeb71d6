import { useTranslation } from 'react-i18next'
import { CallMenu } from '@/features/floor/CallMenu'
import { useTakeFromBoard } from '@/features/floor/taking'
import { inLine, isOnLine, isTakeable } from '@/features/workplace/line'
import { TakeButton } from '@/features/workplace/TakeButton'
import type { CallRow } from '@/realtime/rows'
import { useNow } from '@/ui/clock'
import { duration, personNumber } from '@/ui/format'
import { AgentName, QueueName } from '@/ui/names'
import { Empty, Number, Panel } from '@/ui/pieces'
import { toneOfWait } from '@/ui/tone'

/** Every waiting person by himself, the oldest first, growing red as time passes. */
export function Waiting({ calls }: { calls: CallRow[] }) {
  const { t } = useTranslation()
  const now = useNow()
  const waiting = inLine(calls)
  const mine = useTakeFromBoard()
  return (
    <Panel
      title={t('board.waiting')}
      flush
      testId="board-waiting"
      aside={
        waiting.length > 0 && (
          <span className="k-quiet">{t('line.waiting', { count: waiting.filter(isOnLine).length })}</span>
        )
      }
    >
      {waiting.length === 0 ? (
        <Empty title={t('board.nobody_waits')}>{t('board.nobody_waits_hint')}</Empty>
      ) : (
        <ul className="k-rows">
          {waiting.map((call) => {
            const waits = Math.max(0, now - call.since)
            const tone = isOnLine(call) ? toneOfWait(waits) : undefined
            return (
              <li key={call.id} data-tone={tone} style={{ gridTemplateColumns: 'minmax(0,1fr) auto auto auto' }}>
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
                <span className={`k-num ${tone ? `k-tone-${tone}` : ''}`} style={{ fontSize: 16 }}>
                  {duration(waits)}
                </span>
                <span>
                  {mine.isAgent && isTakeable(call, mine.me, mine.queues) && (
                    <TakeButton call={call} busy={mine.taking === call.id} disabled={!mine.isFree} onTake={mine.take} />
                  )}
                </span>
                <CallMenu call={call} />
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
