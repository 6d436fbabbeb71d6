import { ActionIcon, Checkbox, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useAllFields } from '@/features/customers/queries'
import { fieldName } from '@/features/customers/values'
import { useDirectory } from '@/ui/names'
import type { ScriptField } from './queries'

export function Row({ children, onDrop }: { children: ReactNode; onDrop: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="k-edit-row">
      {children}
      <ActionIcon onClick={onDrop} aria-label={t('scripts.remove')} title={t('scripts.remove')} mb={3}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  )
}

interface FieldProps {
  field: ScriptField
  onChange: (part: Partial<ScriptField>) => void
  onDrop: () => void
}

export function FieldRow({ field, onChange, onDrop }: FieldProps) {
  const { t } = useTranslation()
  const cards = useCardFields()
  const kind = field.kind ?? 'text'
  return (
    <Row onDrop={onDrop}>
      <TextInput
        className="k-grow"
        miw={110}
        label={`${t('scripts.field')} {${field.id}}`}
        value={field.title}
        maxLength={100}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <Select
        w={96}
        label={t('scripts.kind')}
        data={(['text', 'number', 'date', 'choice'] as const).map((value) => ({
          value,
          label: t(`scripts.kind_${value}`),
        }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => onChange({ kind: value as ScriptField['kind'] })}
      />
      {kind === 'choice' && (
        <TextInput
          className="k-grow"
          miw={120}
          label={t('scripts.choices')}
          defaultValue={field.choices?.join(', ')}
          onBlur={(event) =>
            onChange({
              choices: event.currentTarget.value
                .split(',')
                .map((one) => one.trim())
                .filter(Boolean),
            })
          }
        />
      )}
      <Select
        w={132}
        label={t('scripts.card')}
        data={cards}
        value={field.card ?? ''}
        allowDeselect={false}
        onChange={(value) => onChange({ card: value ?? '' })}
      />
      <Checkbox
        mb={6}
        label={t('scripts.required')}
        checked={field.required ?? false}
        onChange={(event) => onChange({ required: event.currentTarget.checked })}
      />
      <Checkbox
        mb={6}
        label={t('scripts.unrecorded')}
        checked={field.unrecorded ?? false}
        onChange={(event) => onChange({ unrecorded: event.currentTarget.checked })}
        data-testid="field-unrecorded"
      />
    </Row>
  )
}

/** Where a blank may go on the customer's card. */
function useCardFields() {
  const { t, i18n } = useTranslation()
  const { projects } = useDirectory()
  const all = useAllFields()
  return [
    { value: '', label: t('scripts.card_none') },
    ...(['name', 'position', 'language'] as const).map((value) => ({ value, label: t(`customers.${value}`) })),
    ...Object.entries(all).flatMap(([project, fields]) =>
      fields
        .filter((field) => !field.archived)
        .map((field) => ({
          value: `${project}.${field.id}`,
          label: `${fieldName(field, i18n.language)} (${projects[project] ?? project})`,
        })),
    ),
  ]
}
