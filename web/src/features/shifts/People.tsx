import { Button } from '@mantine/core'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCollection } from '@/realtime/live'
import { useClock } from '@/ui/clock'
import { FindBox } from '@/ui/FindBox'
import { isSaid } from '@/ui/find'
import { Dot, Empty, Trouble } from '@/ui/pieces'
import type { Tone } from '@/ui/tone'
import { useVisible } from '@/ui/visible'
import { todayIn } from './days'
import { COLUMNS, inOrder, type Log, stepOf, ticks, type Window, windowOf } from './line'
import { useLines } from './queries'
import { Row } from './Row'
import { shortClock, weekday } from './said'

const LEGEND: [Tone, string][] = [
  ['good', 'ready'],
  ['work', 'calls'],
  ['care', 'wrap_up'],
  ['away', 'break'],
  ['bad', 'not_answering'],
]
/** lines are asked for in such steps, so that scrolling does not ask at every row */
const STEP = 24

interface PeopleProps {
  log: Log
  isLive: boolean
  isWeek: boolean
  by: string | undefined
  onSort: (by: string) => void
  onDay: (day: string) => void
  onOpen: (agent: string) => void
  onAbsent: () => void
}

/** A line each. Of many only those who are seen are drawn, and asked for. */
export function People({ log, isLive, isWeek, by, onSort, onDay, onOpen, onAbsent }: PeopleProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const sought = useDeferredValue(text)
  const people = useMemo(
    () => inOrder(log.people, by).filter((one) => isSaid('', [one.name, one.extension], sought)),
    [log.people, by, sought],
  )
  const list = useRef<HTMLTableSectionElement>(null)
  const part = useVisible(list, people.length, '[data-agent]')
  const from = Math.floor(part.from / STEP) * STEP
  const seen = people.slice(from, Math.min(people.length, from + Math.ceil((part.to - from) / STEP) * STEP))
  const lines = useLines(
    { first: log.first, last: log.last },
    seen.slice(0, 100).map((one) => one.agent),
    isWeek,
    isLive,
  )
  const live = useCollection('agents')
  // the picture moves on every quarter of a minute, the figures every second
  const slow = useClock((now) => Math.floor(now / 15) * 15)
  const now = Math.max(slow, Date.parse(log.told_at) / 1000)
  const window = useMemo(
    () => (isWeek ? { from: Date.parse(log.since) / 1000, to: Date.parse(log.until) / 1000 } : windowOf(log, now)),
    [log, isWeek, now],
  )
  const step = stepOf(window)
  return (
    <section className="k-panel k-grow" aria-label={t('shifts.people')} data-testid="shifts">
      <header>
        <h2>{t('shifts.people')}</h2>
        <span className="k-quiet">{t('shifts.count', { count: log.people.length })}</span>
        <span className="k-quiet k-grow" style={{ display: 'flex', gap: 12, paddingLeft: 12 }}>
          {LEGEND.map(([tone, state]) =>
            isWeek && (state === 'calls' || state === 'wrap_up') ? null : (
              <span key={state} style={{ display: 'inline-flex', gap: 5, alignItems: 'center' }}>
                <Dot tone={tone} />
                {t(isWeek && state === 'ready' ? 'shifts.at_work' : `shifts.${state}`)}
              </span>
            ),
          )}
        </span>
        <FindBox label={t('shifts.find')} value={text} onChange={setText} testId="shifts-search" />
      </header>
      <div className="k-body" data-flush tabIndex={0}>
        {log.people.length === 0 ? (
          <Empty
            title={t('shifts.nobody')}
            action={
              log.absent > 0 && (
                <Button variant="default" onClick={onAbsent}>
                  {t('shifts.show_absent', { count: log.absent })}
                </Button>
              )
            }
          >
            {t('shifts.nobody_hint')}
          </Empty>
        ) : people.length === 0 ? (
          <Empty title={t('nothing_found')} />
        ) : (
          <table className="k-table" style={{ tableLayout: 'fixed' }}>
            <Head window={window} step={step} zone={log.zone} isWeek={isWeek} by={by} onSort={onSort} onDay={onDay} />
            <tbody ref={list}>
              <Left height={part.before} />
              {people.slice(part.from, part.to).map((one) => (
                <Row
                  key={one.agent}
                  person={one}
                  line={lines.data?.[one.agent]}
                  live={isLive ? live[one.agent] : undefined}
                  told={Date.parse(log.told_at) / 1000}
                  window={window}
                  zone={log.zone}
                  step={step}
                  slow={now}
                  isLive={isLive}
                  isWeek={isWeek}
                  onOpen={onOpen}
                />
              ))}
              <Left height={part.after} />
            </tbody>
          </table>
        )}
        {lines.error && <Trouble error={lines.error} retry={() => void lines.refetch()} />}
      </div>
    </section>
  )
}

/** Rows that are not drawn. */
function Left({ height }: { height: number }) {
  if (!height) return null
  return (
    <tr aria-hidden>
      <td colSpan={COLUMNS.length + 2} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}

interface HeadProps {
  window: Window
  step: number
  zone: string
  isWeek: boolean
  by: string | undefined
  onSort: (by: string) => void
  onDay: (day: string) => void
}

function Head({ window, step, zone, isWeek, by, onSort, onDay }: HeadProps) {
  const { t } = useTranslation()
  const sorting = (name: string, right = false) => (
    <th
      key={name}
      className={right ? 'k-right' : undefined}
      aria-sort={(by ?? 'name') === name ? (right ? 'descending' : 'ascending') : undefined}
      style={{ width: right ? (name === 'break' ? 118 : 74) : 190, zIndex: 2, whiteSpace: 'normal' }}
    >
      <button
        type="button"
        className="k-link"
        style={{ textDecoration: (by ?? 'name') === name ? 'underline' : 'none', fontWeight: 'inherit' }}
        onClick={() => onSort(name === 'name' ? '' : name)}
        title={t(`shifts.hint.${name}`, '')}
        data-testid={`shift-sort-${name}`}
      >
        {t(`shifts.${name}`)}
      </button>
    </th>
  )
  return (
    <thead>
      <tr>
        {sorting('name')}
        <th style={{ zIndex: 2 }}>
          <div style={{ position: 'relative', height: 16 }} data-testid="shift-axis">
            {ticks(window, step).map((at) => (
              <span
                key={at}
                style={{ position: 'absolute', left: `${((at - window.from) / (window.to - window.from)) * 100}%` }}
              >
                {isWeek ? (
                  <button
                    type="button"
                    className="k-link"
                    onClick={() => onDay(todayIn(zone, new Date((at + 43_200) * 1000)))}
                  >
                    {weekday(at + 43_200, zone)}
                  </button>
                ) : (
                  shortClock(at, zone)
                )}
              </span>
            ))}
          </div>
        </th>
        {COLUMNS.map((name) => sorting(name, true))}
      </tr>
    </thead>
  )
}
