import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readDate, writeDate } from './dates'

/** here and not with the other words: operators load this field at once, and of the late words nothing else */
const WORDS = {
  ru: { day: 'дд.мм.гггг', moment: 'дд.мм.гггг, чч:мм', wrong: 'Пишите так: {{like}}', choose: 'Выбрать день' },
  en: { day: 'dd/mm/yyyy', moment: 'dd/mm/yyyy, hh:mm', wrong: 'Write: {{like}}', choose: 'Choose a day' },
}

export interface DateFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type' | 'placeholder'> {
  /** "2026-11-25", withTime "2026-11-25T14:30"; "" is none */
  value: string
  onChange: (value: string) => void
  withTime?: boolean
}

/** A day, or a moment, written as the page's language has it; the browser's own field follows the browser's language,
 * which may be another one. Its calendar opens from the button. */
export function DateInput({ value, onChange, withTime = false, error, onBlur, min, ...rest }: DateFieldProps) {
  const { i18n } = useTranslation()
  const locale = i18n.language
  const words = WORDS[locale === 'en' ? 'en' : 'ru']
  const like = words[withTime ? 'moment' : 'day']
  const calendar = useRef<HTMLInputElement>(null)
  /** what is being typed: it is not rewritten under one's hands */
  const [typed, setTyped] = useState<string>()
  const [left, setLeft] = useState(false)
  const isWrong = typed !== undefined && readDate(typed, withTime) === undefined
  const put = (text: string) => {
    setTyped(text)
    setLeft(false)
    onChange(readDate(text, withTime) ?? '')
  }
  return (
    <TextInput
      {...rest}
      placeholder={like}
      autoComplete="off"
      value={typed ?? writeDate(value, locale)}
      onChange={(event) => put(event.currentTarget.value)}
      onBlur={(event) => {
        setLeft(true)
        if (!isWrong) setTyped(undefined)
        onBlur?.(event)
      }}
      error={isWrong && left ? words.wrong.replace('{{like}}', like) : error}
      rightSection={
        <>
          <input
            ref={calendar}
            type={withTime ? 'datetime-local' : 'date'}
            value={value}
            min={min}
            onChange={(event) => {
              setTyped(undefined)
              onChange(event.currentTarget.value)
            }}
            tabIndex={-1}
            aria-hidden
            style={{ position: 'absolute', inset: 0, opacity: 0, pointerEvents: 'none' }}
          />
          <ActionIcon
            size="sm"
            aria-label={words.choose}
            title={words.choose}
            disabled={(rest.disabled || rest.readOnly) ?? false}
            onClick={() => calendar.current?.showPicker()}
          >
            <IconCalendar size={14} />
          </ActionIcon>
        </>
      }
    />
  )
}
