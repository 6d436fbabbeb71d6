import { ActionIcon, Button, MultiSelect, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { asked, type Condition, type How, HOWS, MODE, readCondition } from './conditions'
import type { Names } from './queries'
import { modeWords } from './words'

interface Props {
  value: Condition
  look: Readonly<Record<string, string>>
  names: Names
  label: string
  onChange: (value: Condition) => void
}

/** One condition; of several it shows each, down to any depth. */
export function ConditionInput({ value, look, names, label, onChange }: Props) {
  const { t } = useTranslation()
  const group = value.kind === 'all_of' || value.kind === 'any_of'
  return (
    <div className="k-condition">
      <div className="k-condition-row">
        {value.field !== undefined && (
          <FieldChoice value={value.field} look={look} onChange={(field) => onChange({ ...value, field })} />
        )}
        <NativeSelect
          size="xs"
          aria-label={`${label}: ${t('cond.how')}`}
          value={value.kind}
          onChange={(event) => onChange(asked(value, event.currentTarget.value as How))}
          data={HOWS.map((how) => ({ value: how, label: t(`cond.${how}`) }))}
        />
      </div>
      <Values value={value} names={names} label={label} onChange={onChange} />
      {value.kind === 'not' && (
        <ConditionInput
          value={readCondition(value.condition)}
          look={look}
          names={names}
          label={label}
          onChange={(condition) => onChange({ ...value, condition })}
        />
      )}
      {group && <Group value={value} look={look} names={names} label={label} onChange={onChange} />}
    </div>
  )
}

function Group({ value, look, names, label, onChange }: Props) {
  const { t } = useTranslation()
  const inner = value.conditions ?? []
  const put = (conditions: Condition[]) => onChange({ ...value, conditions })
  return (
    <>
      {inner.map((one, index) => (
        <div key={index} className="k-condition-row">
          <ConditionInput
            value={readCondition(one)}
            look={look}
            names={names}
            label={`${label} ${index + 1}`}
            onChange={(now) => put(inner.map((old, at) => (at === index ? now : old)))}
          />
          <ActionIcon
            size="sm"
            aria-label={t('edit.take_off')}
            onClick={() => put(inner.filter((_, at) => at !== index))}
          >
            <IconX size={13} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPlus size={12} />}
        onClick={() => put([...inner, readCondition(null)])}
      >
        {t('cond.add')}
      </Button>
    </>
  )
}

const OTHER = ' other'

function FieldChoice({
  value,
  look,
  onChange,
}: {
  value: string
  look: Props['look']
  onChange: (field: string) => void
}) {
  const { t } = useTranslation()
  const known = value in look
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('cond.field')}
        value={known ? value : OTHER}
        onChange={(event) => onChange(event.currentTarget.value === OTHER ? 'x' : event.currentTarget.value)}
        data={[
          ...Object.entries(look).map(([field, words]) => ({ value: field, label: words })),
          { value: OTHER, label: t('cond.other') },
        ]}
      />
      {!known && (
        <TextInput
          aria-label={t('cond.other')}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </>
  )
}

function Values({ value, names, label, onChange }: Omit<Props, 'look'>) {
  const { t } = useTranslation()
  if (value.field === MODE && (value.kind === 'equals' || value.kind === 'one_of'))
    return <Modes value={value} names={names} label={label} onChange={onChange} />
  const text = (field: 'value' | 'prefix' | 'pattern' | 'least' | 'most', placeholder = '') => (
    <TextInput
      aria-label={`${label}: ${t('edit.value')}`}
      placeholder={placeholder}
      value={value[field] ?? ''}
      onChange={(event) => onChange({ ...value, [field]: event.currentTarget.value })}
    />
  )
  switch (value.kind) {
    case 'equals':
      return text('value')
    case 'starts_with':
      return text('prefix')
    case 'matches_number':
      return text('pattern', t('cond.pattern'))
    case 'between':
      return (
        <div className="k-condition-row">
          {text('least', t('cond.least'))}
          {text('most', t('cond.most'))}
        </div>
      )
    case 'one_of':
      return (
        <TextInput
          aria-label={`${label}: ${t('edit.value')}`}
          placeholder={t('cond.values')}
          value={(value.values ?? []).join(', ')}
          onChange={(event) =>
            onChange({ ...value, values: event.currentTarget.value.split(',').map((one) => one.trimStart()) })
          }
          onBlur={() => onChange({ ...value, values: (value.values ?? []).map((one) => one.trim()).filter(Boolean) })}
        />
      )
    default:
      return null
  }
}

/** Which mode, or one of which, by their names. One that no calendar knows any more stays to be seen. */
function Modes({ value, names, label, onChange }: Omit<Props, 'look'>) {
  const { t } = useTranslation()
  const given = value.kind === 'equals' ? [value.value ?? ''] : (value.values ?? [])
  const known = [...new Set([...names.modes, ...given.filter(Boolean)])]
  const data = known.map((mode) => ({ value: mode, label: modeWords(mode, names) }))
  const name = `${label}: ${t('edit.value')}`
  if (value.kind === 'one_of')
    return (
      <MultiSelect
        size="xs"
        aria-label={name}
        value={given}
        data={data}
        onChange={(values) => onChange({ ...value, values })}
      />
    )
  return (
    <NativeSelect
      size="xs"
      aria-label={name}
      value={value.value ?? ''}
      data={value.value ? data : [{ value: '', label: t('cond.choose') }, ...data]}
      onChange={(event) => onChange({ ...value, value: event.currentTarget.value })}
    />
  )
}
