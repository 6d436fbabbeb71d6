import { common as commonEn } from './en/common'
import { customers as customersEn } from './en/customers'
import { debtBook as debtsEn } from './en/debts'
import { operator as operatorEn } from './en/operator'
import { records as recordsEn } from './en/records'
import { reports as reportsEn } from './en/reports'
import { settings as settingsEn } from './en/settings'
import { work as workEn } from './en/work'
import { common as commonRu } from './ru/common'
import { customers as customersRu } from './ru/customers'
import { debtBook as debtsRu } from './ru/debts'
import { operator as operatorRu } from './ru/operator'
import { records as recordsRu } from './ru/records'
import { reports as reportsRu } from './ru/reports'
import { settings as settingsRu } from './ru/settings'
import { work as workRu } from './ru/work'

export const resources = {
  ru: {
    translation: {
      ...commonRu,
      ...workRu,
      ...recordsRu,
      ...customersRu,
      ...reportsRu,
      ...settingsRu,
      ...debtsRu,
      ...operatorRu,
    },
  },
  en: {
    translation: {
      ...commonEn,
      ...workEn,
      ...recordsEn,
      ...customersEn,
      ...reportsEn,
      ...settingsEn,
      ...debtsEn,
      ...operatorEn,
    },
  },
}
