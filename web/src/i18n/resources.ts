import { common as commonEn } from './en/common'
import { customers as customersEn } from './en/customers'
import { incall as incallEn } from './en/incall'
import { records as recordsEn } from './en/records'
import { reports as reportsEn } from './en/reports'
import { settings as settingsEn } from './en/settings'
import { work as workEn } from './en/work'
import { common as commonRu } from './ru/common'
import { customers as customersRu } from './ru/customers'
import { incall as incallRu } from './ru/incall'
import { records as recordsRu } from './ru/records'
import { reports as reportsRu } from './ru/reports'
import { settings as settingsRu } from './ru/settings'
import { work as workRu } from './ru/work'

export const resources = {
  ru: { translation: { ...commonRu, ...workRu, ...recordsRu, ...customersRu, ...reportsRu, ...settingsRu, ...incallRu } },
  en: { translation: { ...commonEn, ...workEn, ...recordsEn, ...customersEn, ...reportsEn, ...settingsEn, ...incallEn } },
}
