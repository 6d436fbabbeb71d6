import { useTranslation } from 'react-i18next'

const SHOWN = 240

/** Any value of the settings as short text. */
export function Value({ of }: { of: unknown }) {
  const { t } = useTranslation()
  if (of === null || of === undefined || of === '') return <span className="k-quiet">{t('settings.nothing')}</span>
  if (typeof of === 'boolean') return <>{t(of ? 'settings.yes' : 'settings.no')}</>
  if (typeof of === 'string' || typeof of === 'number') return <>{of}</>
  const text = JSON.stringify(of)
  return <code className="k-set-value">{text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}</code>
}
