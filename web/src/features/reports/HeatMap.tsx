import { SegmentedControl } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLocale } from '@/i18n'
import { said, written } from './figures'
import { openedBy, type Table } from './queries'

const COLUMNS = 48

/** Weekday × half-hour. One stop for the Tab key; arrows walk, Enter opens the contacts of a cell. */
export function HeatMap({ table }: { table: Table }) {
  const { t } = useTranslation()
  const locale = currentLocale()
  const [shown, setShown] = useState(table.columns[0]?.id ?? '')
  const [at, setAt] = useState(20)
  const grid = useRef<HTMLDivElement>(null)
  const place = Math.max(
    0,
    table.columns.findIndex((column) => column.id === shown),
  )
  const column = table.columns[place]
  if (!column) return null
  const values = table.rows.map((row) => row.figures[place]?.value ?? 0)
  const most = Math.max(...values, 0)
  // where a few people call, a share means little: the way in is always that of the column that counts them
  const opens = column.opens === null ? 0 : place
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = Math.min(table.rows.length - 1, Math.max(0, at + step))
    setAt(next)
    grid.current?.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus()
  }
  const current = table.rows[at]
  return (
    <section className="k-panel k-grow k-heat" aria-label={said(table.report.title, locale)} data-testid="report-heat">
      <SegmentedControl
        aria-label={t('reports.shown')}
        value={column.id}
        onChange={setShown}
        data={table.columns.map((one) => ({ value: one.id, label: said(one.title, locale) }))}
      />
      <div className="k-heat-grid" ref={grid} onKeyDown={walk} role="group" aria-label={t('reports.heat')}>
        <span />
        {Array.from({ length: 24 }, (_, hour) => (
          <span key={hour} className="k-heat-hour">
            {String(hour).padStart(2, '0')}
          </span>
        ))}
        {Array.from({ length: 7 }, (_, day) => [
          <span key={`day-${day}`} className="k-heat-day">
            {t(`reports.weekday.${day + 1}`)}
          </span>,
          ...table.rows.slice(day * COLUMNS, (day + 1) * COLUMNS).map((row, half) => {
            const number = day * COLUMNS + half
            const value = values[number] ?? 0
            const opened = value ? openedBy(table, row, opens) : undefined
            const label = `${said(row.label, locale)}: ${said(column.title, locale)} ${written(value, column.kind, locale)}`
            const common = {
              className: 'k-heat-cell',
              'data-place': number,
              'data-bad': column.good === 'less' || undefined,
              style: { '--k-heat': most > 0 ? Math.pow(value / most, 0.7) : 0 } as React.CSSProperties,
              tabIndex: number === at ? 0 : -1,
              'aria-label': label,
              title: label,
              onFocus: () => setAt(number),
              onMouseEnter: () => setAt(number),
            }
            return opened ? (
              <Link key={number} to="/journal" search={{ more: opened, why: label }} {...common} />
            ) : (
              <span key={number} role="img" {...common} />
            )
          }),
        ])}
      </div>
      {current && (
        <dl className="k-heat-told" aria-live="polite">
          <dt>{said(current.label, locale)}</dt>
          {table.columns.map((one, index) => (
            <dd key={one.id}>
              {said(one.title, locale)} <b>{written(current.figures[index]?.value ?? null, one.kind, locale)}</b>
            </dd>
          ))}
        </dl>
      )}
      <dl className="k-heat-told">
        <dt>{said(table.total.label, locale)}</dt>
        {table.columns.map((one, index) => (
          <dd key={one.id}>
            {said(one.title, locale)} <b>{written(table.total.figures[index]?.value ?? null, one.kind, locale)}</b>
          </dd>
        ))}
      </dl>
    </section>
  )
}
