import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Form } from './Outgoing'
import { CAP_KINDS, DIRECTIONS, ticked } from './parts'

interface Props {
  form: Form
  change: (part: Partial<Form>) => void
}

const COLUMNS = [
  ['allowed', 'rules.by_agents'],
  ['automatic', 'rules.by_us'],
  ['night', 'rules.at_night'],
] as const

/** Who may call which directions, when, and what a minute of it costs. */
export function DirectionsTable({ form, change }: Props) {
  const { t } = useTranslation()
  return (
    <fieldset className="k-set-group" data-testid="outgoing-directions">
      <legend className="k-label">{t('rules.where')}</legend>
      <p className="k-hint k-set-hint">{t('rules.where_hint')}</p>
      <table className="k-rules-matrix">
        <thead>
          <tr>
            <th scope="col">{t('rules.towards')}</th>
            {COLUMNS.map(([column, words]) => (
              <th key={column} scope="col">
                {t(words)}
              </th>
            ))}
            <th scope="col">{t('rules.price')}</th>
          </tr>
        </thead>
        <tbody>
          {DIRECTIONS.map((direction) => (
            <tr key={direction}>
              <th scope="row">{t(`rules.direction.${direction}`)}</th>
              {COLUMNS.map(([column, words]) => (
                <td key={column}>
                  <Checkbox
                    aria-label={t('rules.allowed_of', { who: t(words), direction: t(`rules.direction.${direction}`) })}
                    checked={direction === 'emergency' || form[column].includes(direction)}
                    disabled={direction === 'emergency'}
                    onChange={(event) =>
                      change({ [column]: ticked(form[column], direction, event.currentTarget.checked) })
                    }
                  />
                </td>
              ))}
              <td>
                {direction !== 'emergency' && direction !== 'internal' && (
                  <Cell
                    label={t('rules.price_of', { direction: t(`rules.direction.${direction}`) })}
                    value={form.prices[direction] ?? 0}
                    most={100_000}
                    onChange={(price) => change({ prices: { ...form.prices, [direction]: price } })}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  )
}

const OWNERS = ['each_agent', 'each_project', 'company'] as const

export function CapsTable({ form, change }: Props) {
  const { t } = useTranslation()
  return (
    <fieldset className="k-set-group" data-testid="outgoing-caps">
      <legend className="k-label">{t('rules.caps')}</legend>
      <p className="k-hint k-set-hint">{t('rules.caps_hint')}</p>
      <table className="k-rules-matrix">
        <thead>
          <tr>
            <th scope="col">{t('rules.caps_of')}</th>
            {CAP_KINDS.map(([kind]) => (
              <th key={kind} scope="col">
                {t(`rules.caps_${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {OWNERS.map((owner) => (
            <tr key={owner}>
              <th scope="row">{t(`rules.${owner}`)}</th>
              {CAP_KINDS.map(([kind, most]) => (
                <td key={kind}>
                  <Cell
                    label={`${t(`rules.${owner}`)}: ${t(`rules.caps_${kind}`)}`}
                    value={form[owner][kind]}
                    most={most}
                    whole={kind === 'calls'}
                    onChange={(given) => change({ [owner]: { ...form[owner], [kind]: given } })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  )
}

/** A number in a table, named by its row and column. */
function Cell({
  label,
  value,
  most,
  whole = false,
  onChange,
}: {
  label: string
  value: number
  most: number
  whole?: boolean
  onChange: (value: number) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string>()
  const read = (text: string) => (text.trim() === '' ? 0 : Number(text.trim().replace(',', '.')))
  const fits = (given: number) => given >= 0 && given <= most && (!whole || Number.isInteger(given))
  const kept = typed !== undefined && (read(typed) === value || !fits(read(typed)))
  return (
    <TextInput
      size="xs"
      aria-label={label}
      inputMode="decimal"
      value={kept ? typed : String(value)}
      error={kept && !fits(read(typed)) ? t('settings.between', { least: 0, most }) : undefined}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        if (fits(read(text))) onChange(read(text))
      }}
    />
  )
}
