import { useTranslation } from 'react-i18next'
import { useNames } from './kinds'
import { type Speech, valueWords } from './spoken'

/** What values and fields of the settings are told with. */
export function useSpeech(): Speech {
  const { t, i18n } = useTranslation()
  const names = useNames()
  return { t: t, locale: i18n.language, names }
}

/** A value of the settings as words. */
export function Value({ area, field, of }: { area: string; field: string; of: unknown }) {
  const speech = useSpeech()
  const words = valueWords(speech, area, field, of)
  const nothing = of === null || of === undefined || of === ''
  return <span className={nothing ? 'k-quiet' : undefined}>{words}</span>
}
