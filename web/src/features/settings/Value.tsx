import { useTranslation } from 'react-i18next'

const SHOWN = 240

/** Without what says nothing: empty texts and lists, zeros, "no". */
function told(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(told)
  if (typeof value !== 'object' || value === null) return value
  const said = Object.entries(value).filter(
    ([, one]) => one !== '' && one !== 0 && one !== false && !(Array.isArray(one) && one.length === 0),
  )
  return Object.fromEntries(said.map(([name, one]) => [name, told(one)]))
}

/** Any value of the settings as short text. */
export function Value({ of }: { of: unknown }) {
  const { t } = useTranslation()
  if (of === null || of === undefined || of === '') return <span className="k-quiet">{t('settings.nothing')}</span>
  if (typeof of === 'boolean') return <>{t(of ? 'settings.yes' : 'settings.no')}</>
  if (typeof of === 'string' || typeof of === 'number') return <>{of}</>
  const text = JSON.stringify(told(of))
  return <code className="k-set-value">{text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}</code>
}
