import { Button, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import { AgentName } from '@/ui/names'
import { personNumber } from '@/ui/format'
import { Number, Since } from '@/ui/pieces'
import { useMonitor, useStopMonitoring } from './actions'

const WAYS = ['listen', 'whisper', 'barge'] as const

/** The conversation I am listening to, and the ways to be in it. */
export function MonitorBar() {
  const { t } = useTranslation()
  const me = useMe()
  const calls = useCollection('calls')
  const monitor = useMonitor()
  const stop = useStopMonitoring()
  const mine = Object.values(useCollection('monitors')).find((one) => one.by === me.id)
  if (!mine) return null
  const call = calls[mine.contact]
  return (
    <div className="k-banner" data-tone="work" role="status" data-testid="monitor-bar" data-mode={mine.mode}>
      <span className="k-grow k-cut">
        {mine.connected ? t(`floor.doing.${mine.mode}`) : t('floor.pick_up')}{' '}
        <strong>{mine.agent ? <AgentName id={mine.agent} /> : t('floor.outside')}</strong>
        {call && (
          <>
            {' · '}
            <Number of={personNumber(call)} />
          </>
        )}{' '}
        <Since at={mine.since} />
      </span>
      <SegmentedControl
        aria-label={t('floor.how')}
        value={mine.mode === 'take_over' ? 'barge' : mine.mode}
        onChange={(mode) => monitor.mutate({ contact: mine.contact, mode: mode })}
        data={WAYS.map((mode) => ({ value: mode, label: t(`floor.do.${mode}`) }))}
      />
      <Button
        variant="default"
        onClick={() => monitor.mutate({ contact: mine.contact, mode: 'take_over' })}
        data-testid="take-over"
      >
        {t('floor.do.take_over')}
      </Button>
      <Button onClick={() => stop.mutate(mine.contact)} data-testid="stop-listening">
        {t('floor.stop')}
      </Button>
    </div>
  )
}
