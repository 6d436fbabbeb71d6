import { useTranslation } from 'react-i18next'
import { useMe } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import { useNow } from '@/ui/clock'
import { callerName, duration } from '@/ui/format'
import { QueueName } from '@/ui/names'
import { Empty, Number, Panel } from '@/ui/pieces'
import { toneOfWait } from '@/ui/tone'
import { inLine, isOnLine } from './line'

/** Everybody who waits, the longest first. */
export function LinePanel() {
  const { t } = useTranslation()
  const me = useMe()
  const now = useNow()
  const calls = useCollection('calls')
  const waiting = inLine(Object.values(calls))
  const onLine = waiting.filter(isOnLine).length
  const promised = waiting.length - onLine
  const inMenu = Object.values(calls).filter((call) => call.phase === 'menu').length
  const counts = [
    onLine > 0 && t('line.waiting', { count: onLine }),
    promised > 0 && t('line.promised', { count: promised }),
    inMenu > 0 && t('line.in_menu', { count: inMenu }),
  ].filter(Boolean)
  return (
    <Panel title={t('line.title')} flush testId="line" aside={<span className="k-quiet">{counts.join(' · ')}</span>}>
      {waiting.length === 0 ? (
        <Empty title={t('line.empty')}>{t('line.empty_hint')}</Empty>
      ) : (
        <ul className="k-rows">
          {waiting.map((call) => {
            const waits = Math.max(0, now - call.since)
            const tone = isOnLine(call) ? toneOfWait(waits) : undefined
            return (
              <li key={call.id} data-tone={tone} style={{ gridTemplateColumns: 'minmax(0,1fr) auto' }}>
                <div className="k-cut">
                  <Number of={call.customer || call.caller} />
                  <div className="k-quiet k-cut">
                    {call.queue && <QueueName id={call.queue} />}
                    {call.phase !== 'waiting' &&
                      ` · ${t(call.asked.includes(me.id) ? 'line.rings_you' : `phase.${call.phase}`)}`}
                    {callerName(call.caller_name) && ` · ${call.caller_name}`}
                  </div>
                </div>
                <span className={`k-num ${tone ? `k-tone-${tone}` : ''}`}>{duration(waits)}</span>
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
