import { Button, Chip as Choice, Group, Select, Textarea, TextInput } from '@mantine/core'
import { IconCheck, IconDeviceFloppy } from '@tabler/icons-react'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactCard, TopicTree } from '@/api/types'
import { useFinishWrapUp } from '@/features/phone/actions'
import { useMyRow } from '@/features/phone/mine'
import { useTopics } from '@/features/journal/contacts'
import { topicOptions } from '@/features/journal/topics'
import { DateField } from '@/ui/DateField'
import { serverNow } from '@/ui/clock'
import { useKeys } from '@/ui/keys'
import { Loading, Note, Trouble } from '@/ui/pieces'
import { fromLocal, missingOf, type Part, toLocal } from './complete'
import { BLANK, type Draft, draftOf, keepDraft, readDraft } from './draft'
import { copyDraft, refusalOf, useSay, useServerDrafts, useUnsent } from './sending'

interface Props {
  contact: string
  project: string
  card: ContactCard | undefined
  onPutAside?: () => void
}

/** What it was about and what came of it. Every keystroke is kept, here and on the server, until the result is sent. */
export function ResultForm(props: Props) {
  const topics = useTopics()
  const drafts = useServerDrafts()
  if (topics.isPending || drafts.isLoading) return <Loading />
  if (topics.error && !topics.data) return <Trouble error={topics.error} retry={() => void topics.refetch()} />
  const kept = drafts.data?.find((one) => one.contact === props.contact)?.said
  return <Form {...props} tree={topics.data} kept={kept && draftOf(kept)} />
}

