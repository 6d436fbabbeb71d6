import { NumberInput, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { said, unitOf } from '@/features/floor/units'
import { currentLocale } from '@/i18n'
import { Note } from '@/ui/pieces'
import type { Rule } from './queries'
import { isCounted, marginOf } from './rule'

interface Props {
  rule: Rule
  put: (part: Partial<Rule>) => void
  /** the value at which it is fine again */
  back: number
  onBack: (back: number) => void
}

/** When a figure is critical and when it is fine again, and the same as one sentence. */
export function Limits({ rule, put, back, onBack }: Props) {
  const { t } = useTranslation()
  const side = rule.above ? 'above' : 'below'
  const unit = { seconds: ` ${t('alerts.seconds')}`, percent: ' %', count: '' }[unitOf(rule.figure)]
  const spoken = (value: number) => said(rule.figure, value, currentLocale())
  const fits = marginOf(rule, back) !== undefined
  return (
    <fieldset className="k-set-group">
      <legend className="k-label">{t('alerts.when')}</legend>
      <div className="k-rule-pair">
        <SegmentedControl
          aria-label={t('alerts.when')}
          value={side}
          onChange={(chosen) => put({ above: chosen === 'above' })}
          data={[
            { value: 'above', label: t('alerts.above') },
            { value: 'below', label: t('alerts.below') },
          ]}
        />
        <NumberInput
          size="xs"
          aria-label={t('alerts.limit')}
          min={0}
          suffix={unit}
          value={rule.limit}
          onChange={(limit) => put({ limit: +limit || 0 })}
          data-testid="rule-limit"
        />
      </div>
      <div className="k-rule-pair">
        <NumberInput
          size="xs"
          label={t('alerts.hold')}
          min={0}
          max={3600}
          suffix={` ${t('alerts.seconds')}`}
          value={rule.hold}
          onChange={(hold) => put({ hold: +hold || 0 })}
        />
        <NumberInput
          size="xs"
          label={t(`alerts.back_${side}`)}
          min={0}
          suffix={unit}
          error={fits ? undefined : t(`alerts.back_wrong_${side}`, { limit: spoken(rule.limit) })}
          value={back}
          onChange={(value) => onBack(+value || 0)}
          data-testid="rule-back"
        />
      </div>
      {isCounted(rule.figure) && (
        <NumberInput
          size="xs"
          label={t('alerts.window')}
          min={1}
          max={60}
          suffix={` ${t('alerts.minutes')}`}
          value={Math.round((rule.window ?? 3600) / 60)}
          onChange={(minutes) => put({ window: 60 * Math.min(60, Math.max(1, +minutes || 60)) })}
        />
      )}
      {fits && (
        <Note tone="away">
          <span data-testid="rule-told">
            {t(rule.hold ? `alerts.told_${side}` : `alerts.at_once_${side}`, {
              figure: t(`alerts.figure.${rule.figure}`),
              limit: spoken(rule.limit),
              hold: `${rule.hold}\u00a0${t('alerts.seconds')}`,
              back: spoken(back),
            })}
          </span>
        </Note>
      )}
    </fieldset>
  )
}
