import { memo, type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { duration } from '@/ui/format'
import type { Tone } from '@/ui/tone'
import { clock, stateSaid, weekday, whatSaid } from './said'
import { type Mark, pathsOf, placeAt, type Stretch, ticks, type Window } from './line'

interface Props {
  name: string
  states: readonly Stretch[]
  marks: readonly Mark[]
  window: Window
  zone: string
  step: number
  now: number
  isLive: boolean
}

const TONES: Tone[] = ['good', 'work', 'care', 'away', 'bad']
const HIGH = 22
/** seconds; the clocks may be put back in it */
const LONGEST_DAY = 25 * 3600

/** A person's states as one line: the mouse and the arrow keys tell each of them. */
export const Bar = memo(function Bar({ name, states, marks, window, zone, step, now, isLive }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const [told, setTold] = useState<{ place: number; around: DOMRect }>()
  const place = told?.place
  const setPlace = (place: number | undefined) => {
    const around = box.current?.getBoundingClientRect()
    setTold(place === undefined || !around ? undefined : { place, around })
  }
  const share = (at: number) =>
    `${((Math.min(Math.max(at, window.from), window.to) - window.from) / (window.to - window.from)) * 100}%`
  const paths = pathsOf(states, window, now)
  const chosen = place === undefined ? undefined : states[place]
  // the clock alone does not tell which day of a week
  const isLong = window.to - window.from > LONGEST_DAY
  const said = (one: Stretch) => {
    const until = one.until ?? now
    const beside = marks.filter((mark) => mark.at >= one.at && mark.at < until)
    return [
      `${stateSaid(t, one)}: ${isLong ? `${weekday(one.at, zone)} ` : ''}${clock(one.at, zone)}–${one.until === null ? t('shifts.now') : clock(until, zone)}, ${duration(until - one.at)}`,
      ...beside.map((mark) => `${clock(mark.at, zone)} ${whatSaid(t, mark)}`),
    ]
  }
  const onMove = (event: MouseEvent) => {
    const around = box.current?.getBoundingClientRect()
    if (!around) return
    const at = window.from + ((event.clientX - around.left) / around.width) * (window.to - window.from)
    const found = placeAt(states, at, now)
    setPlace(found < 0 || states[found]?.state === 'offline' ? undefined : found)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const last = states.length - 1
    const next = {
      ArrowRight: Math.min(last, (place ?? -1) + 1),
      ArrowLeft: Math.max(0, (place ?? 1) - 1),
      Home: 0,
      End: last,
    }[event.key]
    if (event.key === 'Escape') setPlace(undefined)
    if (next === undefined || last < 0) return
    event.preventDefault()
    setPlace(next)
  }
  return (
    <div
      ref={box}
      role="slider"
      tabIndex={0}
      aria-label={t('shifts.line_of', { name })}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, states.length - 1)}
      aria-valuenow={Math.min(place ?? 0, Math.max(0, states.length - 1))}
      aria-valuetext={chosen ? said(chosen).join('; ') : t('shifts.states', { count: states.length })}
      aria-orientation="horizontal"
      data-testid="shift-line"
      onKeyDown={onKeyDown}
      onMouseMove={onMove}
      onMouseLeave={() => setPlace(undefined)}
      onBlur={() => setPlace(undefined)}
      style={{ position: 'relative', height: HIGH, background: 'var(--k-hover)', borderRadius: 3 }}
    >
      {ticks(window, step).map((at) => (
        <i key={at} aria-hidden style={{ ...UPRIGHT, left: share(at), background: 'var(--k-line)' }} />
      ))}
      <svg
        viewBox="0 0 1000 10"
        preserveAspectRatio="none"
        aria-hidden
        style={{ position: 'absolute', inset: 0, width: '100%', height: '100%' }}
      >
        {TONES.map((tone) => paths[tone] && <path key={tone} d={paths[tone]} fill={`var(--k-${tone}-fill)`} />)}
      </svg>
      {marks.map((mark) => (
        <i
          key={`${mark.at} ${mark.what}`}
          aria-hidden
          title={`${clock(mark.at, zone)} ${whatSaid(t, mark)}`}
          data-testid="shift-mark"
          style={{
            position: 'absolute',
            left: `calc(${share(mark.at)} - 4px)`,
            top: -4,
            width: 9,
            height: 9,
            transform: 'rotate(45deg)',
            border: '1px solid var(--k-panel)',
            background: mark.what.startsWith('break_') ? 'var(--k-bad-fill)' : 'var(--k-text)',
          }}
        />
      ))}
      {isLive && now >= window.from && now <= window.to && (
        <i
          aria-hidden
          data-testid="shift-now"
          style={{ ...UPRIGHT, left: share(now), width: 2, background: 'var(--k-text)' }}
        />
      )}
      {chosen && told && <Told lines={said(chosen)} around={told.around} at={middle(chosen, window, now)} />}
    </div>
  )
})

const UPRIGHT = { position: 'absolute', top: 0, bottom: 0, width: 1 } as const

/** Where the middle of what is seen of a state is, as a share of the window. */
function middle(one: Stretch, { from, to }: Window, now: number): number {
  const [left, right] = [Math.max(one.at, from), Math.min(one.until ?? now, to)]
  return ((left + right) / 2 - from) / (to - from)
}

const ROOM = 60

/** Beside the line, above it where the screen ends; fixed, so that the list does not cut it. */
function Told({ lines, around: place, at }: { lines: string[]; around: DOMRect; at: number }) {
  const below = place.bottom + ROOM < innerHeight
  return (
    <div
      data-testid="shift-told"
      aria-hidden
      style={{
        position: 'fixed',
        zIndex: 10,
        left: Math.min(Math.max(place.left + at * place.width, 130), innerWidth - 170),
        top: below ? place.bottom + 5 : place.top - 5,
        transform: `translate(-50%, ${below ? '0' : '-100%'})`,
        padding: '4px 9px',
        borderRadius: 5,
        background: 'var(--k-text)',
        color: 'var(--k-panel)',
        whiteSpace: 'nowrap',
        pointerEvents: 'none',
      }}
    >
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  )
}
