import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { currentLocale } from '@/i18n'
import { duration, percent } from '@/ui/format'
import { Empty, Loading, Trouble } from '@/ui/pieces'
import { OwnFigures } from './OwnFigures'

type Day = components['schemas']['Day']
type AgentDay = components['schemas']['AgentDay']

function useDay() {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return useQuery({
    queryKey: ['contacts', 'day', timezone],
    queryFn: () => must(client.GET('/api/agents/me/day', { params: { query: { timezone } } })),
    refetchInterval: 60_000,
  })
}

const time = (value: number | null) => (value === null ? '–' : duration(value))

/** My figures since midnight, beside the middle of all and everybody by name. */
export function MyDay() {
  const { t } = useTranslation()
  const day = useDay()
  if (day.isPending) return <Loading />
  if (!day.data) return <Trouble error={day.error} retry={() => void day.refetch()} />
  return (
    <div data-testid="my-day">
      <Figures day={day.data} />
      {day.data.peers.length === 0 ? (
        <Empty title={t('operator.day.alone')}>{t('operator.day.alone_hint')}</Empty>
      ) : (
        <Everybody day={day.data} />
      )}
      <OwnFigures />
    </div>
  )
}

function Figures({ day }: { day: Day }) {
  const { t } = useTranslation()
  const { mine } = day
  const rows: [string, string, string][] = [
    ['talks', String(mine.talks), day.talks_middle === null ? '–' : String(Math.round(day.talks_middle))],
    ['talk_average', time(mine.talk_average), time(day.talk_average_middle)],
    ['hold_average', time(mine.hold_average), ''],
    ['missed', String(mine.missed), ''],
    ['recovered', String(mine.recovered), ''],
    ['classified', percent(mine.talks > 0 ? mine.classified / mine.talks : null, currentLocale()), ''],
  ]
  return (
    <dl className="k-day">
      {rows.map(([name, value, middle]) => (
        <div key={name}>
          <dt>{t(`operator.day.${name}`)}</dt>
          <dd className="k-num">{value}</dd>
          <dd className="k-quiet k-num">{middle && t('operator.day.middle', { value: middle })}</dd>
        </div>
      ))}
    </dl>
  )
}

function Everybody({ day }: { day: Day }) {
  const { t } = useTranslation()
  const rows: AgentDay[] = [...day.peers, day.mine].sort((a, b) => b.talks - a.talks || a.name.localeCompare(b.name))
  return (
    <table className="k-table k-peers">
      <thead>
        <tr>
          <th>{t('operator.day.who')}</th>
          <th className="k-right">{t('operator.day.talks')}</th>
          <th className="k-right">{t('operator.day.average_short')}</th>
          <th className="k-right">{t('operator.day.missed')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.agent} data-me={one.agent === day.mine.agent || undefined}>
            <td>{one.agent === day.mine.agent ? t('operator.day.me', { name: one.name }) : one.name}</td>
            <td className="k-right k-num">{one.talks}</td>
            <td className="k-right k-num">{time(one.talk_average)}</td>
            <td className="k-right k-num">{one.missed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
