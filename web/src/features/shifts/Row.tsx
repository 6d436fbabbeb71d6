import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow, useClock } from '@/ui/clock'
import { duration } from '@/ui/format'
import { Bar } from './Bar'
import { breaksOf, COLUMNS, grown, type Line, type Live, type Person, spentBy, sumsOf, type Window } from './line'
import { reasonSaid, shortClock, weekday } from './said'

interface RowProps {
  person: Person
  line: Line | undefined
  live: Live
  /** when the server counted */
  told: number
  window: Window
  zone: string
  step: number
  slow: number
  isLive: boolean
  isWeek: boolean
  onOpen: (agent: string) => void
}

const NONE: never[] = []

/** Drawn again when this very person's state changed; the times in it tick by themselves. */
export const Row = memo(function Row({
  person,
  line,
  live,
  told,
  window,
  zone,
  step,
  slow,
  isLive,
  isWeek,
  onOpen,
}: RowProps) {
  const { t } = useTranslation()
  const states = useMemo(
    () => (line ? grown(line.states, isWeek ? undefined : live, slow) : NONE),
    [line, live, slow, isWeek],
  )
  return (
    <tr data-testid="shift-row" data-agent={person.agent} data-state={live?.state ?? person.now?.state}>
      <td style={{ lineHeight: 1.25 }}>
        <button
          type="button"
          className="k-link k-cut"
          style={{ display: 'block', maxWidth: '100%', textAlign: 'left', textDecoration: 'none', fontWeight: 500 }}
          title={person.name}
          onClick={() => onOpen(person.agent)}
          data-testid="shift-open"
        >
          {person.name}
        </button>
        <span className="k-quiet k-num" data-testid="shift-came" style={{ fontSize: 12 }}>
          {cameAndLeft(person, zone, isLive, isWeek) || t('shifts.absent')}
        </span>
      </td>
      <td style={{ overflow: 'visible' }}>
        <Bar
          name={person.name}
          states={states}
          marks={line?.marks ?? NONE}
          window={window}
          zone={zone}
          step={step}
          now={slow}
          isLive={isLive}
        />
      </td>
      <Times person={person} live={live} told={told} isLive={isLive} />
    </tr>
  )
})

/** "09:01 – 18:00"; "←" came before, "→" was there when it ended. */
function cameAndLeft(person: Person, zone: string, isLive: boolean, isWeek: boolean): string {
  if (!person.came_at) return ''
  const said = (iso: string) => {
    const at = Date.parse(iso) / 1000
    return isWeek ? `${weekday(at, zone)} ${shortClock(at, zone)}` : shortClock(at, zone)
  }
  const came = person.from_before ? '←' : said(person.came_at)
  return `${came} – ${person.left_at ? said(person.left_at) : isLive ? '…' : '→'}`
}

function Times({ person, live, told, isLive }: Pick<RowProps, 'person' | 'live' | 'told' | 'isLive'>) {
  const { t } = useTranslation()
  const ticking = isLive && (live?.state ?? person.now?.state ?? 'offline') !== 'offline'
  const now = useClock((now) => (ticking ? now : 0)) || Math.max(told, Math.floor(serverNow()))
  const spent = spentBy(person, live, told, now)
  const sums = sumsOf(spent)
  const breaks = breaksOf(spent).map(
    (one) => `${one.reason ? reasonSaid(t, one.reason) : t('shifts.no_reason')} ${duration(one.seconds)}`,
  )
  return (
    <>
      {COLUMNS.map((name) => (
        <td
          key={name}
          className={`k-right k-num ${sums[name] < 1 ? 'k-quiet' : ''}`}
          title={name === 'break' ? breaks.join('\n') : undefined}
          data-testid={`shift-${name}`}
          style={{ lineHeight: 1.25 }}
        >
          {sums[name] < 1 ? '–' : duration(sums[name])}
          {name === 'break' && breaks.length > 0 && (
            <div className="k-quiet k-cut" style={{ fontSize: 12 }}>
              {breaks.join(', ')}
            </div>
          )}
        </td>
      ))}
    </>
  )
}
