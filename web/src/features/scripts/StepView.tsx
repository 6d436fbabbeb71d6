import { Button, Select, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateField } from '@/ui/DateField'
import { useKeys } from '@/ui/keys'
import { Empty, Key } from '@/ui/pieces'
import type { ScriptDocument, ScriptField } from './queries'
import { type Filled, missing, spoken, stepOf } from './walk'

interface Props {
  document: ScriptDocument
  step: string
  number: number
  filled: Filled
  onFill: (filled: Filled) => void
  /** the blank that is being filled in, '' when none is */
  onEnter?: (field: string) => void
  onAnswer: (answer: number) => void
  onBack: (() => void) | undefined
  onRestart: () => void
  byKeys?: boolean
}

/** One step: what to say, what to ask, what to answer to objections, and where to go from here. */
export function StepView(props: Props) {
  const { document, step: id, number, filled, onFill, onEnter, onAnswer, onBack, onRestart, byKeys } = props
  const { t } = useTranslation()
  const [asked, setAsked] = useState('')
  const step = stepOf(document, id)
  const lacking = step ? missing(step, filled) : []
  const answer = (place: number) => {
    if (!step?.answers?.[place]) return
    if (lacking.length > 0) setAsked(id)
    else onAnswer(place)
  }
  const keys = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`Digit${n + 1}`, () => answer(n)]))
  useKeys(byKeys ? { ...keys, Backspace: onBack } : {})

  if (!step)
    return (
      <Empty
        title={t('scripts.over')}
        action={
          <div style={{ display: 'flex', gap: 6 }}>
            <Back onBack={onBack} />
            <Restart onRestart={onRestart} />
          </div>
        }
      >
        {t('scripts.over_hint')}
      </Empty>
    )
  return (
    <div>
      <div style={{ display: 'flex', gap: 6, alignItems: 'center', marginBottom: 8 }}>
        <h3 className="k-subtitle k-grow k-cut" style={{ margin: 0 }} aria-live="polite">
          {number}. {step.title}
        </h3>
        <Back onBack={onBack} />
        {onBack && <Restart onRestart={onRestart} />}
      </div>
      {step.text && <p className="k-script-say">{spoken(step.text, filled)}</p>}
      {step.hint && <p className="k-script-hint">{step.hint}</p>}
      {step.fields?.map((field) => (
        <Blank
          key={field.id}
          field={field}
          value={filled[field.id] ?? ''}
          needed={asked === id && lacking.includes(field.id)}
          onChange={(value) => onFill({ ...filled, [field.id]: value })}
          onEnter={() => onEnter?.(field.id)}
          onLeave={() => onEnter?.('')}
        />
      ))}
      <div className="k-script-answers" role="group" aria-label={t('scripts.answers')}>
        {step.answers?.map((one, place) => (
          <Button
            key={`${place} ${one.title}`}
            variant="default"
            justify="flex-start"
            onClick={() => answer(place)}
            leftSection={byKeys && <Key>{place + 1}</Key>}
            data-answer={place}
            data-testid={`script-answer-${place + 1}`}
          >
            {one.title}
          </Button>
        ))}
      </div>
      {(step.objections?.length ?? 0) > 0 && (
        <div className="k-objections" style={{ marginTop: 14 }}>
          <h4 className="k-subtitle">{t('scripts.objections')}</h4>
          {step.objections?.map((one) => (
            <details key={one.said}>
              <summary>{one.said}</summary>
              <p>{spoken(one.reply, filled)}</p>
            </details>
          ))}
        </div>
      )}
    </div>
  )
}

function Back({ onBack }: { onBack: (() => void) | undefined }) {
  const { t } = useTranslation()
  if (!onBack) return null
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconArrowBackUp size={13} />}
      onClick={onBack}
      data-testid="script-back"
    >
      {t('scripts.back')}
    </Button>
  )
}

function Restart({ onRestart }: { onRestart: () => void }) {
  const { t } = useTranslation()
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      px={5}
      onClick={onRestart}
      aria-label={t('scripts.restart')}
      title={t('scripts.restart')}
    >
      <IconRefresh size={13} />
    </Button>
  )
}

interface BlankProps {
  field: ScriptField
  value: string
  needed: boolean
  onChange: (value: string) => void
  onEnter: () => void
  onLeave: () => void
}

function Blank({ field, value, needed, onChange, onEnter, onLeave }: BlankProps) {
  const { t } = useTranslation()
  const shared = {
    label: field.title,
    mb: 8,
    withAsterisk: field.required ?? false,
    error: needed ? t('operator.needed') : undefined,
    description: field.unrecorded ? t('scripts.field_unrecorded') : undefined,
    onFocus: onEnter,
    // who looks into another window, at a payment for instance, has not left the field
    onBlur: () => {
      if (window.document.hasFocus()) onLeave()
    },
    'data-testid': `blank-${field.id}`,
  }
  if (field.kind === 'choice')
    return (
      <Select
        {...shared}
        data={[...new Set(field.choices)]}
        value={value || null}
        onChange={(chosen) => onChange(chosen ?? '')}
        clearable
      />
    )
  if (field.kind === 'date') return <DateField {...shared} value={value} onChange={onChange} />
  return (
    <TextInput
      {...shared}
      inputMode={field.kind === 'number' ? 'decimal' : undefined}
      value={value}
      maxLength={200}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
