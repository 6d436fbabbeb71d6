import { memo, useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CallMenu } from '@/features/floor/CallMenu'
import { useCollection } from '@/realtime/live'
import type { CallRow } from '@/realtime/rows'
import { callerName, personNumber } from '@/ui/format'
import { AgentName, QueueName, useDirectory } from '@/ui/names'
import { Chip, Empty, Number, Panel, Since } from '@/ui/pieces'
import { toneOfPhase } from '@/ui/tone'
import { isSaid } from '@/ui/find'
import { FindBox } from '@/ui/FindBox'
import { FEW, useVisible } from '@/ui/visible'

/** All calls in progress, the oldest first. */
export function CallsTable({ calls }: { calls: CallRow[] }) {
  const { t } = useTranslation()
  const { queues } = useDirectory()
  const agents = useCollection('agents')
  const [text, setText] = useState('')
  const sought = useDeferredValue(text)
  const isFound = (call: CallRow) => {
    const agent = agents[call.agent || call.offered_to]?.name ?? ''
    return isSaid(personNumber(call), [callerName(call.caller_name), queues[call.queue] ?? '', agent], sought)
  }
  const found = sought ? calls.filter(isFound) : calls
  const rows = [...found].sort((a, b) => a.arrived_at - b.arrived_at || a.id.localeCompare(b.id))
  const list = useRef<HTMLTableSectionElement>(null)
  const part = useVisible(list, rows.length, '[data-contact]')
  return (
    <Panel
      title={t('board.calls')}
      flush
      testId="board-calls"
      aside={
        calls.length > 0 && (
          <span className="k-quiet k-finding">
            {t('board.calls_count', { count: calls.length })}
            {(calls.length > FEW || text) && (
              <FindBox label={t('board.find')} value={text} onChange={setText} testId="calls-search" />
            )}
          </span>
        )
      }
    >
      {rows.length === 0 ? (
        <Empty title={t(sought ? 'nothing_found' : 'board.no_calls')}>{!sought && t('board.no_calls_hint')}</Empty>
      ) : (
        <table className="k-table">
          <thead>
            <tr>
              <th>{t('board.state')}</th>
              <th>{t('board.who')}</th>
              <th>{t('board.where')}</th>
              <th>{t('board.agent')}</th>
              <th className="k-right">{t('board.in_state')}</th>
              <th className="k-right">{t('board.in_all')}</th>
              <th className="k-right">
                <span className="k-hidden">{t('floor.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody ref={list}>
            <Left height={part.before} />
            {rows.slice(part.from, part.to).map((call) => (
              <Row key={call.id} call={call} />
            ))}
            <Left height={part.after} />
          </tbody>
        </table>
      )}
    </Panel>
  )
}

/** Rows that are not drawn. */
function Left({ height }: { height: number }) {
  if (!height) return null
  return (
    <tr aria-hidden>
      <td colSpan={7} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}

/** Drawn again only when something of this very call changed. */
const Row = memo(function Row({ call }: { call: CallRow }) {
  const { t } = useTranslation()
  const { projects } = useDirectory()
  return (
    <tr data-testid="board-call" data-contact={call.id} data-phase={call.phase}>
      <td>
        <Chip tone={call.held ? 'care' : toneOfPhase(call.phase)}>
          {t(
            call.held
              ? 'phase.held'
              : call.direction === 'outbound' && call.phase === 'ringing'
                ? 'phase.dialling'
                : `phase.${call.phase}`,
          )}
        </Chip>
      </td>
      <td className="k-cut">
        <Number of={personNumber(call)} />
        {callerName(call.caller_name) && <span className="k-quiet"> {call.caller_name}</span>}
      </td>
      <td className="k-cut k-quiet">
        {call.queue ? (
          <QueueName id={call.queue} />
        ) : call.direction === 'outbound' ? (
          t('direction.outbound')
        ) : (
          (projects[call.project] ?? call.project)
        )}
      </td>
      <td className="k-cut">{(call.agent || call.offered_to) && <AgentName id={call.agent || call.offered_to} />}</td>
      <td className="k-right">
        <Since at={call.phase === 'talking' ? call.connected_at || call.since : call.since} />
      </td>
      <td className="k-right k-quiet">
        <Since at={call.arrived_at} />
      </td>
      <td className="k-right">
        <CallMenu call={call} />
      </td>
    </tr>
  )
})
