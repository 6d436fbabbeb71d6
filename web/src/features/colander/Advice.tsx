import { useTranslation } from 'react-i18next'
import { Empty } from '@/ui/pieces'
import { useNumbers } from './money'
import type { Picture } from './queries'

/** What would close the holes; of one place when it is given. */
export function Advice({ picture, place }: { picture: Picture; place?: string }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const places = new Map<string, string>(picture.places.map((one) => [one.place, numbers.text(one.text)]))
  const shown = picture.advice.filter((one) => place === undefined || one.place === place)
  if (shown.length === 0) return <Empty title={t('insights.no_advice')}>{t('insights.no_advice_hint')}</Empty>
  return (
    <ul className="k-advice" data-testid="advice">
      {shown.map((one, index) => (
        <li key={`${one.rule} ${index}`}>
          {place === undefined && <b>{places.get(one.place)}</b>}
          <span className="k-grow">{numbers.text(one.text)}</span>
          {one.money !== null && (
            <span className="k-num k-tone-good">{numbers.money(one.money, picture.currency)}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
