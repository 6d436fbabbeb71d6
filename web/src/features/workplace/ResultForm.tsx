import { Button, Chip as Choice, Group, Select, Textarea } from '@mantine/core'
import { IconCheck, IconDeviceFloppy } from '@tabler/icons-react'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactCard } from '@/api/types'
import { useFinishWrapUp } from '@/features/phone/actions'
import { useMyRow } from '@/features/phone/mine'
import { useClassify, useTopics } from '@/features/journal/contacts'
import { topicOptions } from '@/features/journal/topics'
import { serverNow } from '@/ui/clock'
import { useKeys } from '@/ui/keys'
import { Loading, Trouble } from '@/ui/pieces'
import { BLANK, type Draft, forgetDraft, keepDraft, readDraft } from './draft'

interface Props {
  contact: string
  card: ContactCard | undefined
  onPutAside?: () => void
}

/** What it was about and what came of it. Every keystroke is kept until the server has it. */
export function ResultForm({ contact, card, onPutAside }: Props) {
  const { t } = useTranslation()
  const topics = useTopics()
  const classify = useClassify(contact)
  const finish = useFinishWrapUp()
  const mine = useMyRow()
  const [draft, setDraft] = useState<Draft | undefined>(() => readDraft(localStorage, contact))
  const [asked, setAsked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  // what the server has just taken reaches the journal a moment later: until then the answer is our own copy
  const [sent, setSent] = useState<Draft>()
  const saved: Draft = sent ?? (card ? { topic: card.topic, result: card.result, note: card.note } : BLANK)
  const shown = draft ?? saved
  const wrappingUp = mine?.state === 'wrap_up' && mine.contact === contact
  const isSaved = classify.isSuccess && draft === undefined
  const complete = shown.topic !== '' && shown.result !== ''

  const change = (part: Partial<Draft>) => {
    const next = { ...shown, ...part }
    setDraft(next)
    keepDraft(localStorage, contact, next, serverNow())
    if (classify.error) classify.reset()
  }
  const save = (then?: () => void) => {
    setAsked(true)
    if (!complete) {
      form.current
        ?.querySelector<HTMLElement>(shown.topic ? '[data-testid^=result-] input' : '[data-testid=topic]')
        ?.focus()
      return
    }
    classify.mutate(
      { topic: shown.topic, result: shown.result, note: shown.note },
      {
        onSuccess: () => {
          forgetDraft(localStorage, contact)
          setSent(shown)
          setDraft(undefined)
          setAsked(false)
          then?.()
        },
      },
    )
  }
  const saveAll = () => save(wrappingUp ? () => finish.mutate() : onPutAside)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  useKeys({ 'Ctrl+Enter': saveAll })

  if (topics.isPending) return <Loading />
  if (topics.error) return <Trouble error={topics.error} retry={() => void topics.refetch()} />
  return (
    <form ref={form} onSubmit={submit} className="k-form" data-testid="result-form">
      <Select
        label={t('result.topic')}
        placeholder={t('result.choose_topic')}
        data={topicOptions(topics.data)}
        value={shown.topic || null}
        onChange={(value) => change({ topic: value ?? '' })}
        searchable
        nothingFoundMessage={t('nothing_found')}
        error={asked && !shown.topic ? t('result.topic_needed') : undefined}
        maxDropdownHeight={320}
        data-testid="topic"
      />
      <div role="group" aria-label={t('result.result')}>
        <div className="k-label">{t('result.result')}</div>
        <Choice.Group value={shown.result} onChange={(value) => change({ result: String(value) })}>
          <div className="k-results" data-testid="result">
            {topics.data.results.map((result) => (
              <Choice
                key={result.id}
                value={result.id}
                size="xs"
                radius="sm"
                variant="outline"
                wrapperProps={{ 'data-testid': `result-${result.id}` }}
              >
                {result.title}
              </Choice>
            ))}
          </div>
        </Choice.Group>
        {asked && !shown.result && (
          <div className="k-tone-bad" style={{ marginTop: 4 }}>
            {t('result.result_needed')}
          </div>
        )}
      </div>
      <Textarea
        label={t('result.note')}
        placeholder={t('result.note_hint')}
        value={shown.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
        autosize
        minRows={4}
        maxRows={10}
        maxLength={4000}
        data-testid="note"
      />
      {classify.error && <Trouble error={classify.error} />}
      <Group gap={8}>
        {(wrappingUp || onPutAside) && (
          <Button
            leftSection={<IconCheck size={15} />}
            onClick={saveAll}
            loading={classify.isPending || finish.isPending}
            data-testid="save-and-finish"
          >
            {t(wrappingUp ? 'result.save_and_finish' : 'result.save_and_close')}
          </Button>
        )}
        <Button
          type="submit"
          variant={wrappingUp || onPutAside ? 'default' : 'filled'}
          leftSection={<IconDeviceFloppy size={15} />}
          loading={classify.isPending}
          data-testid="save-result"
        >
          {t('result.save')}
        </Button>
        <span className="k-quiet" aria-live="polite" data-testid="result-state" data-saved={isSaved || undefined}>
          {isSaved ? t('result.saved') : draft ? t('result.kept') : ''}
        </span>
      </Group>
    </form>
  )
}
