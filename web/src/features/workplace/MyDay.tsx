import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { currentLocale } from '@/i18n'
import { decimal, duration, percent } from '@/ui/format'
import { Loading, Trouble } from '@/ui/pieces'
import { OwnFigures } from './OwnFigures'

type Day = components['schemas']['Day']

function useDay() {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return useQuery({
    queryKey: ['contacts', 'day', timezone],
    queryFn: () => must(client.GET('/api/agents/me/day', { params: { query: { timezone } } })),
    refetchInterval: 60_000,
  })
}

const time = (value: number | null) => (value === null ? '–' : duration(value))
const count = (value: number | null) =>
  value === null ? '–' : decimal(value, currentLocale(), Number.isInteger(value) ? 0 : 1)
const share = (value: number | null) => percent(value, currentLocale())

/** How each figure is written, in the order of the screen. */
const FIGURES = {
  talks: count,
  talk_average: time,
  hold_average: time,
  missed: count,
  recovered: count,
  classified: share,
} as const satisfies Record<keyof Day['mine'], (value: number | null) => string>

/** My figures since midnight beside the median of the others, who are not named; then those of longer spans. */
export function MyDay() {
  const day = useDay()
  if (day.isPending) return <Loading />
  if (!day.data) return <Trouble error={day.error} retry={() => void day.refetch()} />
  return (
    <div data-testid="my-day">
      <Figures day={day.data} />
      <OwnFigures />
    </div>
  )
}

function Figures({ day }: { day: Day }) {
  const { t } = useTranslation()
  return (
    <dl className="k-day">
      {(Object.keys(FIGURES) as (keyof typeof FIGURES)[]).map((name) => (
        <div key={name}>
          <dt>{t(`operator.day.${name}`)}</dt>
          <dd className="k-num">{FIGURES[name](day.mine[name])}</dd>
          <dd className="k-quiet k-num">
            {day.others[name] !== null && t('operator.day.middle', { value: FIGURES[name](day.others[name]) })}
          </dd>
        </div>
      ))}
    </dl>
  )
}
