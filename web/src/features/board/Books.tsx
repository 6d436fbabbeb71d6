import { useTranslation } from 'react-i18next'
import { useCollection } from '@/realtime/live'
import { ServiceLevel } from './ServiceLevel'
import type { Tone } from '@/ui/tone'

const FIGURES: [name: string, tone?: Tone][] = [
  ['offered'],
  ['answered'],
  ['in_menu'],
  ['waiting'],
  ['message_taken'],
  ['owed', 'care'],
  ['recovered'],
  ['lost', 'bad'],
]

/** Today in numbers. Only debts and losses take on a colour, and only when there are any. */
export function Books() {
  const { t } = useTranslation()
  const today = useCollection('books').today
  return (
    <div className="k-figures" aria-label={t('books.title')} role="group" data-testid="books">
      {FIGURES.map(([name, tone]) => {
        const value = today?.[name]
        const toned = tone && typeof value === 'number' && value > 0 ? `k-tone-${tone}` : ''
        return (
          <div key={name} title={t(`books.${name}_hint`)} data-testid={`books-${name}`}>
            <b className={`k-num ${toned}`}>{typeof value === 'number' ? value : '–'}</b>
            <span>{t(`books.${name}`)}</span>
          </div>
        )
      })}
      <ServiceLevel levels={today?.levels} />
    </div>
  )
}
