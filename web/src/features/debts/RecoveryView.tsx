import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecoveryRow } from '@/api/types'
import { currentLocale } from '@/i18n'
import { duration, percent } from '@/ui/format'
import { Empty, Loading, Trouble } from '@/ui/pieces'
import { DebtList } from './DebtList'
import { dayBefore } from './promised'
import { type DebtQuery, type GroupBy, timezone, useRecovery } from './queries'

const GROUPS: readonly GroupBy[] = ['queue', 'project', 'cause', 'agent']
const DAYS = ['1', '7', '30', '90'] as const
const SPEEDS = ['five_minutes', 'twenty_minutes', 'hour', 'day', 'later', 'never'] as const

type Drill = Partial<DebtQuery> & { status: 'open' | 'closed' | 'any' }

/** column → the debts behind its figures */
const COLUMNS: Record<string, Drill> = {
  opened: { status: 'any' },
  owed: { status: 'open' },
  by_us: { status: 'any', how: 'called_back' },
  came_back: { status: 'any', how: 'came_back' },
  ...Object.fromEntries(SPEEDS.map((speed) => [speed, { status: 'any', speed }])),
}
const NAMES = Object.keys(COLUMNS) as (keyof RecoveryRow)[]

/** How many of those whom we owed were served, and how soon; every figure opens the debts behind it. */
export function RecoveryView({ version }: { version: string }) {
  const { t } = useTranslation()
  const [by, setBy] = useState<GroupBy>('queue')
  const [days, setDays] = useState<string>('7')
  const [drill, setDrill] = useState<Drill>()
  const since = dayBefore(Number(days) - 1)
  const until = dayBefore(0)
  const recovery = useRecovery(by, since, until)
  if (drill)
    return (
      <>
        <div className="k-debts-bar">
          <Button variant="default" size="xs" onClick={() => setDrill(undefined)} data-testid="recovery-back">
            {t('book.back')}
          </Button>
        </div>
        <DebtList query={drill} version={version} narrowed={false} onWiden={() => setDrill(undefined)} />
      </>
    )
  const open = (column: string, row?: RecoveryRow) => {
    const days = { opened_since: since, opened_until: until, timezone: timezone() }
    setDrill({ ...(COLUMNS[column] ?? { status: 'any' }), ...days, ...(row ? { [by]: row.key } : {}) })
  }
  const found = recovery.data
  return (
    <>
      <div className="k-debts-bar">
        <span className="k-quiet">{t('recovery.by')}</span>
        <SegmentedControl
          aria-label={t('recovery.by')}
          value={by}
          onChange={(value) => setBy(GROUPS.find((one) => one === value) ?? 'queue')}
          data={GROUPS.map((value) => ({ value, label: t(`recovery.by_${value}`) }))}
          data-testid="recovery-by"
        />
        <span className="k-quiet">{t('recovery.days')}</span>
        <SegmentedControl
          aria-label={t('recovery.days')}
          value={days}
          onChange={setDays}
          data={DAYS.map((value) => ({ value, label: t(`recovery.days_${value}`) }))}
        />
      </div>
      {recovery.error && <Trouble error={recovery.error} retry={() => void recovery.refetch()} />}
      <section className="k-panel k-grow" aria-label={t('book.tab.recovery')} data-testid="recovery">
        <div className="k-body" data-flush tabIndex={0}>
          {recovery.isPending ? (
            <Loading />
          ) : !found || found.total.opened === 0 ? (
            <Empty title={t('recovery.none')}>{t('recovery.none_hint')}</Empty>
          ) : (
            <table className="k-table k-recovery">
              <thead>
                <tr>
                  <th>{t(`recovery.of_${by}`)}</th>
                  {NAMES.map((name) => (
                    <th key={name}>{t(`recovery.${name}`)}</th>
                  ))}
                  <th>{t('recovery.share')}</th>
                  <th>{t('recovery.median')}</th>
                </tr>
              </thead>
              <tbody>
                {found.rows.map((row) => (
                  <Line key={row.key} row={row} by={by} onOpen={(column) => open(column, row)} />
                ))}
              </tbody>
              <tfoot>
                <Line row={found.total} by={by} whole onOpen={(column) => open(column)} />
              </tfoot>
            </table>
          )}
        </div>
      </section>
      <div className="k-debts-keys">{t('recovery.formula')}</div>
    </>
  )
}

interface LineProps {
  row: RecoveryRow
  by: GroupBy
  whole?: boolean
  onOpen: (column: string) => void
}

function Line({ row, by, whole, onOpen }: LineProps) {
  const { t } = useTranslation()
  const name = whole
    ? t('recovery.total')
    : row.key === ''
      ? t(`recovery.none_${by}`)
      : by === 'cause'
        ? t(`cause.${row.key}`, row.key)
        : row.name
  // an empty key cannot be asked for: its debts are among those of the whole
  const opens = whole === true || row.key !== ''
  return (
    <tr>
      <td className="k-cut">{name}</td>
      {NAMES.map((column) => (
        <td key={column} className="k-num">
          {row[column] === 0 ? (
            <span className="k-quiet">0</span>
          ) : opens ? (
            <button type="button" onClick={() => onOpen(column)} aria-label={`${name}, ${t(`recovery.${column}`)}`}>
              {row[column]}
            </button>
          ) : (
            row[column]
          )}
        </td>
      ))}
      <td className="k-num">{percent(row.recovered_share, currentLocale())}</td>
      <td className="k-num">{row.median_seconds === null ? '–' : duration(row.median_seconds)}</td>
    </tr>
  )
}
