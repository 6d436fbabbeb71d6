import { Button, Menu, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, startTransition, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgentRow } from '@/realtime/rows'
import { Modal } from '@/ui/Modal'
import { type Order, useSendAgent } from './actions'
import { useMay } from '@/features/session/session'
import { RowMenu } from './RowMenu'

const Skills = lazy(() => import('./Skills'))
const STATES = ['ready', 'break', 'offline'] as const

/** Send somebody from or to a break, or change what he can do. */
export function AgentMenu({ agent }: { agent: AgentRow }) {
  const { t } = useTranslation()
  const [order, setOrder] = useState<Order['state']>()
  const [skills, setSkills] = useState(false)
  if (!useMay()('steer_floor')) return null
  return (
    <>
      <RowMenu label={t('floor.agent_actions', { name: agent.name })} testId="agent-actions" width={210} size="xs">
        {/* the menu answers at once by going; the window is made after that has been drawn */}
        {agent.state !== 'offline' &&
          STATES.map((state) => (
            <Menu.Item key={state} onClick={() => startTransition(() => setOrder(state))} data-testid={`send-${state}`}>
              {t(`floor.send.${state}`)}
            </Menu.Item>
          ))}
        <Menu.Item onClick={() => startTransition(() => setSkills(true))} data-testid="agent-skills">
          {t('floor.skills')}
        </Menu.Item>
        <Menu.Item
          renderRoot={(given) => <Link to="/reports/shifts" search={{ open: agent.id }} {...given} />}
          data-testid="agent-shift"
        >
          {t('sections.shifts')}
        </Menu.Item>
      </RowMenu>
      {order && <Sending agent={agent} state={order} onClose={() => setOrder(undefined)} />}
      {skills && (
        <Suspense>
          <Skills agent={agent} onClose={() => setSkills(false)} />
        </Suspense>
      )}
    </>
  )
}

function Sending({ agent, state, onClose }: { agent: AgentRow; state: Order['state']; onClose: () => void }) {
  const { t } = useTranslation()
  const send = useSendAgent()
  const [reason, setReason] = useState('')
  const go = () => send.mutate({ agent: agent.id, state, reason: reason.trim() }, { onSuccess: onClose })
  return (
    <Modal opened onClose={onClose} title={`${agent.name}: ${t(`floor.send.${state}`).toLocaleLowerCase()}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          go()
        }}
      >
        <TextInput
          label={t('floor.reason')}
          description={t('floor.reason_hint')}
          maxLength={200}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className="k-buttons k-to-right">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={send.isPending} data-testid="send-agent">
            {t('floor.send_now')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
