import { useTranslation } from 'react-i18next'
import { useNow } from '@/ui/clock'
import { duration, fullTime } from '@/ui/format'
import { currentLocale } from '@/i18n'
import { toneOfDeadline } from '@/ui/tone'

/** Time left, or by how much it is late. */
export function Deadline({ at, short }: { at: number; short?: boolean }) {
  const { t } = useTranslation()
  const now = useNow()
  const left = at - now
  const tone = toneOfDeadline(left)
  const far = left > 24 * 3600
  return (
    <span
      className={`k-num ${tone ? `k-tone-${tone}` : ''}`}
      title={`${t('debts.due')}: ${fullTime(at, currentLocale())}`}
    >
      {left < 0
        ? short
          ? duration(left)
          : t('debts.late', { time: duration(-left) })
        : far
          ? t('debts.days', { count: Math.floor(left / 86400) })
          : duration(left)}
    </span>
  )
}
