import { common as commonEn } from './en/common'
import { records as recordsEn } from './en/records'
import { work as workEn } from './en/work'
import { common as commonRu } from './ru/common'
import { records as recordsRu } from './ru/records'
import { work as workRu } from './ru/work'

export const resources = {
  ru: { translation: { ...commonRu, ...workRu, ...recordsRu } },
  en: { translation: { ...commonEn, ...workEn, ...recordsEn } },
}
