import { Button } from '@mantine/core'
import { IconPhone, IconPhoneOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { CallCard } from '@/features/phone/CallCard'
import { useSetState } from '@/features/phone/actions'
import { useDevice } from '@/features/phone/device'
import { useMyRow } from '@/features/phone/mine'
import { TestCaller } from '@/softphone/caller'
import { unlockSound } from '@/softphone/ring'
import { Note, Trouble } from '@/ui/pieces'

/** The page is the customer's telephone and the operator's at once: the first call, to oneself. */
export function TryCall({ ready, answered }: { ready: boolean; answered: boolean }) {
  const { t } = useTranslation()
  const [caller] = useState(() => new TestCaller())
  const call = useSyncExternalStore(caller.subscribe, caller.get)
  const mine = useMyRow()
  const device = useDevice()
  const state = useSetState()
  const line = useQuery({
    queryKey: ['settings', 'test-line'],
    queryFn: () => must(client.GET('/api/first-steps/line')),
    enabled: ready,
    staleTime: 60_000,
  })
  useEffect(() => () => caller.hangUp(), [caller])
  if (!ready) return <p className="k-hint">{t('steps.line_first')}</p>
  const onTheLine = call.stage === 'dialling' || call.stage === 'listening'
  const amReady = mine && mine.state !== 'offline' && mine.state !== 'break' && mine.state !== 'not_answering'
  const begin = () => {
    unlockSound()
    if (line.data) void caller.call(line.data)
  }
  return (
    <div className="k-set-form" data-testid="try-call" data-stage={call.stage}>
      {answered && (
        <Note tone="good" testId="first-answered">
          {t('steps.answered')}{' '}
          <Link to="/journal" className="k-link">
            {t('nav.journal')}
          </Link>
        </Note>
      )}
      {!mine && <Note tone="care">{t('steps.no_workplace')}</Note>}
      <ol className="k-hint" style={{ margin: 0, paddingLeft: 18 }}>
        <li>{t('steps.try_ready')}</li>
        <li>{t('steps.try_call')}</li>
        <li>{t('steps.try_answer')}</li>
      </ol>
      <div className="k-buttons">
        {mine && (
          <Button
            variant={amReady ? 'light' : 'filled'}
            disabled={amReady}
            loading={state.isPending}
            onClick={() => {
              unlockSound()
              state.mutate({ state: 'ready', device })
            }}
            data-testid="try-ready"
          >
            {t(amReady ? 'agent.ready' : 'state.to_ready')}
          </Button>
        )}
        {onTheLine ? (
          <Button
            className="k-act"
            data-act="hang-up"
            leftSection={<IconPhoneOff size={15} />}
            onClick={() => caller.hangUp()}
          >
            {t('phone.hang_up')}
          </Button>
        ) : (
          <Button leftSection={<IconPhone size={15} />} disabled={!line.data} onClick={begin} data-testid="try-dial">
            {t('steps.dial', { number: line.data?.number ?? '' })}
          </Button>
        )}
        <span className="k-quiet" style={{ alignSelf: 'center' }}>
          {t(`steps.stage.${call.stage}`)}
        </span>
      </div>
      {call.stage === 'failed' && <Note tone="bad">{t('steps.failed', { cause: call.cause })}</Note>}
      {state.error && <Trouble error={state.error} />}
      {line.error && <Trouble error={line.error} retry={() => void line.refetch()} />}
      {mine && <CallCard />}
    </div>
  )
}
