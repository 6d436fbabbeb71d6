import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { KindField } from './document'
import { NodeChoice } from './FieldInput'
import type { Names } from './queries'
import { TypedList } from './TypedList'
import { modeWords } from './words'

interface Props {
  field: KindField
  value: Readonly<Record<string, string>>
  nodes: readonly string[]
  names: Names
  onChange: (value: Record<string, string>) => void
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#']

/** Rows of "key → something": digits or modes and where they lead, digits and what they do, names and values. */
export function KeyedRows({ field, value, nodes, names, onChange }: Props) {
  const { t } = useTranslation()
  const rows = Object.entries(value)
  const keys = field.shape === 'texts' ? undefined : field.name === 'modes' ? names.modes : DIGITS
  const put = (index: number, key: string, now: string) =>
    onChange(Object.fromEntries(rows.map((row, at) => (at === index ? [key, now] : row))))
  const fresh = keys ? keys.find((key) => !(key in value)) : freshName(value)
  const add =
    field.shape === 'texts' ? t('edit.add_line') : field.name === 'modes' ? t('edit.add_mode') : t('edit.add_key')
  return (
    <div role="group" aria-label={field.title}>
      <div className="k-label">
        {field.title} <span className="k-quiet">{field.hint}</span>
      </div>
      {rows.map(([key, what], index) => (
        <div key={keys ? key : index} className="k-condition-row">
          {keys ? (
            <NativeSelect
              size="xs"
              w={field.name === 'modes' ? 110 : 58}
              aria-label={t('edit.key')}
              value={key}
              onChange={(event) => put(index, event.currentTarget.value, what)}
              data={[key, ...keys.filter((one) => one !== key && !(one in value))].map((one) => ({
                value: one,
                label: field.name === 'modes' ? modeWords(one, names) : one,
              }))}
            />
          ) : (
            <TextInput
              w={110}
              aria-label={t('edit.key')}
              value={key}
              onChange={(event) => put(index, event.currentTarget.value, what)}
            />
          )}
          {field.shape === 'ways' ? (
            <NodeChoice
              hideLabel
              label={t('edit.leads', { way: key })}
              value={what}
              nodes={nodes}
              onChange={(now) => put(index, key, now)}
            />
          ) : field.shape === 'actions' ? (
            <NativeSelect
              size="xs"
              className="k-grow"
              aria-label={key}
              value={what}
              onChange={(event) => put(index, key, event.currentTarget.value)}
              data={['message', 'callback'].map((one) => ({ value: one, label: t(`edit.action.${one}`) }))}
            />
          ) : field.shape === 'words' ? (
            <TypedList
              className="k-grow"
              aria-label={t('edit.words', { key })}
              value={what}
              onChange={(now) => put(index, key, now)}
              data-testid={`words-${key}`}
            />
          ) : (
            <TextInput
              className="k-grow"
              aria-label={t('edit.value')}
              value={what}
              onChange={(event) => put(index, key, event.currentTarget.value)}
            />
          )}
          <ActionIcon
            size="sm"
            aria-label={t('edit.take_off')}
            onClick={() => onChange(Object.fromEntries(rows.filter((_, at) => at !== index)))}
          >
            <IconX size={13} />
          </ActionIcon>
        </div>
      ))}
      {fresh !== undefined && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={12} />}
          onClick={() => onChange({ ...value, [fresh]: field.shape === 'actions' ? 'message' : '' })}
          data-testid={`add-row-${field.name}`}
        >
          {add}
        </Button>
      )}
    </div>
  )
}

function freshName(taken: Readonly<Record<string, string>>): string {
  let count = 1
  while (`x${count}` in taken) count++
  return `x${count}`
}
