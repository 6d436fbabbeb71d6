import { useTranslation } from 'react-i18next'
import { inLine, isOnLine } from '@/features/workplace/line'
import { live, useCollection, useConnection } from '@/realtime/live'
import { useNow } from '@/ui/clock'
import { duration } from '@/ui/format'
import { QueueName } from '@/ui/names'
import { Loading, Since } from '@/ui/pieces'
import { toneOfWait, type Tone } from '@/ui/tone'
import { percent, toneOfLevel } from '../board/level'
import './wall.css'

/** For a television: big figures, readable from the other end of the room, nothing to click, no names of customers. */
export function Wall() {
  const { t } = useTranslation()
  const now = useNow()
  const connection = useConnection()
  const calls = Object.values(useCollection('calls'))
  const agents = Object.values(useCollection('agents'))
  const today = useCollection('books').today
  if (connection === 'connecting') return <Loading />
  const waiting = inLine(calls).filter(isOnLine)
  const longest = waiting.length ? Math.max(0, now - Math.min(...waiting.map((call) => call.since))) : 0
  const duty = agents.filter((agent) => agent.state !== 'offline')
  const free = duty.filter((agent) => agent.state === 'ready').length
  const queues = [...new Set(waiting.map((call) => call.queue))]
  const owed = number(today?.owed)
  const lost = number(today?.lost)
  return (
    <div className="k-wall" data-testid="wall">
      <h1 className="k-hidden">{t('floor.wall')}</h1>
      {connection !== 'online' && (
        <div className="k-wall-stale" role="alert" data-testid="wall-stale">
          {t('taking.stale')} <Since at={live.getLostAt()} />
        </div>
      )}
      <Big label={t('books.waiting')} value={String(waiting.length)} tone={toneOfWait(longest)} />
      <Big label={t('floor.longest')} value={duration(longest)} tone={toneOfWait(longest)} />
      <Big
        label={t('floor.free')}
        value={`${free} / ${duty.length}`}
        tone={duty.length && !free ? 'care' : undefined}
      />
      <Big
        label={t('floor.level.now')}
        value={percent(today?.levels?.now ?? null)}
        tone={toneOfLevel(today?.levels?.now ?? null)}
      />
      <Big
        label={t('floor.level.hour')}
        value={percent(today?.levels?.hour ?? null)}
        tone={toneOfLevel(today?.levels?.hour ?? null)}
      />
      <Big
        label={t('floor.level.day')}
        value={percent(today?.levels?.day ?? null)}
        tone={toneOfLevel(today?.levels?.day ?? null)}
      />
      <Big label={t('books.answered')} value={String(number(today?.answered))} />
      <Big label={t('books.lost')} value={String(lost)} tone={lost ? 'bad' : undefined} />
      <Big label={t('books.owed')} value={String(owed)} tone={owed ? 'care' : undefined} />
      <div className="k-wall-queues">
        {queues.length === 0 ? (
          <span className="k-quiet">{t('board.nobody_waits')}</span>
        ) : (
          queues.map((queue) => {
            const mine = waiting.filter((call) => call.queue === queue)
            const wait = Math.max(0, now - Math.min(...mine.map((call) => call.since)))
            return (
              <span key={queue} className={`k-tone-${toneOfWait(wait) ?? 'none'}`}>
                <QueueName id={queue} /> <b className="k-num">{mine.length}</b> · {duration(wait)}
              </span>
            )
          })
        )}
      </div>
    </div>
  )
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0)

function Big({ label, value, tone }: { label: string; value: string; tone?: Tone }) {
  return (
    <div className="k-big" data-tone={tone}>
      <b className="k-num">{value}</b>
      <span>{label}</span>
    </div>
  )
}
