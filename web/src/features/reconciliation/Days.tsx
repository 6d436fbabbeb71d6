import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { currentLocale } from '@/i18n'
import { dayOf } from '@/ui/format'
import { Chip, Empty, Loading, Panel, Trouble } from '@/ui/pieces'
import { Differences } from './Differences'

type Told = components['schemas']['ReconciledDay']
type Cause = components['schemas']['DayCause']

const STEP = 14
const MOST = 84

/** Day by day: what each witness counted, and the cause of every difference. The day that is open is in the address. */
export function Days() {
  const { t } = useTranslation()
  const { open } = useSearch({ from: '/settings' })
  const navigate = useNavigate({ from: '/settings/reconciliation' })
  const [shown, setShown] = useState(STEP)
  const told = useQuery({
    queryKey: ['reconciliation', 'days', shown],
    queryFn: () => must(client.GET('/api/reconciliation/days', { params: { query: { back: shown } } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  const choose = (day: string) => void navigate({ search: day === open ? {} : { open: day }, replace: true })
  if (told.error && !told.data) return <Trouble error={told.error} retry={() => void told.refetch()} />
  if (!told.data) return <Loading />
  const { days, zone } = told.data
  return (
    <Panel
      title={t('days.title')}
      aside={<span className="k-quiet">{t('days.zone', { zone })}</span>}
      flush
      testId="days"
    >
      {days.length === 0 ? (
        <Empty title={t('days.empty')}>{t('days.empty_hint')}</Empty>
      ) : (
        <table className="k-table k-wrapping">
          <thead>
            <tr>
              <th>{t('days.day')}</th>
              <Head name="days.counter" />
              <Head name="reconciliation.cdr" />
              <Head name="reconciliation.switch" />
              <Head name="reconciliation.ledger" />
              <Head name="reconciliation.talked" />
              <Head name="reconciliation.recordings" />
              <th>{t('days.causes')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <DayRow key={day.day} day={day} chosen={day.day === open} onChoose={choose} />
            ))}
          </tbody>
        </table>
      )}
      {days.length > 0 && shown < MOST && (
        <Button variant="subtle" fullWidth loading={told.isFetching} onClick={() => setShown(shown + STEP)}>
          {t('days.earlier')}
        </Button>
      )}
    </Panel>
  )
}

function Head({
  name,
}: {
  name: 'days.counter' | `reconciliation.${'cdr' | 'switch' | 'ledger' | 'talked' | 'recordings'}`
}) {
  const { t } = useTranslation()
  return (
    <th className="k-right" title={t(`${name}_hint`)}>
      {t(name)}
    </th>
  )
}

function DayRow({ day, chosen, onChoose }: { day: Told; chosen: boolean; onChoose: (day: string) => void }) {
  const { t } = useTranslation()
  const others = day.ledger
  const figure = (value: number, against: number) => (
    <td className={`k-right k-num ${value === against ? '' : day.open > 0 ? 'k-tone-bad' : 'k-tone-care'}`}>{value}</td>
  )
  return (
    <tr aria-current={chosen || undefined} data-testid="day" data-day={day.day} data-open={day.open}>
      <td>
        <button type="button" className="k-link" onClick={() => onChoose(day.day)} aria-expanded={chosen}>
          {dayOf(day.day, currentLocale())}
        </button>
      </td>
      {day.counter === null ? <td className="k-right k-quiet">—</td> : figure(day.counter, others)}
      {figure(day.cdr, others)}
      {figure(day.switch, others)}
      <td className="k-right k-num">{day.ledger}</td>
      <td className="k-right k-num">{day.talked}</td>
      {figure(day.recordings, day.talked)}
      <td>
        <Chip tone={day.open > 0 ? 'bad' : 'good'}>
          {day.open > 0 ? t('days.open', { count: day.open }) : t('days.agrees')}
        </Chip>
        {day.causes.map((cause) => (
          <CauseLine key={cause.kind} cause={cause} />
        ))}
      </td>
    </tr>
  )
}

function CauseLine({ cause }: { cause: Cause }) {
  const { t } = useTranslation()
  const counted = [
    cause.open > 0 && t('days.open', { count: cause.open }),
    cause.explained > 0 && t('days.explained', { count: cause.explained }),
  ].filter(Boolean)
  return (
    <div className={cause.open > 0 ? 'k-tone-bad' : 'k-quiet'} data-testid="day-cause" data-kind={cause.kind}>
      {cause.text[currentLocale()]}: {counted.join(', ')}
    </div>
  )
}

/** The differences about the calls of the day that is open. */
export function OfDay() {
  const { t } = useTranslation()
  const { open } = useSearch({ from: '/settings' })
  const navigate = useNavigate({ from: '/settings/reconciliation' })
  const day = open !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(open) ? open : undefined
  const told = useQuery({
    queryKey: ['reconciliation', 'day', day],
    enabled: day !== undefined,
    queryFn: () => must(client.GET('/api/reconciliation/days/{day}', { params: { path: { day: day ?? '' } } })),
    refetchInterval: 30_000,
  })
  if (day === undefined) return null
  return (
    <Panel
      title={t('days.of_day', { day: dayOf(day, currentLocale()) })}
      flush
      testId="of-day"
      aside={
        <Button size="compact-xs" variant="subtle" onClick={() => void navigate({ search: {}, replace: true })}>
          {t('close')}
        </Button>
      }
    >
      {told.error && <Trouble error={told.error} retry={() => void told.refetch()} />}
      {told.isPending && !told.error && <Loading />}
      {told.data?.length === 0 && <Empty title={t('days.none')}>{t('days.none_hint')}</Empty>}
      {told.data && told.data.length > 0 && <Differences rows={told.data} />}
    </Panel>
  )
}
