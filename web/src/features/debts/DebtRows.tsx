import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Debt, seconds } from '@/api/types'
import { useMay } from '@/features/session/session'
import { callerName } from '@/ui/format'
import { Chip, Moment, Number } from '@/ui/pieces'
import { CallDebt } from './CallDebt'
import { Deadline } from './Deadline'
import { WriteOff } from './WriteOff'

export function DebtRows({ rows, status }: { rows: Debt[]; status: 'open' | 'closed' }) {
  const { t } = useTranslation()
  const [leaving, setLeaving] = useState<Debt>()
  const open = status === 'open'
  return (
    <>
      <table className="k-table">
        <thead>
          <tr>
            <th>{t(open ? 'debts.due' : 'debts.closed_at')}</th>
            <th>{t('debts.who')}</th>
            <th>{t('debts.cause')}</th>
            <th>{t('debts.since')}</th>
            <th>{t('debts.owner')}</th>
            <th>{t(open ? 'debts.tried' : 'debts.how')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map((debt) => (
            <tr key={debt.id} data-testid="debt-row" data-debt={debt.id}>
              <td>
                {debt.closed_at ? <Moment at={seconds(debt.closed_at)} /> : <Deadline at={seconds(debt.due_at)} />}
              </td>
              <td className="k-cut">
                <Link to="/journal" search={{ open: debt.contact }} className="k-link">
                  <Number of={debt.customer || debt.caller} />
                </Link>
                {callerName(debt.caller_name) && <span className="k-quiet"> {debt.caller_name}</span>}
              </td>
              <td className="k-cut">
                {t(`cause.${debt.cause}`, debt.cause)}
                {debt.message && <span className="k-quiet"> · {t('debts.has_message')}</span>}
              </td>
              <td>
                <Moment at={seconds(debt.opened_at)} />
              </td>
              <td className="k-cut">{debt.owner_name || debt.owner}</td>
              <td className="k-cut">{open ? <Tried debt={debt} /> : <Closing debt={debt} />}</td>
              <td className="k-right">{open && <Actions debt={debt} onLeave={() => setLeaving(debt)} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <WriteOff debt={leaving} onClose={() => setLeaving(undefined)} />
    </>
  )
}

function Tried({ debt }: { debt: Debt }) {
  const { t } = useTranslation()
  if (debt.attempts === 0) return <span className="k-quiet">{t('debts.not_tried')}</span>
  return (
    <span>
      {t('debts.attempts', { count: debt.attempts })}
      {debt.last_attempt_at && (
        <span className="k-quiet">
          {' · '}
          <Moment at={seconds(debt.last_attempt_at)} /> {debt.last_attempt_by_name}
        </span>
      )}
    </span>
  )
}

function Closing({ debt }: { debt: Debt }) {
  const { t } = useTranslation()
  return (
    <span title={debt.reason}>
      <Chip tone={debt.how === 'written_off' ? 'away' : 'good'}>{t(`how.${debt.how}`, debt.how)}</Chip>{' '}
      <span className="k-quiet">{debt.reason || debt.closed_by_name}</span>
      {debt.closing_contact && (
        <>
          {' '}
          <Link to="/journal" search={{ open: debt.closing_contact }} className="k-link">
            {t('debts.closing')}
          </Link>
        </>
      )}
    </span>
  )
}

function Actions({ debt, onLeave }: { debt: Debt; onLeave: () => void }) {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <span style={{ display: 'inline-flex', gap: 6 }}>
      {may('write_off_debts') && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onLeave} data-testid="debt-write-off">
          {t('debts.write_off')}
        </Button>
      )}
      <CallDebt id={debt.id} number={debt.customer} />
    </span>
  )
}
