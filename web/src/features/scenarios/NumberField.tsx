import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { KindField } from './document'

/** A number, kept as typed until it is one. */
export function NumberField({
  field,
  value,
  onChange,
}: {
  field: KindField
  value: unknown
  onChange: (value: number) => void
}) {
  const shown = typeof value === 'number' ? String(value) : ''
  const [typed, setTyped] = useState<string>()
  const least = field.least ?? undefined
  const most = field.most ?? undefined
  return (
    <TextInput
      type="number"
      label={field.title}
      description={field.hint}
      min={least}
      max={most}
      step={field.shape === 'whole' ? 1 : 'any'}
      w={220}
      value={typed ?? shown}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        const number = Number(event.currentTarget.value)
        if (event.currentTarget.value !== '' && Number.isFinite(number))
          onChange(field.shape === 'whole' ? Math.round(number) : number)
      }}
      onBlur={() => setTyped(undefined)}
      data-testid={`field-${field.name}`}
    />
  )
}
