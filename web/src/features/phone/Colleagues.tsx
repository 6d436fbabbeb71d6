import { ActionIcon, CloseButton } from '@mantine/core'
import { IconBellRinging, IconPhoneOutgoing } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import type { AgentRow } from '@/realtime/rows'
import { phoneNumber } from '@/ui/format'
import { Dot, Trouble } from '@/ui/pieces'
import { toneOfState } from '@/ui/tone'
import { useAwait, useAwaitNoMore } from './actions'
import { useMyRow } from './mine'
import { targetsFor } from './targets'
import './incall.css'

const MOST = 5

/** Colleagues whose name or extension is being typed: called by a click; a busy one is waited for. */
export function Colleagues({ wanted, free, call }: { wanted: string; free: boolean; call: (number: string) => void }) {
  const { t } = useTranslation()
  const me = useMe().id
  const awaited = useMyRow()?.awaits ?? []
  const wait = useAwait()
  const found = targetsFor(me, wanted, useCollection('agents'), {}, {})
    .flatMap((one) => one.agent ?? [])
    .slice(0, MOST)
  if (!wanted.trim() || found.length === 0) return null
  return (
    <>
      <ul
        className="k-targets"
        aria-label={t('inside.colleagues')}
        data-testid="colleagues"
        style={{ marginTop: 6, flex: 'none' }}
      >
        {found.map((agent) => (
          <li key={agent.id} style={{ cursor: 'default' }}>
            <Colleague agent={agent} />
            {isBound(agent) ? (
              <ActionIcon
                variant="default"
                size={24}
                disabled={awaited.includes(agent.id)}
                loading={wait.isPending && wait.variables.colleague === agent.id}
                onClick={() => wait.mutate({ colleague: agent.id, number: '' })}
                title={t('inside.await', { name: agent.name })}
                aria-label={t('inside.await', { name: agent.name })}
                data-testid={`await-${agent.id}`}
              >
                <IconBellRinging size={14} />
              </ActionIcon>
            ) : (
              <ActionIcon
                variant="default"
                size={24}
                disabled={!free}
                onClick={() => call(agent.extension)}
                title={t('inside.call', { name: agent.name })}
                aria-label={t('inside.call', { name: agent.name })}
                data-testid={`call-${agent.id}`}
              >
                <IconPhoneOutgoing size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {wait.error && <Trouble error={wait.error} />}
    </>
  )
}

function isBound(agent: AgentRow): boolean {
  return agent.state === 'ringing' || agent.state === 'talking'
}

function Colleague({ agent }: { agent: AgentRow }) {
  const { t } = useTranslation()
  return (
    <>
      <Dot tone={toneOfState(agent.state)} />
      <span className="k-grow k-cut" title={agent.name}>
        {agent.name}
      </span>
      <span className="k-quiet">{t(`agent.${agent.state}`)}</span>
      <span className="k-num">{agent.extension}</span>
    </>
  )
}

/** Whom I wait for, until he is free: my telephone will ring. */
export function Awaited() {
  const { t } = useTranslation()
  const awaits = useMyRow()?.awaits ?? []
  const agents = useCollection('agents')
  const stop = useAwaitNoMore()
  if (awaits.length === 0) return null
  return (
    <ul
      className="k-targets"
      aria-label={t('inside.awaited')}
      data-testid="awaited"
      style={{ margin: '0 12px 12px', flex: 'none' }}
    >
      {awaits.map((one) => {
        const name = agents[one]?.name ?? phoneNumber(one)
        return (
          <li key={one} style={{ cursor: 'default' }}>
            <IconBellRinging size={14} aria-hidden />
            <span className="k-grow k-cut" title={t('inside.awaits', { name })}>
              {t('inside.awaits', { name })}
            </span>
            <CloseButton
              size="sm"
              onClick={() => stop.mutate(agents[one] ? { colleague: one, number: '' } : { colleague: '', number: one })}
              title={t('inside.stop', { name })}
              aria-label={t('inside.stop', { name })}
            />
          </li>
        )
      })}
    </ul>
  )
}
