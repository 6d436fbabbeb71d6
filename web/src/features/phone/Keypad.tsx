import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { phone } from '@/softphone/store'
import { isTyping } from './typing'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

/** Tones for the other side's menus; the keyboard's digits work too while it is open. */
export function Keypad() {
  const { t } = useTranslation()
  const [pressed, setPressed] = useState('')
  const press = (key: string) => {
    phone.press(key)
    setPressed((before) => (before + key).slice(-24))
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping() || event.ctrlKey || event.altKey || !KEYS.includes(event.key)) return
      event.preventDefault()
      press(event.key)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <div aria-label={t('phone.keypad')}>
      <div className="k-pressed" aria-live="polite">
        {pressed || ' '}
      </div>
      <div className="k-keypad">
        {KEYS.map((key) => (
          <Button key={key} variant="default" onClick={() => press(key)} data-testid={`key-${key}`}>
            {key}
          </Button>
        ))}
      </div>
    </div>
  )
}
