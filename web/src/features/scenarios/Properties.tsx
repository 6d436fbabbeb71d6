import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconCopy, IconFlag, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Note } from '@/ui/pieces'
import type { Kind, Node, Scenario } from './document'
import { FieldInput } from './FieldInput'
import { KindIcon } from './icons'
import type { Remark } from './remarks'
import type { Speech } from './words'

interface Props {
  name: string
  node: Node
  kind: Kind | undefined
  scenario: Scenario
  speech: Speech
  remarks: readonly Remark[]
  onChange: (node: Node, mark?: string) => void
  onRename: (to: string) => void
  onStart: () => void
  onCopy: () => void
  onDelete: () => void
}

/** Everything about one node. Its fields come with the kind, so a kind that is new in the core can be edited at once. */
export function Properties({ name, node, kind, scenario, speech, remarks, ...act }: Props) {
  const { t } = useTranslation()
  const others = Object.keys(scenario.nodes).filter((one) => one !== name)
  const fields = (kind?.fields ?? []).filter((field) => field.name !== 'extension_next' || node.extensions === true)
  return (
    <div className="k-properties" data-testid="node-properties" data-node={name}>
      <div className="k-properties-head">
        <KindIcon kind={node.kind} size={17} />
        <strong className="k-grow">{kind?.title ?? node.kind}</strong>
        {scenario.start === name ? (
          <span className="k-chip" data-tone="work">
            <IconFlag size={12} aria-hidden /> {t('edit.start')}
          </span>
        ) : (
          <Button size="compact-xs" variant="default" onClick={act.onStart} data-testid="node-start">
            {t('edit.make_start')}
          </Button>
        )}
        <ActionIcon aria-label={t('edit.copy')} title={t('edit.copy')} onClick={act.onCopy}>
          <IconCopy size={15} />
        </ActionIcon>
        <ActionIcon
          aria-label={t('edit.delete')}
          title={t('edit.delete')}
          onClick={act.onDelete}
          data-testid="node-delete"
        >
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      {kind?.hint && <p className="k-quiet k-properties-hint">{kind.hint}</p>}
      {remarks.map((remark, index) => (
        <Note key={index} tone={remark.tone} testId="node-note">
          <div>{remark.text}</div>
          {remark.reason && <div className="k-reason">{remark.reason}</div>}
        </Note>
      ))}
      <NameField key={name} name={name} taken={others} onRename={act.onRename} />
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          node={node}
          nodes={Object.keys(scenario.nodes)}
          speech={speech}
          onChange={(value, mark) => act.onChange({ ...node, [field.name]: value }, mark && `${name} ${mark}`)}
        />
      ))}
    </div>
  )
}

function NameField({
  name,
  taken,
  onRename,
}: {
  name: string
  taken: readonly string[]
  onRename: (to: string) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(name)
  const wanted = typed.trim()
  const clash = taken.includes(wanted) || wanted === '?'
  const done = () => {
    if (wanted && !clash) onRename(wanted)
    else setTyped(name)
  }
  return (
    <TextInput
      label={t('edit.node_name')}
      value={typed}
      maxLength={60}
      error={clash ? t('edit.name_taken') : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done()
        if (event.key === 'Escape') setTyped(name)
      }}
      data-testid="node-name"
    />
  )
}
