import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { tabTitle } from '@/ui/title'
import { resources } from './resources'

export type Locale = 'ru' | 'en'

const KEY = 'kaska.locale'

export function rememberedLocale(): Locale | undefined {
  const found = localStorage.getItem(KEY)
  return found === 'ru' || found === 'en' ? found : undefined
}

export function currentLocale(): Locale {
  return i18next.language === 'en' ? 'en' : 'ru'
}

export function chooseLocale(locale: Locale): void {
  localStorage.setItem(KEY, locale)
  void i18next.changeLanguage(locale)
}

export async function startLanguages(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language
    tabTitle.named(i18next.t('product'))
  })
  // a dash never begins a line
  const dash = {
    type: 'postProcessor',
    name: 'dash',
    process: (text: string) => text.replaceAll(' — ', '\u00a0— '),
  } as const
  await i18next
    .use(dash)
    .use(initReactI18next)
    .init({
      postProcess: 'dash',
      resources,
      lng: rememberedLocale() ?? 'ru',
      fallbackLng: 'ru',
      interpolation: { escapeValue: false },
      showSupportNotice: false,
    })
}
