import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** the hint stands below, so that the inputs of a row stand on one line */
export const ORDER: ('label' | 'input' | 'error' | 'description')[] = ['label', 'input', 'error', 'description']

export interface Common {
  label: string
  hint?: string
  wrong?: string | undefined
  testId?: string
}

export function TextField({
  label,
  hint,
  wrong,
  testId,
  value,
  onChange,
  disabled,
  placeholder,
  known = [],
}: Common & {
  value: string
  onChange: (value: string) => void
  disabled?: boolean
  placeholder?: string
  /** offered while one types */
  known?: readonly string[]
}) {
  const list = useId()
  return (
    <TextInput
      label={label}
      description={hint}
      inputWrapperOrder={ORDER}
      error={wrong}
      value={value}
      disabled={disabled}
      placeholder={placeholder}
      autoComplete="off"
      list={known.length > 0 ? list : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
      data-testid={testId}
    />
  )
}

/** A number with its unit. What cannot be read as one stays as it was typed and is said to be wrong. */
export function NumberField({
  label,
  hint,
  wrong,
  testId,
  value,
  onChange,
  least,
  most,
  unit,
}: Common & {
  value: number
  onChange: (value: number) => void
  least: number
  most: number
  unit?: string
}) {
  const { t } = useTranslation()
  const [text, setText] = useState<string>()
  const shown = text !== undefined && readNumber(text) === undefined ? text : String(value)
  const read = text === undefined ? value : readNumber(text)
  const outside = read === undefined || read < least || read > most
  return (
    <TextInput
      label={label}
      description={hint}
      inputWrapperOrder={ORDER}
      error={outside ? t('settings.between', { least, most }) : wrong}
      value={text !== undefined && readNumber(text) === value ? text : shown}
      inputMode="decimal"
      rightSection={unit ? <span className="k-quiet k-set-unit">{unit}</span> : undefined}
      rightSectionWidth={unit ? 38 : undefined}
      rightSectionPointerEvents="none"
      onChange={(event) => {
        setText(event.currentTarget.value)
        const given = readNumber(event.currentTarget.value)
        if (given !== undefined) onChange(given)
      }}
      data-testid={testId}
    />
  )
}

function readNumber(text: string): number | undefined {
  const given = text.trim().replace(',', '.')
  return given === '' || !Number.isFinite(Number(given)) ? undefined : Number(given)
}

export function SelectField({
  label,
  hint,
  wrong,
  testId,
  value,
  onChange,
  options,
  empty,
}: Common & {
  value: string
  onChange: (value: string) => void
  options: Record<string, string>
  /** what "" is called; without it something must be chosen */
  empty?: string
}) {
  const { t } = useTranslation()
  const known = value === '' || value in options
  const data = [
    ...(empty !== undefined || value === '' ? [{ value: '', label: empty ?? t('settings.choose_any') }] : []),
    ...Object.entries(options).map(([id, name]) => ({ value: id, label: name })),
    ...(known ? [] : [{ value, label: value }]),
  ]
  return (
    <NativeSelect
      label={label}
      description={hint}
      inputWrapperOrder={ORDER}
      error={wrong}
      value={value}
      data={data}
      onChange={(event) => onChange(event.currentTarget.value)}
      data-testid={testId}
    />
  )
}

export function CheckField({
  label,
  hint,
  value,
  onChange,
  testId,
}: Omit<Common, 'wrong'> & {
  value: boolean
  onChange: (value: boolean) => void
}) {
  return (
    <Checkbox
      label={label}
      description={hint}
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
      data-testid={testId}
    />
  )
}

/** A part of a form that a newcomer may leave shut. It opens by itself when something in it is wrong. */
export function More({
  title,
  hint,
  open = false,
  children,
}: {
  title: string
  hint?: string
  open?: boolean
  children: ReactNode
}) {
  return (
    <details className="k-set-more" open={open || undefined}>
      <summary>
        {title}
        {hint && <span className="k-quiet"> · {hint}</span>}
      </summary>
      <div className="k-set-fields">{children}</div>
    </details>
  )
}
