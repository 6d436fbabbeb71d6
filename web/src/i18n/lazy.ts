import i18next from 'i18next'
import { integrations as integrationsEn } from './en/integrations'
import { letters as lettersEn } from './en/letters'
import { scenarios as scenariosEn } from './en/scenarios'
import { integrations as integrationsRu } from './ru/integrations'
import { letters as lettersRu } from './ru/letters'
import { scenarios as scenariosRu } from './ru/scenarios'

/** Words of screens that few people open: loaded with those screens, so that the first load stays small. */
export const lazyWords = {
  ru: { ...scenariosRu, ...integrationsRu, ...lettersRu },
  en: { ...scenariosEn, ...integrationsEn, ...lettersEn },
}

export function addLazyWords(): void {
  for (const language of ['ru', 'en'] as const)
    i18next.addResourceBundle(language, 'translation', lazyWords[language], true, true)
}
