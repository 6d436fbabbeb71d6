import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/features/session/session'
import './knowledge.css'

/** The parts of what operators choose from, say and look up. */
export function Tabs() {
  const { t } = useTranslation()
  const may = useMay()
  if (!may('edit_knowledge')) return null
  return (
    <nav className="k-tabs" aria-label={t('nav.knowledge')}>
      <Link to="/knowledge" activeOptions={{ exact: true, includeSearch: false }} data-testid="tab-articles">
        {t('knowledge.articles')}
      </Link>
      <Link to="/knowledge/scripts" data-testid="tab-scripts">
        {t('scripts.title')}
      </Link>
      <Link to="/knowledge/topics" data-testid="tab-topics">
        {t('topics.title')}
      </Link>
    </nav>
  )
}
