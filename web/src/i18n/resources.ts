import { books as booksEn } from './en/books'
import { calling as callingEn } from './en/calling'
import { common as commonEn } from './en/common'
import { floor as floorEn } from './en/floor'
import { hold as holdEn } from './en/hold'
import { incall as incallEn } from './en/incall'
import { inside as insideEn } from './en/inside'
import { operator as operatorEn } from './en/operator'
import { own as ownEn } from './en/own'
import { records as recordsEn } from './en/records'
import { recording as recordingEn } from './en/recording'
import { sections as sectionsEn } from './en/sections'
import { sound as soundEn } from './en/sound'
import { taking as takingEn } from './en/taking'
import { trouble as troubleEn } from './en/trouble'
import { work as workEn } from './en/work'
import { books as booksRu } from './ru/books'
import { calling as callingRu } from './ru/calling'
import { common as commonRu } from './ru/common'
import { floor as floorRu } from './ru/floor'
import { hold as holdRu } from './ru/hold'
import { incall as incallRu } from './ru/incall'
import { inside as insideRu } from './ru/inside'
import { operator as operatorRu } from './ru/operator'
import { own as ownRu } from './ru/own'
import { records as recordsRu } from './ru/records'
import { recording as recordingRu } from './ru/recording'
import { sections as sectionsRu } from './ru/sections'
import { sound as soundRu } from './ru/sound'
import { taking as takingRu } from './ru/taking'
import { trouble as troubleRu } from './ru/trouble'
import { work as workRu } from './ru/work'

export const resources = {
  ru: {
    translation: {
      ...booksRu,
      ...callingRu,
      ...commonRu,
      ...workRu,
      ...ownRu,
      ...recordsRu,
      ...floorRu,
      ...holdRu,
      ...incallRu,
      ...insideRu,
      ...sectionsRu,
      ...operatorRu,
      ...soundRu,
      ...recordingRu,
      ...takingRu,
      ...troubleRu,
    },
  },
  en: {
    translation: {
      ...booksEn,
      ...callingEn,
      ...commonEn,
      ...workEn,
      ...ownEn,
      ...recordsEn,
      ...floorEn,
      ...holdEn,
      ...incallEn,
      ...insideEn,
      ...sectionsEn,
      ...operatorEn,
      ...soundEn,
      ...recordingEn,
      ...takingEn,
      ...troubleEn,
    },
  },
}
