import { ActionIcon, Button, NativeSelect, Switch, TextInput } from '@mantine/core'
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ConditionInput } from './ConditionInput'
import { readCondition } from './conditions'
import { choicesOf, type KindField, listsOf, mapOf, type Node, textOf, textsOf } from './document'
import { KeyedRows } from './KeyedRows'
import { PromptsField } from './PromptsField'
import { Questions } from './Questions'
import { NumberField } from './NumberField'
import { listed, TypedList } from './TypedList'
import type { Names } from './queries'
import type { Speech } from './words'

export interface FieldProps {
  field: KindField
  node: Node
  /** names of the nodes it may lead to */
  nodes: readonly string[]
  speech: Speech
  onChange: (value: unknown, mark?: string) => void
}

/** One field of a node, drawn by what it holds. */
export function FieldInput({ field, node, nodes, speech, onChange }: FieldProps) {
  const value = node[field.name] ?? field.default
  const mark = field.name
  switch (field.shape) {
    case 'prompts':
      return <PromptsField label={field.title} value={textsOf(value)} onChange={onChange} />
    case 'way':
      return (
        <NodeChoice label={field.title} hint={field.hint} value={textOf(value)} nodes={nodes} onChange={onChange} />
      )
    case 'ways':
    case 'actions':
    case 'texts':
      return (
        <KeyedRows
          field={field}
          value={mapOf(value)}
          nodes={nodes}
          names={speech.names}
          onChange={(now) => onChange(now, mark)}
        />
      )
    case 'words':
      return (
        <KeyedRows
          field={field}
          value={Object.fromEntries(Object.entries(listsOf(value)).map(([key, list]) => [key, list.join(', ')]))}
          nodes={nodes}
          names={speech.names}
          onChange={(now) =>
            onChange(Object.fromEntries(Object.entries(now).map(([key, text]) => [key, listed(text)])), mark)
          }
        />
      )
    case 'questions':
      return <Questions field={field} value={value} onChange={(now) => onChange(now, mark)} />
    case 'conditions':
      return (
        <Conditions
          field={field}
          value={value}
          nodes={nodes}
          look={speech.look}
          names={speech.names}
          onChange={(now) => onChange(now, mark)}
        />
      )
    case 'flag':
      return (
        <Switch
          size="xs"
          label={field.title}
          description={field.hint}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          data-testid={`field-${field.name}`}
        />
      )
    case 'number':
    case 'whole':
      return <NumberField field={field} value={value} onChange={(now) => onChange(now, mark)} />
    case 'queue':
    case 'calendar':
    case 'scenario':
    case 'source':
    case 'trunk':
    case 'agent':
    case 'owner':
      return <Named field={field} value={textOf(value)} speech={speech} onChange={(now) => onChange(now, mark)} />
    case 'agents':
      return <Several field={field} value={textsOf(value)} among={speech.names.agent} onChange={onChange} />
    case 'names':
      return (
        <TypedList
          label={field.title}
          description={field.hint}
          value={textsOf(value).join(', ')}
          onChange={(text) => onChange(listed(text), mark)}
        />
      )
    case 'text':
      return (
        <TextInput
          label={field.title}
          description={field.hint}
          value={textOf(value)}
          onChange={(event) => onChange(event.currentTarget.value, mark)}
          data-testid={`field-${field.name}`}
        />
      )
  }
}

interface NodeChoiceProps {
  label: string
  hint?: string
  value: string
  nodes: readonly string[]
  onChange: (value: string) => void
  hideLabel?: boolean
}

export function NodeChoice({ label, hint, value, nodes, onChange, hideLabel }: NodeChoiceProps) {
  const { t } = useTranslation()
  const lost = value !== '' && !nodes.includes(value)
  return (
    <NativeSelect
      size="xs"
      className="k-grow"
      label={hideLabel ? undefined : label}
      aria-label={hideLabel ? label : undefined}
      description={hint}
      value={value}
      error={lost ? t('edit.lost', { name: value }) : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: `— ${t('edit.ends')}` }, ...(lost ? [value] : []), ...nodes]}
    />
  )
}

