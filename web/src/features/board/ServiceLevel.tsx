import { useTranslation } from 'react-i18next'
import type { Levels } from '@/realtime/rows'
import { percent, toneOfLevel } from './level'

const SPANS = ['now', 'hour', 'day'] as const

/** Three figures: the last quarter of an hour, the last hour, today. */
export function ServiceLevel({ levels }: { levels: Levels | undefined }) {
  const { t } = useTranslation()
  return SPANS.map((span) => {
    const value = levels?.[span] ?? null
    const tone = toneOfLevel(value)
    return (
      <div key={span} title={t('floor.level_hint')} data-testid={`level-${span}`}>
        <b className={`k-num ${tone ? `k-tone-${tone}` : ''}`}>{percent(value)}</b>
        <span>{t(`floor.level.${span}`)}</span>
      </div>
    )
  })
}
