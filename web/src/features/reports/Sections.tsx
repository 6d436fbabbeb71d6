import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/features/session/session'
import { addLazyWords } from '@/i18n/lazy'
import { SECTIONS } from './sections'
import './sections.css'

addLazyWords()

/** A page with the list of its neighbours beside it. */
export function WithSections({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <div className="k-sections">
      <nav aria-label={t('sections.title')}>
        {SECTIONS.filter((one) => may(one.permission)).map((one) => (
          <Link key={one.to} to={one.to} activeOptions={{ exact: true, includeSearch: false }}>
            {t(one.words)}
          </Link>
        ))}
      </nav>
      <div className="k-sections-page">{children}</div>
    </div>
  )
}
