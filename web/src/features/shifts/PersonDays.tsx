import { SegmentedControl } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '@/api/generated/schema'
import type { Days } from '@/features/reports/search'
import { callerName, duration } from '@/ui/format'
import { useNow } from '@/ui/clock'
import { Chip, Empty, Loading, Number, Trouble } from '@/ui/pieces'
import { breaksOf, type Mark, sumsOf, toneOf } from './line'
import { useCard } from './queries'
import { clock, dayName, reasonSaid, shortClock, stateSaid, whatSaid } from './said'

type Schemas = components['schemas']
type Card = Schemas['ShiftCard']
type Day = Schemas['ShiftDay']

/** so many are drawn; the file has all of them */
const SHOWN = 1000

/** One person, state by state: one day of the period, with the contacts of that time. */
export function PersonDays({ agent, days, today }: { agent: string; days: Days; today: string }) {
  const { t } = useTranslation()
  const card = useCard(agent, days, days.first <= today && today <= days.last)
  const [chosen, setChosen] = useState<string>()
  if (card.error) return <Trouble error={card.error} retry={() => void card.refetch()} />
  if (!card.data) return <Loading />
  const told = card.data.days
  const day = told.find((one) => one.day === chosen) ?? told.filter((one) => one.came_at).at(-1) ?? told.at(-1)
  return (
    <div className="k-column" style={{ height: 'auto' }} data-testid="shift-card">
      {told.length > 1 && (
        <SegmentedControl
          aria-label={t('shifts.day')}
          value={day?.day ?? ''}
          onChange={setChosen}
          data={told.map((one) => ({ value: one.day, label: dayName(noon(one.day), 'UTC') }))}
        />
      )}
      {day ? <OneDay card={card.data} day={day} /> : <Empty title={t('shifts.nobody')} />}
    </div>
  )
}

const noon = (day: string) => Date.parse(`${day}T12:00:00Z`) / 1000

function OneDay({ card, day }: { card: Card; day: Day }) {
  const { t } = useTranslation()
  const { zone } = card
  const sums = sumsOf(day.spent)
  const breaks = breaksOf(day.spent)
  if (!day.came_at && day.marks.length === 0) return <Empty title={t('shifts.absent')}>{t('shifts.absent_hint')}</Empty>
  const rows = [...day.states.filter((one) => one.state !== 'offline'), ...day.marks].sort((a, b) => a.at - b.at)
  const figures = [
    ['came', day.came_at ? (day.from_before ? t('shifts.before') : at(day.came_at, zone)) : '–'],
    ['left', day.left_at ? at(day.left_at, zone) : day.came_at ? t('shifts.not_left') : '–'],
    ['on_shift', duration(sums.on_shift)],
    ['calls', duration(sums.calls)],
    ['break', duration(sums.break)],
  ] as const
  return (
    <>
      <div className="k-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <b style={{ fontSize: 16 }}>{value}</b>
            <span>{t(`shifts.${name}`)}</span>
          </div>
        ))}
      </div>
      {breaks.length > 0 && (
        <p className="k-quiet" style={{ margin: 0 }}>
          {breaks
            .map((one) => `${one.reason ? reasonSaid(t, one.reason) : t('shifts.no_reason')}: ${duration(one.seconds)}`)
            .join(' · ')}
        </p>
      )}
      <p style={{ margin: 0 }}>
        <Link
          to="/journal"
          search={{
            agent: card.agent,
            more: { from: moment(day, 'first'), to: moment(day, 'last') },
            why: t('shifts.contacts_of', { name: card.name }),
          }}
          className="k-link"
          data-testid="shift-contacts"
        >
          {t('shifts.all_contacts')}
        </Link>
      </p>
      <table className="k-table k-wrapping">
        <thead>
          <tr>
            <th>{t('shifts.since')}</th>
            <th>{t('shifts.until')}</th>
            <th className="k-right">{t('shifts.lasted')}</th>
            <th>{t('shifts.state')}</th>
            <th>{t('shifts.contact')}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .slice(0, SHOWN)
            .map((one, place) =>
              'what' in one ? (
                <Happened key={place} mark={one} zone={zone} />
              ) : (
                <State key={place} one={one} card={card} />
              ),
            )}
        </tbody>
      </table>
      {rows.length > SHOWN && <p className="k-quiet">{t('shifts.shown', { shown: SHOWN, count: rows.length })}</p>}
    </>
  )
}

const at = (iso: string, zone: string) => shortClock(Date.parse(iso) / 1000, zone)

/** From the first state of the day to the end of the last, as the journal is narrowed. */
function moment(day: Day, end: 'first' | 'last'): string {
  const one = end === 'first' ? day.states[0] : day.states.at(-1)
  const value = end === 'first' ? one?.at : one?.until
  return new Date(value ? value * 1000 : Date.now()).toISOString()
}

function Happened({ mark, zone }: { mark: Mark; zone: string }) {
  const { t } = useTranslation()
  return (
    <tr data-testid="shift-happened">
      <td className="k-num">{clock(mark.at, zone)}</td>
      <td colSpan={4}>
        <Chip tone={mark.what.startsWith('break_') ? 'bad' : 'away'}>{whatSaid(t, mark)}</Chip>
      </td>
    </tr>
  )
}

function State({ one, card }: { one: Schemas['ShiftState']; card: Card }) {
  const { t } = useTranslation()
  const contact = card.contacts[one.contact]
  return (
    <tr data-testid="shift-state" data-state={one.state}>
      <td className="k-num">{clock(one.at, card.zone)}</td>
      <td className="k-num">
        {one.until === null ? <span className="k-quiet">{t('shifts.now')}</span> : clock(one.until, card.zone)}
      </td>
      <td className="k-right k-num">
        {one.until === null ? <Growing since={one.at} /> : duration(one.until - one.at)}
      </td>
      <td>
        <Chip tone={toneOf(one.state)}>{stateSaid(t, one)}</Chip>
      </td>
      <td>
        {contact && (
          <Link to="/journal" search={{ open: one.contact }} className="k-link" data-testid="shift-contact">
            <Number of={contact.person} /> {callerName(contact.name)}
          </Link>
        )}
      </td>
    </tr>
  )
}

function Growing({ since }: { since: number }) {
  const now = useNow()
  return <>{duration(Math.max(0, now - since))}</>
}
