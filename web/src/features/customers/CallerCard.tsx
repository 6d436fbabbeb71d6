import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Chip } from '@/ui/pieces'
import { useCaller } from './queries'

/** Who is on the line, by the card: shown while it rings, from the first moment. */
export function CallerCard({ number, contact }: { number: string; contact: string }) {
  const { t } = useTranslation()
  const { data } = useCaller(number, contact)
  const customer = data?.customer
  if (!customer) return null
  return (
    <div className="k-hand-facts" data-testid="caller-card" style={{ padding: '6px 16px 0' }}>
      <Link className="k-link" to="/customers" search={{ open: customer.id }}>
        {t('hand.card')}
      </Link>
      {customer.vip && <Chip>{t('hand.vip')}</Chip>}
      {customer.company_name && <span>{customer.company_name}</span>}
      {customer.language && <span>{customer.language.toUpperCase()}</span>}
      {customer.tags.length > 0 && <span className="k-quiet">{customer.tags.join(', ')}</span>}
      {data.last_note && <span className="k-cut">{data.last_note.text}</span>}
    </div>
  )
}
