import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { addLazyWords } from '@/i18n/lazy'
import { type KindField, type Question, questionsOf } from './document'
import { PromptsField } from './PromptsField'

addLazyWords()

interface Props {
  field: KindField
  value: unknown
  onChange: (value: Question[]) => void
}

/** Questions of a survey, one after another: what is said, which keys answer, under what name the answer is kept. */
export function Questions({ field, value, onChange }: Props) {
  const { t } = useTranslation()
  const questions = questionsOf(value)
  const put = (index: number, part: Partial<Question>) =>
    onChange(questions.map((one, at) => (at === index ? { ...one, ...part } : one)))
  const up = (index: number) => {
    const moved = [...questions]
    const [one] = moved.splice(index, 1)
    if (one) moved.splice(index - 1, 0, one)
    onChange(moved)
  }
  return (
    <div role="group" aria-label={field.title}>
      <div className="k-label">{field.title}</div>
      {questions.map((one, index) => (
        <div key={index} className="k-choice" data-testid="survey-question">
          <div className="k-prompt">
            <TextInput
              className="k-grow"
              label={t('survey.title_of')}
              description={t('survey.title_of_hint')}
              value={one.name}
              onChange={(event) => put(index, { name: event.currentTarget.value })}
              data-testid="survey-title"
            />
            {index > 0 && (
              <ActionIcon size="sm" aria-label={t('edit.up')} onClick={() => up(index)}>
                <IconArrowUp size={13} />
              </ActionIcon>
            )}
            <ActionIcon
              size="sm"
              aria-label={t('edit.take_off')}
              onClick={() => onChange(questions.filter((_, at) => at !== index))}
            >
              <IconX size={13} />
            </ActionIcon>
          </div>
          <TextInput
            label={t('survey.name')}
            description={t('survey.name_hint')}
            value={one.answer}
            onChange={(event) => put(index, { answer: event.currentTarget.value })}
            data-testid="survey-name"
          />
          <PromptsField
            label={t('survey.prompts')}
            value={one.prompts}
            onChange={(prompts) => put(index, { prompts })}
          />
          <TextInput
            label={t('survey.keys')}
            description={t('survey.keys_hint')}
            value={one.allowed}
            onChange={(event) => put(index, { allowed: event.currentTarget.value })}
          />
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPlus size={12} />}
        onClick={() => onChange([...questions, fresh(questions, t)])}
        data-testid="add-question"
      >
        {t('survey.add')}
      </Button>
    </div>
  )
}

/** The first is the usual one; the others have free names. */
function fresh(questions: readonly Question[], t: TFunction): Question {
  if (questions.length === 0)
    return { answer: 'quality', name: t('survey.quality'), prompts: ['ru/survey-quality'], allowed: '12345' }
  return { answer: `question-${questions.length + 1}`, name: '', prompts: [], allowed: '12345' }
}
