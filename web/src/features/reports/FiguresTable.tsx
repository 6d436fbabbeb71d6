import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { currentLocale } from '@/i18n'
import { phoneNumber } from '@/ui/format'
import { change, said, written } from './figures'
import { openedBy, type Row, type Table } from './queries'

/** Every figure is a way to the contacts behind it, where there are any. */
export function FiguresTable({ table }: { table: Table }) {
  const { t } = useTranslation()
  const locale = currentLocale()
  return (
    <section
      className="k-panel k-grow k-scroll"
      aria-label={said(table.report.title, locale)}
      tabIndex={0}
      data-testid="report-table"
    >
      <table className="k-figures-table">
        <thead>
          <tr>
            <th scope="col">{t(`reports.dimension.${table.by}`)}</th>
            {table.columns.map((column) => (
              <th key={column.id} scope="col" title={said(column.note, locale) || undefined}>
                {said(column.title, locale)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Line table={table} row={table.total} total />
          {table.rows.map((row) => (
            <Line key={row.key.join(' ')} table={table} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Line({ table, row, total }: { table: Table; row: Row; total?: boolean }) {
  const locale = currentLocale()
  const label = said(row.label, locale)
  return (
    <tr data-total={total || undefined} data-testid={total ? 'report-total' : 'report-row'}>
      <th scope="row">{table.by === 'number' && !total ? phoneNumber(label) : label}</th>
      {table.columns.map((column, at) => (
        <td key={column.id} data-nothing={!row.figures[at]?.value || undefined}>
          <Cell table={table} row={row} at={at} />
        </td>
      ))}
    </tr>
  )
}

function Cell({ table, row, at }: { table: Table; row: Row; at: number }) {
  const locale = currentLocale()
  const column = table.columns[at]
  const figure = row.figures[at]
  if (!column || !figure) return null
  const opened = figure.value ? openedBy(table, row, at) : undefined
  const text = written(figure.value, column.kind, locale)
  const changed = change(figure.value, figure.before, column, locale)
  const why = `${said(table.report.title, locale)} · ${said(row.label, locale)} · ${said(column.title, locale)}`
  return (
    <>
      {opened ? (
        <Link to="/journal" search={{ more: opened, why }} data-testid="figure">
          {text}
        </Link>
      ) : (
        text
      )}
      {changed && (
        <small data-tone={changed.tone} title={written(figure.before ?? null, column.kind, locale)}>
          {changed.text}
        </small>
      )}
    </>
  )
}
