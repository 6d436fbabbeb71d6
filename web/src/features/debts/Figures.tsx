import { useTranslation } from 'react-i18next'
import type { DebtFigures } from '@/api/types'
import { currentLocale } from '@/i18n'
import { percent } from '@/ui/format'

export function Figures({ figures }: { figures: DebtFigures }) {
  const { t } = useTranslation()
  const share = figures.recovered_share
  const cells: [string, string | number, string?][] = [
    ['owed', figures.owed, figures.owed > 0 ? 'k-tone-care' : ''],
    ['overdue', figures.overdue, figures.overdue > 0 ? 'k-tone-bad' : ''],
    ['escalated', figures.escalated, figures.escalated > 0 ? 'k-tone-bad' : ''],
    ['opened_today', figures.opened_today],
    ['recovered_by_us_today', figures.recovered_by_us_today],
    ['came_back_today', figures.came_back_today],
    ['unreachable_today', figures.unreachable_today],
    ['refused_today', figures.refused_today],
    ['written_off_today', figures.written_off_today],
    ['recovered_share', percent(share, currentLocale())],
  ]
  return (
    <div className="k-figures" role="group" aria-label={t('debts.figures')} data-testid="debt-figures">
      {cells.map(([name, value, tone]) => (
        <div key={name}>
          <b className={`k-num ${tone ?? ''}`}>{value}</b>
          <span className="k-cut" style={{ display: 'block' }} title={t(`debts.figure.${name}`)}>
            {t(`debts.figure.${name}`)}
          </span>
        </div>
      ))}
    </div>
  )
}
