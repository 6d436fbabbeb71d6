import { useTranslation } from 'react-i18next'
import { currentLocale } from '@/i18n'
import { percent, tagOf } from '@/ui/format'

const NARROW = '\u00a0'

/** Whole numbers and money as people of the language write them. */
export function useNumbers() {
  useTranslation()
  const format = new Intl.NumberFormat(tagOf(currentLocale()), { maximumFractionDigits: 0 })
  return {
    count: (value: number) => format.format(value),
    money: (value: number, currency: string) => `${format.format(value)}${NARROW}${currency}`,
    share: (part: number, whole: number) => percent(whole > 0 ? part / whole : null, currentLocale()),
    text: (texts: { ru: string; en: string }) => (currentLocale() === 'en' ? texts.en : texts.ru),
  }
}
