import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Difference, seconds } from '@/api/types'
import { currentLocale } from '@/i18n'
import { Chip, Moment } from '@/ui/pieces'

const NAMED = ['switch', 'ledger', 'cdr', 'cel', 'problem', 'file', 'number', 'caller', 'outcome'] as const

/** Differences, one a line: what differs, about which contact, in what, and why it went away. */
export function Differences({ rows }: { rows: Difference[] }) {
  const { t } = useTranslation()
  const locale = currentLocale()
  return (
    <table className="k-table k-wrapping">
      <thead>
        <tr>
          <th>{t('reconciliation.seen')}</th>
          <th>{t('reconciliation.what')}</th>
          <th>{t('reconciliation.contact')}</th>
          <th>{t('reconciliation.explained')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.contact} ${row.kind} ${row.first_seen}`} data-testid="difference" data-kind={row.kind}>
            <td>
              <Moment at={seconds(row.first_seen)} />
            </td>
            <td>
              {row.text[locale]}
              <Detail of={row.detail} />
            </td>
            <td>
              <Link to="/journal" search={{ open: row.contact }} className="k-link">
                {row.contact}
              </Link>
            </td>
            <td>
              {row.resolved_at ? (
                <>
                  <Chip tone="good">{row.explanation_text?.[locale] ?? t('reconciliation.gone')}</Chip>{' '}
                  <Moment at={seconds(row.resolved_at)} />
                </>
              ) : (
                <Chip tone="bad">{t('reconciliation.unexplained')}</Chip>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What each witness says. */
function Detail({ of }: { of: Difference['detail'] }) {
  const { t } = useTranslation()
  const said = NAMED.flatMap((name) => {
    const value: unknown = of[name]
    if (value === undefined || value === '') return []
    return [`${t(`days.detail.${name}`)} ${typeof value === 'string' || typeof value === 'number' ? value : '—'}`]
  })
  return said.length > 0 ? <div className="k-quiet">{said.join(' · ')}</div> : null
}
