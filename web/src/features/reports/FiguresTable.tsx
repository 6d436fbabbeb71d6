import { SegmentedControl } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { currentLocale } from '@/i18n'
import { phoneNumber } from '@/ui/format'
import { change, groupsOf, said, written } from './figures'
import { openedBy, type Row, type Table } from './queries'

/** so many stand side by side in the narrowest window that we promise */
const MOST_COLUMNS = 13

interface Props {
  table: Table
  /** which group of columns is shown where all do not fit */
  part: number
  onPart: (part: number) => void
}

/** Every figure is a way to the contacts behind it, where there are any. */
export function FiguresTable({ table, part, onPart }: Props) {
  const { t } = useTranslation()
  const locale = currentLocale()
  const groups = groupsOf(table.columns, locale)
  const headed = groups.length > 1
  const parted = headed && table.columns.length > MOST_COLUMNS
  const shown = groups[part] ? part : 0
  // where the window is wide the style shows what is marked as away, too
  const places: Place[] = groups.flatMap((group, number) =>
    group.columns.map((_, at) => ({ away: parted && number !== shown, starts: headed && number > 0 && at === 0 })),
  )
  return (
    <section className="k-column k-parted" aria-label={said(table.report.title, locale)}>
      {parted && (
        <SegmentedControl
          aria-label={t('reports.part')}
          value={String(shown)}
          onChange={(value) => onPart(Number(value))}
          data={groups.map((group, number) => ({ value: String(number), label: group.title }))}
          data-testid="report-part"
        />
      )}
      <div className="k-panel k-grow k-scroll" tabIndex={0} data-testid="report-table">
        <table className="k-figures-table" data-parted={parted || undefined}>
          <thead>
            {headed && (
              <tr className="k-figures-groups">
                <td />
                {groups.map((group, number) => (
                  <th
                    key={group.title}
                    scope="colgroup"
                    colSpan={group.columns.length}
                    data-away={(parted && number !== shown) || undefined}
                    data-starts={number > 0 || undefined}
                  >
                    {group.title}
                  </th>
                ))}
              </tr>
            )}
            <tr>
              <th scope="col">{t(`reports.head.${table.by}`)}</th>
              {table.columns.map((column, at) => (
                <th key={column.id} scope="col" title={said(column.note, locale) || undefined} {...marks(places[at])}>
                  {said(column.title, locale)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Line table={table} row={table.total} places={places} total />
            {table.rows.map((row) => (
              <Line key={row.key.join(' ')} table={table} row={row} places={places} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

interface Place {
  away: boolean
  starts: boolean
}

function marks(place: Place | undefined) {
  return { 'data-away': place?.away || undefined, 'data-starts': place?.starts || undefined }
}

function Line({ table, row, places, total }: { table: Table; row: Row; places: Place[]; total?: boolean }) {
  const locale = currentLocale()
  const label = said(row.label, locale)
  return (
    <tr data-total={total || undefined} data-testid={total ? 'report-total' : 'report-row'}>
      <th scope="row">{table.by === 'number' && !total ? phoneNumber(label) : label}</th>
      {table.columns.map((column, at) => (
        <td key={column.id} data-nothing={!row.figures[at]?.value || undefined} {...marks(places[at])}>
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
