import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/features/session/session'
import { addLazyWords } from '@/i18n/lazy'

addLazyWords()

/** On an empty screen: the way to the first call, for those who may set it up. */
export default function ToFirstSteps() {
  const { t } = useTranslation()
  return useMay()('configure') ? (
    <Link to="/settings/start" className="k-link" data-testid="to-first-steps">
      {t('steps.title')}
    </Link>
  ) : null
}
