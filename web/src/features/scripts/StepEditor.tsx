import { ActionIcon, Button, Checkbox, Menu, Select, Textarea, TextInput } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Chip, Note } from '@/ui/pieces'
import { freshName } from './editing'
import { FieldRow, Row } from './FieldRow'
import type { ScriptDocument, ScriptStep } from './queries'

interface Props {
  step: ScriptStep
  place: number
  document: ScriptDocument
  problems: string[]
  onChange: (part: Partial<ScriptStep>) => void
  onMove: (by: -1 | 1) => void
  onDrop: (() => void) | undefined
  onStart: () => void
}

export function StepEditor({ step, place, document, problems, onChange, onMove, onDrop, onStart }: Props) {
  const { t } = useTranslation()
  const isStart = document.start === step.id
  const steps = document.steps.map((one, n) => ({ value: one.id, label: `${n + 1}. ${one.title}` }))
  const ways = [...steps, { value: '', label: t('scripts.end') }]
  const { fields = [], answers = [], branches = [], objections = [] } = step
  const blanks = document.steps.flatMap((one) =>
    (one.fields ?? []).map((field) => ({ value: field.id, label: field.title })),
  )
  return (
    <section
      className="k-step k-edit"
      data-tone={problems.length > 0 ? 'bad' : undefined}
      aria-label={step.title}
      data-testid="step"
    >
      <div className="k-edit-row" style={{ alignItems: 'center' }}>
        <span className="k-quiet k-num">{place + 1}.</span>
        <TextInput
          className="k-grow"
          aria-label={t('scripts.step_title')}
          value={step.title}
          maxLength={100}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
          data-testid="step-title"
        />
        {isStart && <Chip>{t('scripts.start')}</Chip>}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('scripts.step_more')}>
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onMove(-1)}>{t('scripts.up')}</Menu.Item>
            <Menu.Item onClick={() => onMove(1)}>{t('scripts.down')}</Menu.Item>
            <Menu.Item onClick={onStart} disabled={isStart}>
              {t('scripts.make_start')}
            </Menu.Item>
            <Menu.Item onClick={onDrop} disabled={!onDrop}>
              {t('scripts.drop')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {problems.map((text) => (
        <Note key={text} tone="bad">
          {text}
        </Note>
      ))}
      <Textarea
        label={t('scripts.say')}
        value={step.text}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4000}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
        data-testid="step-text"
      />
      <Textarea
        label={t('scripts.hint')}
        value={step.hint}
        autosize
        minRows={1}
        maxRows={5}
        maxLength={4000}
        onChange={(event) => onChange({ hint: event.currentTarget.value })}
      />
      <Checkbox
        label={t('scripts.step_unrecorded')}
        checked={step.unrecorded ?? false}
        onChange={(event) => onChange({ unrecorded: event.currentTarget.checked })}
        data-testid="step-unrecorded"
      />
      {fields.map((field, n) => (
        <FieldRow
          key={field.id}
          field={field}
          onChange={(part) => onChange({ fields: put(fields, n, { ...field, ...part }) })}
          onDrop={() => onChange({ fields: without(fields, n) })}
        />
      ))}
      {branches.map((branch, n) => (
        <Row key={n} onDrop={() => onChange({ branches: without(branches, n) })}>
          <Select
            label={t('scripts.if_field')}
            data={blanks}
            value={branch.field || null}
            onChange={(value) => onChange({ branches: put(branches, n, { ...branch, field: value ?? '' }) })}
          />
          <TextInput
            label={t('scripts.equals')}
            value={branch.value}
            maxLength={200}
            onChange={(event) =>
              onChange({ branches: put(branches, n, { ...branch, value: event.currentTarget.value }) })
            }
          />
          <Select
            className="k-grow"
            label={t('scripts.leads_to')}
            data={ways}
            value={branch.next}
            allowDeselect={false}
            onChange={(value) => onChange({ branches: put(branches, n, { ...branch, next: value ?? '' }) })}
          />
        </Row>
      ))}
      {objections.map((objection, n) => (
        <Row key={n} onDrop={() => onChange({ objections: without(objections, n) })}>
          <TextInput
            label={t('scripts.objection')}
            value={objection.said}
            onChange={(event) =>
              onChange({ objections: put(objections, n, { ...objection, said: event.currentTarget.value }) })
            }
          />
          <Textarea
            size="xs"
            className="k-grow"
            label={t('scripts.reply')}
            autosize
            minRows={1}
            value={objection.reply}
            onChange={(event) =>
              onChange({ objections: put(objections, n, { ...objection, reply: event.currentTarget.value }) })
            }
          />
        </Row>
      ))}
      {answers.map((answer, n) => (
        <Row key={n} onDrop={() => onChange({ answers: without(answers, n) })}>
          <TextInput
            className="k-grow"
            label={t('scripts.answer', { number: n + 1 })}
            value={answer.title}
            maxLength={100}
            onChange={(event) =>
              onChange({ answers: put(answers, n, { ...answer, title: event.currentTarget.value }) })
            }
            data-testid="answer-title"
          />
          <Select
            className="k-grow"
            label={t('scripts.leads_to')}
            data={ways}
            value={answer.next}
            allowDeselect={false}
            onChange={(value) => onChange({ answers: put(answers, n, { ...answer, next: value ?? '' }) })}
          />
        </Row>
      ))}
      <div style={{ display: 'flex', gap: 6, flexWrap: 'wrap' }}>
        <Add
          words={t('scripts.add_answer')}
          disabled={answers.length >= 9}
          onClick={() => onChange({ answers: [...answers, { title: t('scripts.next'), next: '' }] })}
        />
        <Add
          words={t('scripts.add_field')}
          onClick={() =>
            onChange({
              fields: [
                ...fields,
                {
                  id: freshName('f'),
                  title: t('scripts.field'),
                  kind: 'text',
                  required: false,
                  card: '',
                  unrecorded: false,
                },
              ],
            })
          }
        />
        <Add
          words={t('scripts.add_objection')}
          onClick={() => onChange({ objections: [...objections, { said: '', reply: '' }] })}
        />
        <Add
          words={t('scripts.add_branch')}
          disabled={blanks.length === 0}
          onClick={() =>
            onChange({ branches: [...branches, { field: blanks[0]?.value ?? '', value: '', next: document.start }] })
          }
        />
      </div>
    </section>
  )
}

function put<T>(items: T[], place: number, item: T): T[] {
  return items.map((one, n) => (n === place ? item : one))
}

function without<T>(items: T[], place: number): T[] {
  return items.filter((_, n) => n !== place)
}

function Add({ words, onClick, disabled }: { words: string; onClick: () => void; disabled?: boolean }) {
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconPlus size={12} />}
      onClick={onClick}
      disabled={disabled ?? false}
    >
      {words}
    </Button>
  )
}
