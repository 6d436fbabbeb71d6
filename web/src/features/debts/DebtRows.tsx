import { ActionIcon, Checkbox, Menu } from '@mantine/core'
import { IconDotsVertical } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Debt, seconds } from '@/api/types'
import { useMe, useMay } from '@/features/session/session'
import type { DebtRow } from '@/realtime/rows'
import { useNow } from '@/ui/clock'
import { callerName } from '@/ui/format'
import { Chip, Key, Moment, Number } from '@/ui/pieces'
import { CallDebt } from './CallDebt'
import { Deadline } from './Deadline'
import { RESULTS, type Work } from './working'

const FaxLink = lazy(() => import('@/features/fax/FaxLink').then(({ FaxLink }) => ({ default: FaxLink })))

interface Props {
  rows: Debt[]
  status: 'open' | 'closed' | 'any'
  live: Readonly<Record<string, DebtRow>>
  work: Work
  current: string
  onCurrent: (id: string) => void
  /** undefined: nothing may be selected */
  selected: ReadonlySet<string> | undefined
  onSelect: (ids: ReadonlySet<string>) => void
}

export function DebtRows({ rows, status, live, work, current, onCurrent, selected, onSelect }: Props) {
  const { t } = useTranslation()
  const open = status === 'open'
  const all = selected !== undefined && rows.length > 0 && rows.every((row) => selected.has(row.id))
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    onSelect(next)
  }
  return (
    <table className="k-table k-debts">
      <thead>
        <tr>
          {selected && (
            <th className="k-check-cell">
              <Checkbox
                size="xs"
                aria-label={t('book.select_all')}
                checked={all}
                indeterminate={!all && selected.size > 0}
                onChange={() => onSelect(new Set(all ? [] : rows.map((row) => row.id)))}
              />
            </th>
          )}
          <th>{t(open ? 'debts.due' : status === 'closed' ? 'debts.closed_at' : 'debts.since')}</th>
          <th>{t('debts.who')}</th>
          <th>{t('debts.cause')}</th>
          <th>{t(status === 'any' ? 'debts.due' : 'debts.since')}</th>
          <th>{t('debts.owner')}</th>
          <th>{t('debts.tried')}</th>
          {!open && <th>{t('debts.how')}</th>}
          <th aria-label={t('book.actions')} />
        </tr>
      </thead>
      <tbody>
        {rows.map((debt) => (
          <Row
            key={debt.id}
            debt={debt}
            status={status}
            calling={(live[debt.id]?.calling ?? '') !== ''}
            work={work}
            current={current === debt.id}
            onCurrent={() => onCurrent(debt.id)}
            selected={selected?.has(debt.id)}
            onToggle={() => toggle(debt.id)}
          />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  debt: Debt
  status: Props['status']
  calling: boolean
  work: Work
  current: boolean
  onCurrent: () => void
  selected: boolean | undefined
  onToggle: () => void
}

function Row({ debt, status, calling, work, current, onCurrent, selected, onToggle }: RowProps) {
  const { t } = useTranslation()
  const line = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (current) line.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const opened = <Moment at={seconds(debt.opened_at)} />
  const due =
    debt.closed_at === null ? (
      <Deadline at={seconds(debt.due_at)} />
    ) : (
      <Moment at={seconds(status === 'any' ? debt.due_at : debt.closed_at)} />
    )
  return (
    <tr
      ref={line}
      data-testid="debt-row"
      data-debt={debt.id}
      data-current={current || undefined}
      onClick={onCurrent}
      onDoubleClick={() => work.show({ kind: 'story', debt })}
    >
      {selected !== undefined && (
        <td className="k-check-cell">
          <Checkbox size="xs" aria-label={t('book.select')} checked={selected} onChange={onToggle} />
        </td>
      )}
      <td>{status === 'any' ? opened : due}</td>
      <td className="k-cut">
        <Link to="/journal" search={{ open: debt.contact }} className="k-link">
          <Number of={debt.customer || debt.caller} />
        </Link>
        {callerName(debt.caller_name) && <span className="k-quiet"> {debt.caller_name}</span>}
      </td>
      <td className="k-cut" title={t(`cause.${debt.cause}`, debt.cause)}>
        {t(`cause.${debt.cause}`, debt.cause)}
        {debt.fax_pages > 0 && (
          <Suspense>
            {' · '}
            <FaxLink contact={debt.contact} pages={debt.fax_pages} />
          </Suspense>
        )}
        {debt.message && <span className="k-quiet"> · {t('debts.has_message')}</span>}
      </td>
      <td>{status === 'any' ? due : opened}</td>
      <td className="k-cut k-debt-owner">
        {debt.owner_name || debt.owner} <Signs debt={debt} calling={calling} />
      </td>
      <td className="k-cut k-debt-tried">
        <Tried debt={debt} />
      </td>
      {status !== 'open' && (
        <td className="k-cut">
          <Closing debt={debt} />
        </td>
      )}
      <td className="k-actions">
        {debt.closed_at === null && (
          <span>
            <CallDebt id={debt.id} number={debt.customer} calling={calling} />
            <Actions debt={debt} work={work} />
          </span>
        )}
      </td>
    </tr>
  )
}

/** Who works on it, what was promised, whether it is the supervisor's. */
function Signs({ debt, calling }: { debt: Debt; calling: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  const now = useNow()
  if (debt.closed_at !== null) return null
  const held = debt.claimed_until !== null && seconds(debt.claimed_until) > now
  return (
    <>
      {calling && <Chip tone="work">{t('debts.calling')}</Chip>}{' '}
      {held && (
        <Chip tone="work">
          {debt.claimed_by === me.id ? t('book.works_me') : t('book.works', { who: debt.claimed_by_name })}
        </Chip>
      )}{' '}
      {debt.escalated_at && <Chip tone="bad">{t('book.escalated')}</Chip>}{' '}
      {debt.promised_until && (
        <Chip tone="care" title={debt.promised_note}>
          {t('book.promised')} <Moment at={seconds(debt.promised_until)} />
        </Chip>
      )}
    </>
  )
}

function Tried({ debt }: { debt: Debt }) {
  const { t } = useTranslation()
  if (debt.attempts === 0) return <span className="k-quiet">{t('debts.not_tried')}</span>
  const result = debt.last_result ? t(`book.results.${debt.last_result}`, debt.last_result) : ''
  return (
    <span>
      {debt.tries_most > 0
        ? t('book.attempt_of', { tries: debt.tries, most: debt.tries_most })
        : t('debts.attempts', { count: debt.attempts })}
      {debt.last_attempt_at && (
        <span className="k-quiet">
          {' · '}
          {result && `${result}, `}
          <Moment at={seconds(debt.last_attempt_at)} /> {debt.last_attempt_by_name}
        </span>
      )}
    </span>
  )
}

const WELL = ['called_back', 'came_back']

function Closing({ debt }: { debt: Debt }) {
  const { t } = useTranslation()
  if (debt.closed_at === null) return null
  return (
    <span title={debt.reason}>
      <Chip tone={WELL.includes(debt.how) ? 'good' : 'away'}>{t(`how.${debt.how}`, debt.how)}</Chip>{' '}
      <span className="k-quiet">{t(`book.results.${debt.reason}`, debt.reason) || debt.closed_by_name}</span>
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

function Actions({ debt, work }: { debt: Debt; work: Work }) {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon
          variant="default"
          size={28}
          aria-label={t('book.actions')}
          title={t('book.actions')}
          data-testid="debt-actions"
          data-debt={debt.id}
        >
          <IconDotsVertical size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {work.mayTake && (
          <Menu.Item rightSection={<Key>T</Key>} onClick={() => work.take(debt)} data-testid="debt-take">
            {t(work.mine(debt) ? 'book.let_go' : 'book.take')}
          </Menu.Item>
        )}
        {work.mayWork && (
          <>
            <Menu.Item
              rightSection={<Key>P</Key>}
              onClick={() => work.show({ kind: 'postpone', debt })}
              data-testid="debt-postpone"
            >
              {t('book.postpone')}
            </Menu.Item>
            <Menu.Label>{t('book.result')}</Menu.Label>
            {RESULTS.map((result, index) => (
              <Menu.Item
                key={result}
                rightSection={<Key>{index + 1}</Key>}
                onClick={() => work.result(debt, result)}
                data-testid={`debt-result-${result}`}
              >
                {t(`book.results.${result}`)}
              </Menu.Item>
            ))}
            <Menu.Divider />
          </>
        )}
        <Menu.Item
          rightSection={<Key>Enter</Key>}
          onClick={() => work.show({ kind: 'story', debt })}
          data-testid="debt-story"
        >
          {t('book.story')}
        </Menu.Item>
        {may('write_off_debts') && (
          <Menu.Item
            c="var(--k-bad)"
            onClick={() => work.show({ kind: 'write_off', debt })}
            data-testid="debt-write-off"
          >
            {t('debts.write_off')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
