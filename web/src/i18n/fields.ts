import i18next from 'i18next'
import { fields as en } from './en/fields'
import { fields as ru } from './ru/fields'

/** The words of cards' fields alone: what is loaded beside a talk stays small. */
export function addFieldWords(): void {
  i18next.addResourceBundle('ru', 'translation', ru, true, true)
  i18next.addResourceBundle('en', 'translation', en, true, true)
}
