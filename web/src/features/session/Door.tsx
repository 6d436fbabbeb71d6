import { ActionIcon, SegmentedControl, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { chooseLocale, currentLocale } from '@/i18n'
import { Mark } from '@/ui/Mark'

/** What is seen before anything else: one card in the middle of a quiet page. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <main className="k-door">
      <div className="k-door-card">
        <div className="k-brand" style={{ fontSize: 20, marginBottom: 4 }}>
          <Mark size={28} />
          {t('product')}
        </div>
        <p className="k-quiet" style={{ margin: '0 0 18px' }}>
          {t('promise')}
        </p>
        <h1 className="k-door-title">{title}</h1>
        {children}
      </div>
      <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
        <LocaleSwitch />
        <SchemeSwitch />
      </div>
    </main>
  )
}

export function LocaleSwitch() {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('language')}
      value={currentLocale()}
      onChange={(value) => chooseLocale(value)}
      data={[
        { value: 'ru', label: 'Рус' },
        { value: 'en', label: 'Eng' },
      ]}
    />
  )
}

export function SchemeSwitch() {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const shown = useComputedColorScheme('light')
  const next = shown === 'dark' ? 'light' : 'dark'
  const label = t(next === 'dark' ? 'darker' : 'lighter')
  return (
    <ActionIcon aria-label={label} title={label} onClick={() => setColorScheme(next)} data-testid="scheme">
      {shown === 'dark' ? <IconSun size={17} /> : <IconMoon size={17} />}
    </ActionIcon>
  )
}
