import { useTranslation } from 'react-i18next'
import { FALL, fallOf, type Hole, holesOf, streamOf, THICK, TOP, WALL, WIDTH } from './geometry'
import { useNumbers } from './money'
import type { Picture, Place } from './queries'
import './colander.css'

interface Props {
  picture: Picture
  chosen?: string
  onChoose?: (place: Place['place']) => void
}

/** The signature picture: the stream from the line to a person, and what runs out of the colander on the way. */
export function Stream({ picture, chosen, onChoose }: Props) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const holes = holesOf(
    picture.arrived,
    picture.places.map((place) => place.contacts),
  )
  const last = holes.at(-1)?.after ?? TOP + THICK
  const aside = [
    [picture.self_served, 'insights.self_served'],
    [picture.under_way, 'insights.under_way'],
    [picture.blocked, 'insights.blocked'],
  ] as const
  return (
    <svg className="k-stream" viewBox={`0 0 ${WIDTH} 372`} role="group" aria-label={t('insights.picture')}>
      <defs>
        <linearGradient id="k-water" x1="0" x2="1">
          <stop offset="0" className="k-water-from" stopOpacity="0" />
          <stop offset="0.05" className="k-water-from" />
          <stop offset="0.96" className="k-water-to" />
          <stop offset="1" className="k-water-to" stopOpacity="0" />
        </linearGradient>
        <clipPath id="k-water-clip">
          <path d={streamOf(holes)} />
        </clipPath>
      </defs>
      {holes.map((hole, index) => hole.half > 0 && <path key={index} className="k-fall" d={fallOf(hole)} />)}
      <path d={streamOf(holes)} fill="url(#k-water)" />
      <g clipPath="url(#k-water-clip)" aria-hidden>
        {[0.2, 0.42, 0.63, 0.84].map((part) => (
          <line key={part} className="k-current" x1="90" x2="1110" y1={TOP + THICK * part} y2={TOP + THICK * part} />
        ))}
      </g>
      <Wall holes={holes} />
      <g className="k-stream-end" textAnchor="end">
        <text x="84" y={TOP + THICK / 2} className="k-stream-big">
          {numbers.count(picture.arrived)}
        </text>
        <text x="84" y={TOP + THICK / 2 + 19}>
          {t('insights.from_line')}
        </text>
      </g>
      <g className="k-stream-end">
        <text x="1116" y={(TOP + last) / 2 - 6} className="k-stream-big" data-good>
          {numbers.count(picture.reached)}
        </text>
        <text x="1116" y={(TOP + last) / 2 + 13}>
          {t('insights.reached')}
        </text>
        <text x="1116" y={(TOP + last) / 2 + 30}>
          {numbers.share(picture.reached, picture.arrived)}
        </text>
        {aside
          .filter(([count]) => count > 0)
          .map(([count, words], index) => (
            <text key={words} x="1190" y={WALL + 30 + 16 * index} textAnchor="end" className="k-stream-small">
              {t(words)}: {numbers.count(count)}
            </text>
          ))}
      </g>
      {picture.places.map((place, index) => (
        <PlaceMark
          key={place.place}
          place={place}
          hole={holes[index] as Hole}
          currency={picture.currency}
          chosen={chosen === place.place}
          onChoose={onChoose}
        />
      ))}
    </svg>
  )
}

/** The colander's metal: perforated, closed where nothing leaks. */
function Wall({ holes }: { holes: readonly Hole[] }) {
  const dots = Array.from({ length: 84 }, (_, index) => 102 + index * 12)
  const open = (x: number) => holes.some((hole) => hole.half > 0 && Math.abs(hole.x - x) < hole.half + 9)
  return (
    <g aria-hidden>
      <rect className="k-stream-wall" x="92" y={WALL - 5} width="1016" height="10" rx="5" />
      {dots
        .filter((x) => !open(x))
        .map((x) => (
          <circle key={x} className="k-pore" cx={x} cy={WALL} r="1.6" />
        ))}
      {holes.map(
        (hole) =>
          hole.half > 0 && (
            <g key={hole.x}>
              <rect className="k-gap" x={hole.x - hole.half - 4} y={WALL - 6} width={hole.half * 2 + 8} height="12" />
              <rect className="k-fall" x={hole.x - hole.half} y={WALL - 7} width={hole.half * 2} height="14" />
            </g>
          ),
      )}
    </g>
  )
}

interface MarkProps {
  place: Place
  hole: Hole
  currency: string
  chosen: boolean
  onChoose?: (place: Place['place']) => void
}

function PlaceMark({ place, hole, currency, chosen, onChoose }: MarkProps) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const name = numbers.text(place.text)
  const [first = '', ...rest] = name.split(' ')
  const lines = rest.length > 0 ? [first, rest.join(' ')] : [first]
  const leaks = place.contacts > 0
  const said = place.told
    ? t(onChoose ? 'insights.hole_said' : 'insights.hole_leaked', {
        place: name,
        count: place.contacts,
        recovered: place.recovered,
      })
    : t('insights.untold', { place: name })
  // a button is named by what is written on it, so that it can be called by that; a picture by what it tells
  const pressed = onChoose && {
    role: 'button',
    'aria-description': said,
    tabIndex: 0,
    'aria-pressed': chosen,
    onClick: () => onChoose(place.place),
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      onChoose(place.place)
    },
  }
  return (
    <g
      className="k-place"
      data-leaks={leaks}
      data-chosen={chosen}
      {...(!onChoose && { role: 'img', 'aria-label': said })}
      data-testid={`place-${place.place}`}
      {...pressed}
    >
      <rect className="k-place-ground" x={hole.x - 54} y={WALL + 12} width="108" height="164" rx="7" />
      {leaks && <circle className="k-drop" cx={hole.x} cy={FALL + 6} r={Math.max(2.6, Math.min(6, hole.half))} />}
      {!leaks && <circle className={place.told ? 'k-rivet' : 'k-rivet k-unknown'} cx={hole.x} cy={WALL} r="5.5" />}
      <text x={hole.x} y={FALL + 40} className="k-place-count">
        {place.told ? numbers.count(place.contacts) : '?'}
      </text>
      <text x={hole.x} y={FALL + 58} className="k-place-money">
        {leaks && place.money !== null ? numbers.money(place.money, currency) : '\u00a0'}
      </text>
      {lines.map((line, index) => (
        <text key={line} x={hole.x} y={FALL + 78 + 15 * index} className="k-place-name">
          {line}
        </text>
      ))}
    </g>
  )
}
