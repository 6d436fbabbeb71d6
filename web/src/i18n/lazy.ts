import i18next from 'i18next'
import { scenarios as scenariosEn } from './en/scenarios'
import { scenarios as scenariosRu } from './ru/scenarios'

/** Words of screens that few people open: loaded with those screens, so that the first load stays small. */
export const lazyWords = { ru: { ...scenariosRu }, en: { ...scenariosEn } }

export function addLazyWords(): void {
  for (const language of ['ru', 'en'] as const)
    i18next.addResourceBundle(language, 'translation', lazyWords[language], true, true)
}
