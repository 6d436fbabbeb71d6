import { Button, Menu, NumberInput, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { startTransition, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgentRow } from '@/realtime/rows'
import { Loading, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import { type Order, useAgents, useSendAgent, useSetSkills } from './actions'
import { useMay } from '@/features/session/session'
import { RowMenu } from './RowMenu'

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
      {skills && <Skills agent={agent} onClose={() => setSkills(false)} />}
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
        <div className="k-buttons">
          <Button type="submit" loading={send.isPending} data-testid="send-agent">
            {t('floor.send_now')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

function Skills({ agent, onClose }: { agent: AgentRow; onClose: () => void }) {
  const { t } = useTranslation()
  const agents = useAgents(true)
  const save = useSetSkills()
  const [edited, setEdited] = useState<Record<string, number>>()
  const [name, setName] = useState('')
  const known = agents.data?.find((one) => one.id === agent.id)?.skills
  const skills = edited ?? known
  const put = (skill: string, level: number) => setEdited({ ...skills, [skill]: level })
  return (
    <Modal opened onClose={onClose} title={t('floor.skills_of', { name: agent.name })}>
      {agents.error ? (
        <Trouble error={agents.error} retry={() => void agents.refetch()} />
      ) : !skills ? (
        <Loading />
      ) : (
        <>
          <p className="k-hint">{t('floor.skills_hint')}</p>
          {Object.entries(skills).map(([skill, level]) => (
            <NumberInput
              key={skill}
              size="xs"
              label={skill}
              min={0}
              max={5}
              value={level}
              onChange={(value) => put(skill, Math.min(5, Math.max(0, Math.round(+value || 0))))}
            />
          ))}
          <div className="k-buttons">
            <TextInput
              aria-label={t('floor.new_skill')}
              placeholder={t('floor.new_skill')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value.toLowerCase().replace(/[^a-z0-9_-]/g, ''))}
            />
            <Button
              variant="default"
              disabled={!name}
              leftSection={<IconPlus size={14} />}
              onClick={() => {
                put(name, 1)
                setName('')
              }}
            >
              {t('floor.add_skill')}
            </Button>
          </div>
          {save.error && <Trouble error={save.error} />}
          <div className="k-buttons">
            <Button
              loading={save.isPending}
              disabled={!edited}
              onClick={() =>
                save.mutate(
                  {
                    agent: agent.id,
                    skills: Object.fromEntries(Object.entries(skills).filter(([, level]) => level > 0)),
                  },
                  { onSuccess: onClose },
                )
              }
            >
              {t('save')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
          </div>
        </>
      )}
    </Modal>
  )
}
