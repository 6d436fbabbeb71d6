import { Button, Menu, Progress } from '@mantine/core'
import { IconCheck, IconChevronDown, IconCoffee, IconPower } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/problem'
import { useConnection } from '@/realtime/live'
import type { AgentRow } from '@/realtime/rows'
import { unlockSound } from '@/softphone/ring'
import { useMicrophoneTrouble } from '@/softphone/store'
import { useNow } from '@/ui/clock'
import { useKeys } from '@/ui/keys'
import { Dot, Note, Since, Trouble, Until } from '@/ui/pieces'
import { toneOfState } from '@/ui/tone'
import { useAccounts, useFinishWrapUp, useSetState } from './actions'
import { type Device, isMicrophoneChecked, useDevice } from './device'
import { useMyRow } from './mine'

const REASONS = ['lunch', 'rest', 'training', 'meeting', 'technical'] as const

/** My state, how long I am in it, and the ways out of it. */
export function StateCard({ onCheckNeeded }: { onCheckNeeded: () => void }) {
  const { t } = useTranslation()
  const mine = useMyRow()
  const device = useDevice()
  const connection = useConnection()
  const change = useSetState()
  const [reasons, setReasons] = useState(false)
  const state = mine?.state ?? 'offline'
  const busy = state === 'ringing' || state === 'talking'
  const next = mine?.next

  const trouble = useMicrophoneTrouble()
  const phoneAccount = useAccounts().data?.phone?.username ?? ''
  const [deaf, setDeaf] = useState(false)
  const noPhone = deaf && device === 'phone' && mine?.reachable[phoneAccount] === false
  const ready = () => {
    unlockSound()
    setDeaf(true)
    if (device === 'phone' && mine?.reachable[phoneAccount] === false) return
    if (device === 'web' && (trouble ?? needsCheck(device, state))) onCheckNeeded()
    else change.mutate({ state: 'ready', device })
  }
  const pause = (reason: string, insists = false) => change.mutate({ state: 'break', reason, device, insists })
  const warned = change.error instanceof Problem && change.error.code === 'break_warned' ? change.variables : undefined
  // what was refused a while ago is no news of the present
  const { reset } = change
  useEffect(reset, [state, reset])
  const mayReady = next ? true : !busy
  useKeys({
    KeyR: mayReady ? ready : undefined,
    'Alt+KeyR': mayReady ? ready : undefined,
    KeyB: () => setReasons(true),
    'Alt+KeyB': () => setReasons(true),
  })

  if (connection === 'online' && !mine) return <Note tone="care">{t('state.no_workplace')}</Note>
  return (
    <section className="k-panel" aria-label={t('state.title')} data-testid="my-state" data-state={state}>
      <div style={{ padding: '10px 12px' }}>
        <div className="k-state">
          <Dot tone={toneOfState(state)} />
          <strong className="k-grow k-cut">{stateWords(t, mine)}</strong>
          {mine && mine.since > 0 && state !== 'wrap_up' && <Since at={mine.since} className="k-quiet" />}
        </div>
        {state === 'not_answering' && (
          <Note tone="bad" testId="rona">
            {t([`state.rona_${mine?.reason}`, 'state.rona'])}
          </Note>
        )}
        {state === 'offline' && mine?.reason === 'lost' && (
          <Note tone="bad" testId="signed-out-lost">
            {t('trouble.lost')}
          </Note>
        )}
        {mine && next && (
          <Note tone="care" testId="state-next">
            {t('state.next')} {restWords(t, next, mine.next_reason).toLocaleLowerCase()}
          </Note>
        )}
        {mine && state === 'wrap_up' && <WrapUp mine={mine} />}
        <div className="k-buttons">
          <Button
            variant={state === 'ready' ? 'light' : 'filled'}
            disabled={!mayReady || state === 'ready'}
            loading={change.isPending && change.variables.state === 'ready'}
            leftSection={<IconCheck size={15} />}
            onClick={ready}
            data-testid="state-ready"
          >
            {t(busy && next ? 'state.stay' : 'state.to_ready')}
          </Button>
          <Menu opened={reasons} onChange={setReasons} position="bottom-start" width={190}>
            <Menu.Target>
              <Button
                variant="default"
                leftSection={<IconCoffee size={15} />}
                rightSection={<IconChevronDown size={13} />}
                data-testid="state-break"
              >
                {t('state.to_break')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t('state.why')}</Menu.Label>
              {REASONS.map((reason) => (
                <Menu.Item key={reason} onClick={() => pause(reason)} data-testid={`break-${reason}`}>
                  {t(`reason.${reason}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <Button
            variant="default"
            px={8}
            disabled={state === 'ringing' || state === 'offline' || next === 'offline'}
            onClick={() => change.mutate({ state: 'offline', device })}
            title={t('state.to_offline')}
            aria-label={t('state.to_offline')}
            data-testid="state-offline"
          >
            <IconPower size={15} />
          </Button>
        </div>
        {noPhone && (
          <Note tone="care" testId="phone-not-there">
            {t('trouble.phone_not_there')}
          </Note>
        )}
        {change.error && <Trouble error={change.error} />}
        {warned && (
          <Button
            variant="default"
            fullWidth
            onClick={() => pause(warned.reason ?? '', true)}
            data-testid="break-all-the-same"
          >
            {t('floor.break_all_the_same')}
          </Button>
        )}
        {state === 'offline' && !change.error && <p className="k-hint">{t('state.offline_hint')}</p>}
      </div>
    </section>
  )
}

/** Once in a browser session, before the first call, the microphone is listened to. */
function needsCheck(device: Device, state: string): boolean {
  return (
    device === 'web' &&
    !isMicrophoneChecked() &&
    (state === 'offline' || state === 'break' || state === 'not_answering')
  )
}

function stateWords(t: TFunction, mine: AgentRow | undefined): string {
  if (!mine) return t('state.unknown')
  if (mine.inside) return t(mine.inside.stage === 'ringing' ? 'inside.incoming' : `inside.${mine.inside.stage}`)
  return restWords(t, mine.state, mine.reason)
}

function restWords(t: TFunction, state: AgentRow['state'], reason: string): string {
  const words = t(`agent.${state}`)
  if (state !== 'break' || !reason) return words
  return `${words}: ${t(`reason.${reason}`, reason).toLocaleLowerCase()}`
}

function WrapUp({ mine }: { mine: AgentRow }) {
  const { t } = useTranslation()
  const now = useNow()
  const finish = useFinishWrapUp()
  const until = mine.until ?? 0
  const whole = Math.max(1, until - mine.since)
  const left = until > 0 ? Math.min(100, Math.max(0, ((until - now) / whole) * 100)) : 0
  const done = () => finish.mutate()
  useKeys({ KeyW: done, 'Alt+KeyW': done })
  return (
    <div className="k-wrap">
      <div style={{ display: 'flex', justifyContent: 'space-between' }}>
        <span className="k-quiet">{t(until > 0 && !mine.next ? 'state.ready_in' : 'state.in_wrap_up')}</span>
        <strong data-testid="wrap-up-left">{until > 0 ? <Until at={until} /> : <Since at={mine.since} />}</strong>
      </div>
      {until > 0 && <Progress value={left} size={4} color="var(--k-care-fill)" aria-label={t('state.ready_in')} />}
      <Button variant="default" fullWidth loading={finish.isPending} onClick={done} data-testid="wrap-up-finish">
        {t('state.finish_wrap_up')}
      </Button>
      {finish.error && <Trouble error={finish.error} />}
    </div>
  )
}
