import i18next from 'i18next'
import { days as daysEn } from './en/days'
import { alerting as alertingEn } from './en/alerting'
import { blackList as blackListEn } from './en/blackList'
import { codes as codesEn } from './en/codes'
import { mail as mailEn } from './en/mail'
import { customers as customersEn } from './en/customers'
import { debtBook as debtBookEn } from './en/debts'
import { fax as faxEn } from './en/fax'
import { doors as doorsEn } from './en/doors'
import { fields as fieldsEn } from './en/fields'
import { insights as insightsEn } from './en/insights'
import { integrations as integrationsEn } from './en/integrations'
import { keeping as keepingEn } from './en/keeping'
import { letters as lettersEn } from './en/letters'
import { messageLetters as messageLettersEn } from './en/messageLetters'
import { paging as pagingEn } from './en/paging'
import { reports as reportsEn } from './en/reports'
import { rules as rulesEn } from './en/rules'
import { scenarios as scenariosEn } from './en/scenarios'
import { settings as settingsEn } from './en/settings'
import { shifts as shiftsEn } from './en/shifts'
import { spoken as spokenEn } from './en/spoken'
import { steps as stepsEn } from './en/steps'
import { survey as surveyEn } from './en/survey'
import { upkeep as upkeepEn } from './en/upkeep'
import { days as daysRu } from './ru/days'
import { alerting as alertingRu } from './ru/alerting'
import { blackList as blackListRu } from './ru/blackList'
import { codes as codesRu } from './ru/codes'
import { mail as mailRu } from './ru/mail'
import { customers as customersRu } from './ru/customers'
import { debtBook as debtBookRu } from './ru/debts'
import { fax as faxRu } from './ru/fax'
import { doors as doorsRu } from './ru/doors'
import { fields as fieldsRu } from './ru/fields'
import { insights as insightsRu } from './ru/insights'
import { integrations as integrationsRu } from './ru/integrations'
import { keeping as keepingRu } from './ru/keeping'
import { letters as lettersRu } from './ru/letters'
import { messageLetters as messageLettersRu } from './ru/messageLetters'
import { paging as pagingRu } from './ru/paging'
import { reports as reportsRu } from './ru/reports'
import { rules as rulesRu } from './ru/rules'
import { scenarios as scenariosRu } from './ru/scenarios'
import { settings as settingsRu } from './ru/settings'
import { shifts as shiftsRu } from './ru/shifts'
import { spoken as spokenRu } from './ru/spoken'
import { steps as stepsRu } from './ru/steps'
import { survey as surveyRu } from './ru/survey'
import { upkeep as upkeepRu } from './ru/upkeep'

/** Words of screens that few people open: loaded with those screens, so that the first load stays small. */
export const lazyWords = {
  ru: {
    ...daysRu,
    ...alertingRu,
    ...blackListRu,
    ...codesRu,
    ...mailRu,
    ...scenariosRu,
    ...customersRu,
    ...debtBookRu,
    ...faxRu,
    ...doorsRu,
    ...fieldsRu,
    ...insightsRu,
    ...integrationsRu,
    ...keepingRu,
    ...lettersRu,
    ...messageLettersRu,
    ...pagingRu,
    ...reportsRu,
    ...rulesRu,
    ...settingsRu,
    ...shiftsRu,
    ...spokenRu,
    ...stepsRu,
    ...surveyRu,
    ...upkeepRu,
  },
  en: {
    ...daysEn,
    ...alertingEn,
    ...blackListEn,
    ...codesEn,
    ...mailEn,
    ...scenariosEn,
    ...customersEn,
    ...debtBookEn,
    ...faxEn,
    ...doorsEn,
    ...fieldsEn,
    ...insightsEn,
    ...integrationsEn,
    ...keepingEn,
    ...lettersEn,
    ...messageLettersEn,
    ...pagingEn,
    ...reportsEn,
    ...rulesEn,
    ...settingsEn,
    ...shiftsEn,
    ...spokenEn,
    ...stepsEn,
    ...surveyEn,
    ...upkeepEn,
  },
}

export function addLazyWords(): void {
  for (const language of ['ru', 'en'] as const)
    i18next.addResourceBundle(language, 'translation', lazyWords[language], true, true)
}
