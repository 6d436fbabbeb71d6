import { IconSpeakerphone } from '@tabler/icons-react'
import { lazy, memo, Suspense, useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AgentMenu } from '@/features/floor/AgentMenu'
import { useMay } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import type { AgentRow, AgentState } from '@/realtime/rows'
import { unlockSound } from '@/softphone/ring'
import { phone } from '@/softphone/store'
import { FindBox } from '@/ui/FindBox'
import { Dot, Empty, Panel, Since } from '@/ui/pieces'
import { toneOfState } from '@/ui/tone'
import { useVisible } from '@/ui/visible'

const PageMenu = lazy(() => import('@/features/floor/PageMenu'))
const ToFirstSteps = lazy(() => import('@/features/settings/ToFirstSteps'))

const ORDER: AgentState[] = ['not_answering', 'ringing', 'talking', 'wrap_up', 'ready', 'break', 'offline']

/** Trouble first, then those at work, then the rest; within a state whoever is longest in it. */
export function inOrder(agents: readonly AgentRow[]): AgentRow[] {
  return [...agents].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.since - b.since || a.name.localeCompare(b.name),
  )
}

/** from so many on they are looked for by name */
const MANY = 12

export function isFound(agent: AgentRow, text: string): boolean {
  const sought = plain(text.trim())
  return sought === '' || plain(agent.name).includes(sought) || agent.extension.startsWith(sought)
}

const plain = (text: string) => text.toLocaleLowerCase().replaceAll('ё', 'е')

export function AgentsGrid() {
  const { t } = useTranslation()
  const agents = inOrder(Object.values(useCollection('agents')))
  const [text, setText] = useState('')
  // the letter is drawn first, and then what it finds
  const sought = useDeferredValue(text)
  const found = agents.filter((agent) => isFound(agent, sought))
  const list = useRef<HTMLDivElement>(null)
  const part = useVisible(list, found.length, '[data-agent]')
  const may = useMay()
  const present = ORDER.map((state) => [state, agents.filter((agent) => agent.state === state).length] as const)
  return (
    <Panel
      title={t('board.agents')}
      flush
      testId="board-agents"
      aside={
        <span className="k-quiet" style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
          {present
            .filter(([state, count]) => count > 0 && state !== 'offline')
            .map(([state, count]) => (
              <span key={state} style={{ display: 'inline-flex', gap: 5, alignItems: 'center' }}>
                <Dot tone={toneOfState(state)} />
                {t(`agent.${state}`)} {count}
              </span>
            ))}
          {agents.length > MANY && (
            <FindBox label={t('board.find_agent')} value={text} onChange={setText} testId="agents-search" />
          )}
          {may('page_groups') && (
            <Suspense>
              <PageMenu
                icon={<IconSpeakerphone size={14} />}
                onStart={unlockSound}
                onAsked={(contact) => phone.await(contact)}
              />
            </Suspense>
          )}
        </span>
      }
    >
      {agents.length === 0 ? (
        <Empty
          title={t('board.no_agents')}
          action={
            <Suspense>
              <ToFirstSteps />
            </Suspense>
          }
        >
          {t('board.no_agents_hint')}
        </Empty>
      ) : found.length === 0 ? (
        <Empty title={t('board.no_such_agent')} />
      ) : (
        <div className="k-agents" ref={list} style={{ paddingTop: part.before, paddingBottom: part.after }}>
          {found.slice(part.from, part.to).map((agent) => (
            <Tile key={agent.id} agent={agent} />
          ))}
        </div>
      )}
    </Panel>
  )
}

/** Drawn again only when something of this very agent changed: there may be hundreds. */
const Tile = memo(function Tile({ agent }: { agent: AgentRow }) {
  const { t } = useTranslation()
  const tone = toneOfState(agent.state)
  return (
    <div data-tone={tone} data-testid="board-agent" data-agent={agent.id} data-state={agent.state}>
      <Dot tone={tone} />
      <span className="k-cut" title={agent.name}>
        {agent.name}
      </span>
      <span className="k-quiet k-num" style={{ display: 'inline-flex', gap: 4, alignItems: 'center' }}>
        {agent.extension}
        <AgentMenu agent={agent} />
      </span>
      <span className={`k-second k-cut k-tone-${tone}`} style={{ display: 'flex', gap: 6 }}>
        <span className="k-cut">
          {t(`agent.${agent.state}`)}
          {agent.reason && `: ${t(`reason.${agent.reason}`, agent.reason).toLocaleLowerCase()}`}
        </span>
        {agent.state !== 'offline' && <Since at={agent.since} />}
      </span>
    </div>
  )
})