function Named({
  field,
  value,
  speech,
  onChange,
}: {
  field: KindField
  value: string
  speech: Speech
  onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  const { names } = speech
  const options: { value: string; label: string }[] =
    field.shape === 'owner'
      ? [
          ...Object.entries(names.queue).map(([id, name]) => ({
            value: `queue:${id}`,
            label: t('edit.owner_queue', { name }),
          })),
          ...Object.entries(names.agent).map(([id, name]) => ({
            value: `agent:${id}`,
            label: t('edit.owner_agent', { name }),
          })),
        ]
      : Object.entries(names[field.shape as 'queue']).map(([id, name]) => ({ value: id, label: name }))
  const known = options.some((option) => option.value === value)
  return (
    <>
      <NativeSelect
        size="xs"
        label={field.title}
        description={field.hint}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[
          { value: '', label: t('edit.choose') },
          ...options,
          ...(known || value === '' ? [] : [{ value, label: t('edit.own_value', { value }) }]),
        ]}
        data-testid={`field-${field.name}`}
      />
      {field.shape === 'agent' && (
        <TextInput
          mt={4}
          aria-label={field.hint}
          placeholder="{crm.agent}"
          value={known ? '' : value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </>
  )
}

function Several({
  field,
  value,
  among,
  onChange,
}: {
  field: KindField
  value: string[]
  among: Record<string, string>
  onChange: (value: string[]) => void
}) {
  const { t } = useTranslation()
  const rest = Object.entries(among).filter(([id]) => !value.includes(id))
  return (
    <div role="group" aria-label={field.title}>
      <div className="k-label">{field.title}</div>
      {value.map((id, index) => (
        <Row
          key={id}
          onUp={index > 0 ? () => onChange(swapped(value, index)) : undefined}
          onOff={() => onChange(value.filter((one) => one !== id))}
        >
          <span className="k-grow">{among[id] ?? id}</span>
        </Row>
      ))}
      <NativeSelect
        size="xs"
        aria-label={field.title}
        value=""
        onChange={(event) => event.currentTarget.value && onChange([...value, event.currentTarget.value])}
        data={[{ value: '', label: t('edit.choose') }, ...rest.map(([id, name]) => ({ value: id, label: name }))]}
      />
    </div>
  )
}

function swapped<T>(rows: readonly T[], index: number): T[] {
  const moved = [...rows]
  const [one] = moved.splice(index, 1)
  if (one !== undefined) moved.splice(index - 1, 0, one)
  return moved
}

export function Row({ children, onUp, onOff }: { children: ReactNode; onUp?: () => void; onOff: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="k-prompt">
      {children}
      {onUp && (
        <ActionIcon size="sm" aria-label={t('edit.up')} onClick={onUp}>
          <IconArrowUp size={13} />
        </ActionIcon>
      )}
      <ActionIcon size="sm" aria-label={t('edit.take_off')} onClick={onOff}>
        <IconX size={13} />
      </ActionIcon>
    </div>
  )
}

interface ConditionsProps {
  field: KindField
  value: unknown
  nodes: readonly string[]
  look: Readonly<Record<string, string>>
  names: Names
  onChange: (value: unknown) => void
}

function Conditions({ field, value, nodes, look, names, onChange }: ConditionsProps) {
  const { t } = useTranslation()
  const choices = choicesOf(value)
  const put = (index: number, part: object) =>
    onChange(choices.map((one, at) => (at === index ? { ...one, ...part } : one)))
  return (
    <div role="group" aria-label={field.title}>
      <div className="k-label">
        {field.title} <span className="k-quiet">{field.hint}</span>
      </div>
      {choices.map((choice, index) => (
        <div key={index} className="k-choice">
          <Row
            onUp={index > 0 ? () => onChange(swapped(choices, index)) : undefined}
            onOff={() => onChange(choices.filter((_, at) => at !== index))}
          >
            <span className="k-grow k-quiet">{index + 1}</span>
          </Row>
          <ConditionInput
            value={readCondition(choice.when)}
            look={look}
            names={names}
            label={`${field.title} ${index + 1}`}
            onChange={(when) => put(index, { when })}
          />
          <NodeChoice
            hideLabel
            label={t('edit.leads', { way: index + 1 })}
            value={textOf(choice.next)}
            nodes={nodes}
            onChange={(next) => put(index, { next })}
          />
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPlus size={12} />}
        onClick={() => onChange([...choices, { when: readCondition(null), next: '' }])}
        data-testid="add-choice"
      >
        {t('edit.add_choice')}
      </Button>
    </div>
  )
}
