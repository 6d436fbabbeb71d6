import { useTranslation } from 'react-i18next'
import type { StoryLine } from '@/api/types'
import { addLazyWords } from '@/i18n/lazy'
import { Chip } from '@/ui/pieces'

addLazyWords()

/** What the person answered by keys, after the talk or before it. */
export function Answers({ story, questions }: { story: StoryLine[]; questions: Record<string, string> }) {
  const { t } = useTranslation()
  return (
    <section data-testid="survey-answers">
      <h3>{t('survey.of_card')}</h3>
      {story
        .filter((line) => line.type === 'question_answered')
        .map((line) => (
          <Chip key={line.position}>
            {questions[String(line.details.question)] ?? String(line.details.question)}:{' '}
            <strong>{String(line.details.answer)}</strong>
          </Chip>
        ))}
    </section>
  )
}
