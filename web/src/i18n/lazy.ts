import i18next from 'i18next'
import { integrations as integrationsEn } from './en/integrations'
import { scenarios as scenariosEn } from './en/scenarios'
import { integrations as integrationsRu } from './ru/integrations'
import { scenarios as scenariosRu } from './ru/scenarios'

/** Words of screens that few people open: loaded with those screens, so that the first load stays small. */
export const lazyWords = { ru: { ...scenariosRu, ...integrationsRu }, en: { ...scenariosEn, ...integrationsEn } }

export function addLazyWords(): void {
  for (const language of ['ru', 'en'] as const)
    i18next.addResourceBundle(language, 'translation', lazyWords[language], true, true)
}
