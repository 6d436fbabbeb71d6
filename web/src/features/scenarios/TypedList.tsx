import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'

interface Props extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** separated by commas */
  value: string
  onChange: (text: string) => void
}

export function listed(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
}

/** What is typed stays as typed while it means the same: a comma at the end is the beginning of the next entry. */
export function TypedList({ value, onChange, ...rest }: Props) {
  const [typed, setTyped] = useState(value)
  const shown = listed(typed).join() === listed(value).join() ? typed : value
  return (
    <TextInput
      {...rest}
      value={shown}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(event.currentTarget.value)
      }}
    />
  )
}
