import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inJournal } from './journal'
import { useNumbers } from './money'
import type { Chosen, Hole, Picture, Place } from './queries'

interface Props {
  picture: Picture
  /** whose books these are: then every count opens its contacts; of foreign logs there are none to open */
  books?: Chosen
  chosen?: string
  onChoose?: (place: Place['place']) => void
}

/** The picture as a table. */
export function Holes({ picture, books, chosen, onChoose }: Props) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const counted = (holes: Hole['hole'][], text: Place['text'], count: number) =>
    books && count > 0 ? (
      <Link to="/journal" search={inJournal(books, holes, numbers.text(text))} data-testid={`hole-${holes.join('-')}`}>
        {numbers.count(count)}
      </Link>
    ) : (
      numbers.count(count)
    )
  return (
    <table className="k-table k-wrapping">
      <caption className="k-hidden">{t('insights.picture')}</caption>
      <thead>
        <tr>
          <th>{t('insights.where')}</th>
          <th className="k-right">{t('insights.contacts')}</th>
          {onChoose && <th className="k-right">{t('insights.back')}</th>}
          {onChoose && <th className="k-right">{t('insights.owed_short')}</th>}
        </tr>
      </thead>
      <tbody>
        {picture.places.flatMap((place) => [
          <tr key={place.place} aria-current={chosen === place.place || undefined}>
            <td>
              {onChoose ? (
                <button type="button" className="k-link" onClick={() => onChoose(place.place)}>
                  {numbers.text(place.text)}
                </button>
              ) : (
                numbers.text(place.text)
              )}
            </td>
            <td className="k-right k-num">
              {place.told
                ? counted(
                    place.holes.map((hole) => hole.hole),
                    place.text,
                    place.contacts,
                  )
                : '—'}
            </td>
            {onChoose && <td className="k-right k-num">{numbers.count(place.recovered)}</td>}
            {onChoose && <td className="k-right k-num">{numbers.count(place.owed)}</td>}
          </tr>,
          ...(place.holes.length > 1
            ? place.holes.map((hole) => (
                <tr key={hole.hole} className="k-quiet">
                  <td style={{ paddingLeft: 24, whiteSpace: 'normal' }}>{numbers.text(hole.text)}</td>
                  <td className="k-right k-num">{counted([hole.hole], hole.text, hole.contacts)}</td>
                  {onChoose && <td className="k-right k-num">{numbers.count(hole.recovered)}</td>}
                  {onChoose && <td className="k-right k-num">{numbers.count(hole.owed)}</td>}
                </tr>
              ))
            : []),
        ])}
      </tbody>
    </table>
  )
}
