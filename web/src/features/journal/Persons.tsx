import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { Chip, Empty, Loading, Moment, Number, Trouble } from '@/ui/pieces'
import { usePersons } from './contacts'
import type { Filters } from './filters'

/** Who had the contacts of the journal, who came last first: to the card by the name, to the contacts by their count. */
export function Persons({ filters }: { filters: Filters }) {
  const { t } = useTranslation()
  const { data, error, isPending, refetch } = usePersons(filters)
  if (error) return <Trouble error={error} retry={() => void refetch()} />
  if (isPending) return <Loading />
  if (data.items.length === 0)
    return <Empty title={t('journal.nothing_found')}>{t('journal.nothing_found_hint')}</Empty>
  return (
    <div className="k-persons">
      <table className="k-table" data-testid="journal-persons">
        <thead>
          <tr>
            <th>{t('journal.who')}</th>
            <th>{t('journal.person_number')}</th>
            <th className="k-num">{t('journal.contacts_of')}</th>
            <th>{t('journal.last_of')}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((one) => (
            <tr key={one.id} data-testid="journal-person" data-customer={one.id}>
              <td>
                <Link to="/customers" search={{ open: one.id }}>
                  {one.name || t('hand.card')}
                </Link>{' '}
                {one.vip && <Chip>{t('hand.vip')}</Chip>}
              </td>
              <td>
                <Number of={one.number} />
              </td>
              <td className="k-num">
                <Link to="/journal" search={{ ...filters, by: undefined, text: one.number }}>
                  {one.contacts}
                </Link>
              </td>
              <td>
                <Link to="/journal" search={{ ...filters, open: one.last_contact }}>
                  <Moment at={seconds(one.last_at)} />
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.customers > data.items.length && (
        <p className="k-hint">{t('journal.shown_of', { shown: data.items.length, all: data.customers })}</p>
      )}
      {data.nameless > 0 && <p className="k-hint">{t('journal.nameless', { count: data.nameless })}</p>}
    </div>
  )
}
