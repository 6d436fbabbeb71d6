import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/problem'
import { type Common } from './fields'
import { skillMeant } from './names'
import { useNameSkill } from './skill'

export type Levels = Record<string, number>

/** Skills with a level each, 1 to 5. One that nobody knew yet gets the name that was typed. */
export function SkillsField({
  label,
  hint,
  wrong,
  value,
  onChange,
  known,
  testId,
}: Common & {
  value: Levels
  onChange: (value: Levels) => void
  /** skill → what people call it */
  known: Record<string, string>
}) {
  const { t } = useTranslation()
  const list = useId()
  const [typed, setTyped] = useState('')
  const naming = useNameSkill()
  const name = typed.trim()
  const meant = skillMeant(name, known)
  const fits = meant !== '' && !(meant in value)
  const called = (skill: string) => known[skill] ?? skill
  const add = () => {
    if (!fits) return
    const put = () => {
      onChange({ ...value, [meant]: 3 })
      setTyped('')
    }
    if (meant in known || meant === name) put()
    else naming.mutate({ id: meant, name, revision: '' }, { onSuccess: put })
  }
  return (
    <fieldset className="k-set-group k-set-tall" data-testid={testId}>
      <legend className="k-label">{label}</legend>
      {hint && <p className="k-hint k-set-hint">{hint}</p>}
      {Object.entries(value).map(([skill, level]) => (
        <div key={skill} className="k-set-line">
          <span className="k-grow">{called(skill)}</span>
          <NativeSelect
            aria-label={t('settings.level_of', { skill: called(skill) })}
            value={String(level)}
            data={['1', '2', '3', '4', '5']}
            onChange={(event) => onChange({ ...value, [skill]: Number(event.currentTarget.value) })}
          />
          <ActionIcon
            aria-label={t('settings.drop', { what: called(skill) })}
            onClick={() => onChange(Object.fromEntries(Object.entries(value).filter(([one]) => one !== skill)))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      <div className="k-set-line">
        <TextInput
          className="k-grow"
          aria-label={t('settings.new_skill')}
          placeholder={t('settings.new_skill')}
          value={typed}
          list={list}
          error={typed && !fits ? t('settings.skill_rule') : naming.error ? messageOf(naming.error) : wrong}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <Button variant="default" onClick={add} disabled={!fits} loading={naming.isPending}>
          {t('settings.add')}
        </Button>
      </div>
      <datalist id={list}>
        {Object.entries(known)
          .filter(([skill]) => !(skill in value))
          .map(([skill, name]) => (
            <option key={skill} value={name} label={name === skill ? undefined : `${name} · ${skill}`} />
          ))}
      </datalist>
    </fieldset>
  )
}

/** Some of many, in an order that matters or does not. */
export function PickField({
  label,
  hint,
  wrong,
  value,
  onChange,
  options,
  ordered = false,
  testId,
}: Common & {
  value: string[]
  onChange: (value: string[]) => void
  options: Record<string, string>
  ordered?: boolean
}) {
  const { t } = useTranslation()
  const left = Object.fromEntries(Object.entries(options).filter(([id]) => !value.includes(id)))
  const move = (index: number, by: number) => {
    const next = [...value]
    const [one] = next.splice(index, 1)
    if (one !== undefined) next.splice(index + by, 0, one)
    onChange(next)
  }
  return (
    <fieldset className="k-set-group" data-testid={testId}>
      <legend className="k-label">{label}</legend>
      {hint && <p className="k-hint k-set-hint">{hint}</p>}
      {value.map((id, index) => (
        <div key={id} className="k-set-line">
          <span className="k-grow">
            {ordered && <span className="k-quiet">{index + 1}. </span>}
            {options[id] ?? id}
          </span>
          {ordered && (
            <>
              <ActionIcon
                aria-label={t('settings.up', { what: options[id] ?? id })}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                aria-label={t('settings.down', { what: options[id] ?? id })}
                disabled={index === value.length - 1}
                onClick={() => move(index, 1)}
              >
                <IconArrowDown size={14} />
              </ActionIcon>
            </>
          )}
          <ActionIcon
            aria-label={t('settings.drop', { what: options[id] ?? id })}
            onClick={() => onChange(value.filter((one) => one !== id))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {Object.keys(left).length > 0 && (
        <NativeSelect
          aria-label={`${label}: ${t('settings.add')}`}
          value=""
          error={wrong}
          data={[
            { value: '', label: t('settings.add_another') },
            ...Object.entries(left).map(([id, name]) => ({ value: id, label: name })),
          ]}
          onChange={(event) => event.currentTarget.value && onChange([...value, event.currentTarget.value])}
        />
      )}
      {Object.keys(left).length === 0 && wrong && <p className="k-tone-bad">{wrong}</p>}
    </fieldset>
  )
}

/** Short texts, one a line: addresses, numbers. */
export function LinesField({
  label,
  hint,
  wrong,
  value,
  onChange,
  addWords,
  placeholder,
  testId,
}: Common & {
  value: string[]
  onChange: (value: string[]) => void
  addWords: string
  placeholder?: string
}) {
  const { t } = useTranslation()
  return (
    <fieldset className="k-set-group" data-testid={testId}>
      <legend className="k-label">{label}</legend>
      {hint && <p className="k-hint k-set-hint">{hint}</p>}
      {value.map((text, index) => (
        <div key={index} className="k-set-line">
          <TextInput
            className="k-grow"
            aria-label={`${label} ${index + 1}`}
            value={text}
            placeholder={placeholder}
            onChange={(event) => onChange(value.map((one, at) => (at === index ? event.currentTarget.value : one)))}
          />
          <ActionIcon
            aria-label={t('settings.drop', { what: text || String(index + 1) })}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {wrong && <p className="k-tone-bad k-set-hint">{wrong}</p>}
      <div>
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => onChange([...value, ''])}>
          {addWords}
        </Button>
      </div>
    </fieldset>
  )
}

/** Rows of several inputs each: steps, relaxations, announcements. */
export function RowsField<Row>({
  label,
  hint,
  wrong,
  value,
  onChange,
  blank,
  addWords,
  ordered = false,
  testId,
  children,
}: Common & {
  value: Row[]
  onChange: (value: Row[]) => void
  blank: Row
  addWords: string
  ordered?: boolean
  children: (row: Row, change: (part: Partial<Row>) => void) => ReactNode
}) {
  const { t } = useTranslation()
  const swap = (index: number, by: number) => {
    const next = [...value]
    const [one] = next.splice(index, 1)
    if (one !== undefined) next.splice(index + by, 0, one)
    onChange(next)
  }
  return (
    <fieldset className="k-set-group k-set-wide" data-testid={testId}>
      <legend className="k-label">{label}</legend>
      {hint && <p className="k-hint k-set-hint">{hint}</p>}
      {value.map((row, index) => (
        <div key={index} className="k-set-row">
          <div className="k-set-fields k-grow">
            {children(row, (part) => onChange(value.map((one, at) => (at === index ? { ...one, ...part } : one))))}
          </div>
          {ordered && (
            <>
              <ActionIcon
                aria-label={t('settings.up', { what: `${label} ${index + 1}` })}
                disabled={index === 0}
                onClick={() => swap(index, -1)}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                aria-label={t('settings.down', { what: `${label} ${index + 1}` })}
                disabled={index === value.length - 1}
                onClick={() => swap(index, 1)}
              >
                <IconArrowDown size={14} />
              </ActionIcon>
            </>
          )}
          <ActionIcon
            aria-label={t('settings.drop', { what: `${label} ${index + 1}` })}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {wrong && <p className="k-tone-bad k-set-hint">{wrong}</p>}
      <div>
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => onChange([...value, blank])}>
          {addWords}
        </Button>
      </div>
    </fieldset>
  )
}