function Form({
  contact,
  project,
  card,
  onPutAside,
  tree,
  kept,
}: Props & { tree: TopicTree; kept: Draft | undefined }) {
  const { t } = useTranslation()
  const say = useSay(contact)
  const finish = useFinishWrapUp()
  const mine = useMyRow()
  const unsent = useUnsent().find((item) => item.contact === contact)
  const [draft, setDraft] = useState<Draft | undefined>(
    () => readDraft(localStorage, contact) ?? (unsent ? undefined : kept),
  )
  const [asked, setAsked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  // what the server has just taken reaches the journal a moment later: until then the answer is our own copy
  const [sent, setSent] = useState<Draft>()
  const saved: Draft = unsent?.said ?? sent ?? (card ? draftOf(card) : BLANK)
  const shown = draft ?? saved
  const wrappingUp = mine?.state === 'wrap_up' && mine.contact === contact
  const missing = missingOf(shown, tree)
  const lacks = (part: Part) => asked && missing.includes(part)
  const refused = refusalOf(contact)

  const change = (part: Partial<Draft>) => {
    const next = { ...shown, ...part }
    setDraft(next)
    keepDraft(localStorage, contact, next, serverNow())
    copyDraft(contact, next)
    if (say.error) say.reset()
  }
  const save = (then?: (taken: boolean) => void) => {
    setAsked(true)
    const [first] = missing
    if (first) {
      form.current
        ?.querySelector<HTMLElement>(
          `[data-part=${first}] input, input[data-part=${first}], textarea[data-part=${first}]`,
        )
        ?.focus()
      return
    }
    say.mutate(shown, {
      onSuccess: (taken) => {
        setSent(shown)
        setDraft(undefined)
        setAsked(false)
        then?.(taken)
      },
    })
  }
  // without a server the wrap-up ends by its limit: an order to end it that comes late would end the next one
  const saveAll = () => save((taken) => (wrappingUp ? taken && finish.mutate() : onPutAside?.()))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  useKeys({ 'Ctrl+Enter': saveAll })

  const chosen = tree.results.find((one) => one.id === shown.result)
  return (
    <form ref={form} onSubmit={submit} className="k-form" data-testid="result-form">
      <Select
        label={t('result.topic')}
        placeholder={t('result.choose_topic')}
        data={topicOptions({ topics: usable(tree.topics, project, shown.topic) })}
        value={shown.topic || null}
        onChange={(value) => change({ topic: value ?? '' })}
        searchable
        nothingFoundMessage={t('nothing_found')}
        error={lacks('topic') ? t('result.topic_needed') : undefined}
        maxDropdownHeight={320}
        data-part="topic"
        data-testid="topic"
      />
      <div role="group" aria-label={t('result.result')} data-part="result">
        <div className="k-label">{t('result.result')}</div>
        <Choice.Group value={shown.result} onChange={(value) => change({ result: String(value) })}>
          <div className="k-results" data-testid="result">
            {tree.results
              .filter((result) => !result.archived || result.id === shown.result)
              .map((result) => (
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
        {lacks('result') && (
          <div className="k-tone-bad" style={{ marginTop: 4 }}>
            {t('result.result_needed')}
          </div>
        )}
      </div>
      {(chosen?.asks_refusal || shown.refusal) && (
        <Select
          label={t('operator.refusal')}
          data={options(tree.refusals, shown.refusal)}
          value={shown.refusal || null}
          onChange={(value) => change({ refusal: value ?? '' })}
          clearable
          error={lacks('refusal') ? t('operator.needed') : undefined}
          data-part="refusal"
          data-testid="refusal"
        />
      )}
      <Textarea
        label={t('result.note')}
        placeholder={t('result.note_hint')}
        value={shown.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={4000}
        error={lacks('note') ? t('operator.needed') : undefined}
        data-part="note"
        data-testid="note"
      />
      <Select
        label={t('operator.heard_from')}
        placeholder={t('operator.heard_from_hint')}
        data={options(tree.sources, shown.heard_from)}
        value={shown.heard_from || null}
        onChange={(value) => change({ heard_from: value ?? '' })}
        clearable
        searchable
        nothingFoundMessage={t('nothing_found')}
        error={lacks('heard_from') ? t('operator.needed') : undefined}
        data-part="heard_from"
        data-testid="heard-from"
      />
      <div className="k-next">
        <TextInput
          label={t('operator.next_step')}
          placeholder={t('operator.next_step_hint')}
          value={shown.next_step}
          onChange={(event) => change({ next_step: event.currentTarget.value })}
          maxLength={500}
          error={lacks('next_step') ? t('operator.needed') : undefined}
          data-part="next_step"
          data-testid="next-step"
        />
        <DateField
          withTime
          label={t('operator.next_at')}
          value={toLocal(shown.next_at)}
          onChange={(at) => change({ next_at: fromLocal(at) })}
          error={lacks('next_at') ? t('operator.needed') : undefined}
          data-part="next_at"
          data-testid="next-at"
        />
      </div>
      {say.error ? (
        <Trouble error={say.error} />
      ) : (
        draft && refused && <Note tone="bad">{t('operator.refused', { reason: refused })}</Note>
      )}
      {wrappingUp && missing.length > 0 && !asked && (
        <p className="k-hint" data-testid="still-needed">
          {t('operator.still_needed', { what: missing.map((part) => t(`operator.part.${part}`)).join(', ') })}
        </p>
      )}
      <Group gap={8} className="k-form-actions">
        {(wrappingUp || onPutAside) && (
          <Button
            leftSection={<IconCheck size={15} />}
            onClick={saveAll}
            loading={say.isPending || finish.isPending}
            data-testid="save-and-finish"
          >
            {t(wrappingUp ? 'result.save_and_finish' : 'result.save_and_close')}
          </Button>
        )}
        <Button
          type="submit"
          variant={wrappingUp || onPutAside ? 'default' : 'filled'}
          leftSection={<IconDeviceFloppy size={15} />}
          loading={say.isPending}
          data-testid="save-result"
        >
          {t('result.save')}
        </Button>
        <Standing state={draft ? 'kept' : unsent ? 'unsent' : say.isSuccess ? 'saved' : 'none'} />
      </Group>
    </form>
  )
}

function Standing({ state }: { state: 'kept' | 'unsent' | 'saved' | 'none' }) {
  const { t } = useTranslation()
  return (
    <span
      className={state === 'unsent' ? 'k-tone-care' : 'k-quiet'}
      aria-live="polite"
      data-testid="result-state"
      data-saved={state === 'saved' || undefined}
      data-state={state}
    >
      {state === 'saved' && t('result.saved')}
      {state === 'kept' && t('operator.kept')}
      {state === 'unsent' && t('operator.unsent')}
    </span>
  )
}

/** Topics of this project and of all; an archived one only where it was chosen already. */
function usable(topics: TopicTree['topics'], project: string, chosen: string): TopicTree['topics'] {
  return topics.filter(
    (topic) => topic.id === chosen || (!topic.archived && (!topic.project || topic.project === project)),
  )
}

function options(items: TopicTree['sources'], chosen: string) {
  return items
    .filter((item) => !item.archived || item.id === chosen)
    .map((item) => ({ value: item.id, label: item.title }))
}
