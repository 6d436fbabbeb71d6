import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Days, PERIODS } from './search'
import { DateField } from '@/ui/DateField'

interface Props {
  /** of the address; one that is not known is taken for a month */
  period: string | undefined
  days: Days
  onChange: (part: { period?: string } & Partial<Days>) => void
}

/** Which days: a span that ends today, or own ones. */
export function DaysChoice({ period, days: { first, last }, onChange }: Props) {
  const { t } = useTranslation()
  const chosen = period !== undefined && PERIODS.includes(period) ? period : 'month'
  return (
    <>
      <SegmentedControl
        aria-label={t('journal.period')}
        value={chosen}
        onChange={(period) => onChange(period === 'own' ? { period, first, last } : { period, first: '', last: '' })}
        data={PERIODS.map((value) => ({ value, label: t(`reports.period.${value}`) }))}
        data-testid="report-period"
      />
      {chosen === 'own' && (
        <>
          <Day label={t('reports.first')} value={first} onChange={(first) => onChange({ first, last })} />
          <Day label={t('reports.last')} value={last} onChange={(last) => onChange({ first, last })} />
        </>
      )}
    </>
  )
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return <DateField aria-label={label} value={value} onChange={(day) => day && onChange(day)} w={130} />
}
