import { useTranslation } from 'react-i18next'
import { currentLocale } from '@/i18n'
import { said, written } from './figures'
import type { Table } from './queries'

const HEIGHT = 96
const TIMES = ['day', 'week', 'month', 'weekday', 'half_hour']

/** The first column over time as bars; what was abandoned of it is shown in the colour of trouble. */
export function Bars({ table }: { table: Table }) {
  const { t } = useTranslation()
  const locale = currentLocale()
  const values = table.rows.map((row) => row.figures[0]?.value ?? 0)
  const most = Math.max(...values)
  if (!TIMES.includes(table.by) || table.rows.length < 2 || most <= 0) return null
  const lost = table.columns.findIndex((column) => column.id === 'abandoned')
  const width = 100 / values.length
  const first = table.rows[0]
  const last = table.rows[table.rows.length - 1]
  const title = table.columns[0] ? said(table.columns[0].title, locale) : ''
  return (
    <figure className="k-panel k-bars" data-testid="report-bars">
      <svg
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('reports.bars', { what: title, most: written(most, 'count', locale) })}
      >
        {table.rows.map((row, place) => {
          const value = values[place] ?? 0
          const part = lost < 0 ? 0 : (row.figures[lost]?.value ?? 0)
          const high = (HEIGHT * value) / most
          const bad = (HEIGHT * part) / most
          return (
            <g key={row.key.join(' ')}>
              <title>{`${said(row.label, locale)}: ${written(value, table.columns[0]?.kind ?? 'count', locale)}`}</title>
              <rect x={place * width} y={0} width={width} height={HEIGHT} className="k-bar-room" />
              <rect x={(place + 0.1) * width} y={HEIGHT - high} width={width * 0.8} height={high} className="k-bar" />
              {bad > 0 && (
                <rect
                  x={(place + 0.1) * width}
                  y={HEIGHT - bad}
                  width={width * 0.8}
                  height={bad}
                  className="k-bar-lost"
                />
              )}
            </g>
          )
        })}
      </svg>
      <figcaption>
        <span>{first && said(first.label, locale)}</span>
        <span>
          <i className="k-bar-key" /> {title}
          {lost >= 0 && (
            <>
              <i className="k-bar-key" data-lost /> {table.columns[lost] && said(table.columns[lost].title, locale)}
            </>
          )}
          {' · '}
          {t('reports.most', { most: written(most, table.columns[0]?.kind ?? 'count', locale) })}
        </span>
        <span>{last && said(last.label, locale)}</span>
      </figcaption>
    </figure>
  )
}
