import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallRow, ConsultRow } from '@/realtime/rows'
import { AgentName } from '@/ui/names'
import { Dot, Number, Since, Trouble, Until } from '@/ui/pieces'
import { type Tone } from '@/ui/tone'
import { useConsultWish } from './actions'
import './incall.css'

const TONES: Record<ConsultRow['state'], Tone> = { ringing: 'work', aside: 'good', held: 'care', shared: 'good' }

/** Those whom I asked into the call, and what can be done with them. */
export function Asked({ call, inside = false }: { call: Pick<CallRow, 'id' | 'consults'>; inside?: boolean }) {
  const { t } = useTranslation()
  const wish = useConsultWish()
  const ask = (what: 'swap' | 'join' | 'complete' | 'cancel') => wish.mutate({ contact: call.id, wish: what })
  const aside = call.consults.find((one) => one.state !== 'shared')
  const steers = aside?.mine ?? true
  if (call.consults.length === 0) return null
  return (
    <div className="k-pass" data-testid="asked" aria-label={t('incall.asked')}>
      {call.consults.map((one) => (
        <div className="k-state" key={one.leg} data-state={one.state} data-testid={`asked-${one.agent || one.number}`}>
          <Dot tone={TONES[one.state]} />
          <span className="k-grow k-cut">{one.agent ? <AgentName id={one.agent} /> : <Number of={one.number} />}</span>
          <span className="k-quiet">
            {t(`incall.state.${one.state}`)}{' '}
            {one.state === 'ringing' ? <Until at={one.until} /> : <Since at={one.since} />}
          </span>
        </div>
      ))}
      {steers && aside && aside.state !== 'ringing' && (
        <div className="k-buttons" style={{ marginTop: 0 }}>
          <Button variant="default" style={{ flex: 1 }} px={6} onClick={() => ask('swap')} data-testid="swap">
            {t(aside.state === 'held' ? 'incall.to_colleague' : inside ? 'inside.to_first' : 'incall.to_customer')}
          </Button>
          <Button variant="default" style={{ flex: 1 }} px={6} onClick={() => ask('join')} data-testid="join">
            {t('incall.join')}
          </Button>
        </div>
      )}
      {steers && (
        <div className="k-buttons" style={{ marginTop: 0 }}>
          <Button
            style={{ flex: 1 }}
            px={6}
            loading={wish.isPending}
            onClick={() => ask('complete')}
            data-testid="complete"
          >
            {t(aside ? 'incall.complete' : 'incall.leave')}
          </Button>
          {aside && (
            <Button variant="default" style={{ flex: 1 }} px={6} onClick={() => ask('cancel')} data-testid="cancel">
              {t(aside.state === 'ringing' ? 'incall.cancel' : 'incall.dismiss')}
            </Button>
          )}
        </div>
      )}
      {wish.error && <Trouble error={wish.error} />}
    </div>
  )
}
