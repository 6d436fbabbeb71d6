import { useTranslation } from 'react-i18next'
import { Chip } from '@/ui/pieces'
import { toneOfOutcome } from '@/ui/tone'

/** How the contact ended; while it lives, that it lives. */
export function OutcomeChip({ outcome, cause }: { outcome: string; cause: string }) {
  const { t } = useTranslation()
  if (!outcome) return <Chip tone="work">{t('outcome.living')}</Chip>
  return (
    <Chip tone={toneOfOutcome(outcome)} title={cause ? t(`cause.${cause}`, cause) : undefined}>
      {t(`outcome.${outcome}`, outcome)}
    </Chip>
  )
}
