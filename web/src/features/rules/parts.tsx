import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '@/api/generated/schema'
import { NumberField, TextField } from '@/features/settings/fields'
import { clock } from '@/features/settings/names'

export type Caps = components['schemas']['CapsGiven']

export const DIRECTIONS = [
  'internal',
  'local',
  'long_distance',
  'mobile',
  'international',
  'paid',
  'emergency',
] as const
export type Direction = (typeof DIRECTIONS)[number]

export const NO_CAPS: Caps = { calls: 0, minutes: 0, money: 0 }
export const CAP_KINDS = [
  ['calls', 10_000],
  ['minutes', 1_000_000],
  ['money', 100_000_000],
] as const

/** `value` with `one` in it or not, in the order in which they are always told. */
export function ticked(value: Direction[], one: Direction, on: boolean): Direction[] {
  return DIRECTIONS.filter((direction) => (direction === one ? on : value.includes(direction)))
}

export function Ticks({
  label,
  value,
  onChange,
}: {
  label: string
  value: Direction[]
  onChange: (value: Direction[]) => void
}) {
  const { t } = useTranslation()
  return (
    <fieldset className="k-set-group k-set-wide">
      <legend className="k-label">{label}</legend>
      <div className="k-rules-ticks">
        {DIRECTIONS.map((one) => (
          <Checkbox
            key={one}
            size="xs"
            label={t(`rules.direction.${one}`)}
            checked={value.includes(one)}
            onChange={(event) => onChange(ticked(value, one, event.currentTarget.checked))}
          />
        ))}
      </div>
    </fieldset>
  )
}

export function CapsFields({ value, onChange }: { value: Caps; onChange: (value: Caps) => void }) {
  const { t } = useTranslation()
  return CAP_KINDS.map(([kind, most]) => (
    <NumberField
      key={kind}
      label={t(`rules.caps_${kind}`)}
      value={value[kind]}
      least={0}
      most={most}
      onChange={(given) => onChange({ ...value, [kind]: kind === 'calls' ? Math.round(given) : given })}
    />
  ))
}

/** Short numbers with commas between; what is typed stays as it is typed until it is left. */
export function CodesField({
  label,
  hint,
  value,
  onChange,
  wrong,
}: {
  label: string
  hint: string
  value: string[]
  onChange: (value: string[]) => void
  wrong: string | undefined
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string>()
  const parse = (text: string) => text.split(/[\s,;]+/).filter(Boolean)
  const same = typed !== undefined && parse(typed).join() === value.join()
  return (
    <TextField
      label={label}
      hint={hint}
      value={same ? typed : value.join(', ')}
      wrong={value.every((one) => /^\d{1,7}$/.test(one)) ? wrong : t('rules.between_codes')}
      onChange={(text) => {
        setTyped(text)
        onChange(parse(text))
      }}
    />
  )
}

/** Of a day: minutes since midnight in the form, hours and minutes on the screen. */
export function ClockField({
  label,
  value,
  onChange,
}: {
  label: string
  value: number
  onChange: (value: number) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string>()
  const read = (text: string) => {
    const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? []
    return hours !== undefined && minutes !== undefined ? Number(hours) * 60 + Number(minutes) : undefined
  }
  const wrong = typed !== undefined && read(typed) === undefined
  return (
    <TextField
      label={label}
      value={typed !== undefined && (wrong || read(typed) === value) ? typed : clock(value)}
      wrong={wrong ? t('rules.clock_rule') : undefined}
      onChange={(text) => {
        setTyped(text)
        const minutes = read(text)
        if (minutes !== undefined) onChange(minutes)
      }}
    />
  )
}
