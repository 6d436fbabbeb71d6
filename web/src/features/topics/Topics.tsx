import { ActionIcon, Button, Checkbox, MultiSelect, Select, TextInput } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconArrowUp, IconPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { queries } from '@/api/queries'
import type { TopicTree } from '@/api/types'
import { Tabs } from '@/features/knowledge/Tabs'
import { useTopics } from '@/features/journal/contacts'
import { useDirectory } from '@/ui/names'
import { Loading, Panel, Trouble } from '@/ui/pieces'
import { freshId, inOrder, type Topic, withBranch } from './lists'

/** What operators choose from when they write down a result. Nothing is deleted: contacts name it. */
export function Topics() {
  const { t } = useTranslation()
  const topics = useTopics()
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('topics.title')}</h1>
      <Tabs />
      {topics.error && <Trouble error={topics.error} retry={() => void topics.refetch()} />}
      {topics.data ? <Lists given={topics.data} key={topics.data.revision} /> : <Loading />}
    </div>
  )
}

function Lists({ given }: { given: TopicTree }) {
  const { t } = useTranslation()
  const [lists, setLists] = useState(given)
  const [showArchived, setShowArchived] = useState(false)
  const keep = useMutation({
    mutationFn: () => must(client.PUT('/api/topics', { body: lists })),
    onSuccess: (kept) => queries.setQueryData(['topics'], kept),
  })
  const touched = lists !== given
  const change = (part: Partial<TopicTree>) => setLists({ ...lists, ...part })
  return (
    <>
      <div className="k-edit-row" style={{ alignItems: 'center', marginBottom: 8 }}>
        <Button onClick={() => keep.mutate()} loading={keep.isPending} disabled={!touched} data-testid="topics-save">
          {t('save')}
        </Button>
        {touched && (
          <Button variant="default" onClick={() => setLists(given)}>
            {t('cancel')}
          </Button>
        )}
        <Checkbox
          label={t('topics.show_archived')}
          checked={showArchived}
          onChange={(event) => setShowArchived(event.currentTarget.checked)}
        />
        <span className="k-quiet k-grow">{t('topics.kept_for_ever')}</span>
      </div>
      {keep.error && <Trouble error={keep.error} />}
      <div className="k-topics">
        <TopicList topics={lists.topics} archived={showArchived} onChange={(topics) => change({ topics })} />
        <div className="k-column k-long">
          <ResultList lists={lists} archived={showArchived} onChange={change} />
          <ChoiceList name="sources" lists={lists} archived={showArchived} onChange={change} />
          <ChoiceList name="refusals" lists={lists} archived={showArchived} onChange={change} />
        </div>
      </div>
    </>
  )
}

interface TopicsProps {
  topics: Topic[]
  archived: boolean
  onChange: (topics: Topic[]) => void
}

function TopicList({ topics, archived, onChange }: TopicsProps) {
  const { t } = useTranslation()
  const { projects } = useDirectory()
  const set = (id: string, part: Partial<Topic>) =>
    onChange(topics.map((one) => (one.id === id ? { ...one, ...part } : one)))
  const add = (above?: Topic) =>
    onChange([
      ...topics,
      {
        id: freshId(),
        parent: above?.id ?? '',
        title: t('topics.new'),
        project: above?.project ?? '',
        requires: [],
        archived: false,
      },
    ])
  const rows = inOrder(topics).filter(({ topic }) => archived || !topic.archived)
  return (
    <Panel
      title={t('topics.topics')}
      aside={
        <Button size="compact-xs" leftSection={<IconPlus size={13} />} onClick={() => add()} data-testid="topic-new">
          {t('topics.add')}
        </Button>
      }
    >
      {rows.map(({ topic, depth }) => (
        <div
          className="k-topic-row"
          key={topic.id}
          data-archived={topic.archived || undefined}
          style={{ paddingLeft: depth * 22 }}
          data-testid="topic-row"
        >
          <TextInput
            aria-label={t('topics.name')}
            value={topic.title}
            maxLength={100}
            onChange={(event) => set(topic.id, { title: event.currentTarget.value })}
          />
          {depth === 0 ? (
            <Select
              aria-label={t('knowledge.project')}
              data={[
                { value: '', label: t('knowledge.every_project') },
                ...Object.entries(projects).map(([value, label]) => ({ value, label })),
              ]}
              value={topic.project ?? ''}
              allowDeselect={false}
              onChange={(value) => onChange(withBranch(topics, topic.id, { project: value ?? '' }))}
            />
          ) : (
            <span />
          )}
          <MultiSelect
            size="xs"
            aria-label={t('topics.requires')}
            placeholder={topic.requires?.length ? undefined : t('topics.requires')}
            data={(['heard_from', 'next_step', 'note'] as const).map((value) => ({
              value,
              label: t(`operator.part.${value}`),
            }))}
            value={topic.requires ?? []}
            onChange={(value) => set(topic.id, { requires: value })}
          />
          <span style={{ display: 'flex' }}>
            <ActionIcon aria-label={t('topics.add_under')} title={t('topics.add_under')} onClick={() => add(topic)}>
              <IconPlus size={14} />
            </ActionIcon>
            <Archive
              archived={topic.archived ?? false}
              onChange={(value) => onChange(withBranch(topics, topic.id, { archived: value }))}
            />
          </span>
        </div>
      ))}
    </Panel>
  )
}

function Archive({ archived, onChange }: { archived: boolean; onChange: (archived: boolean) => void }) {
  const { t } = useTranslation()
  const words = t(archived ? 'scripts.unarchive' : 'scripts.archive')
  return (
    <ActionIcon aria-label={words} title={words} onClick={() => onChange(!archived)}>
      {archived ? <IconArchiveOff size={14} /> : <IconArchive size={14} />}
    </ActionIcon>
  )
}

interface ListProps {
  lists: TopicTree
  archived: boolean
  onChange: (part: Partial<TopicTree>) => void
}

function ResultList({ lists, archived, onChange }: ListProps) {
  const { t } = useTranslation()
  const set = (id: string, part: Partial<TopicTree['results'][number]>) =>
    onChange({ results: lists.results.map((one) => (one.id === id ? { ...one, ...part } : one)) })
  return (
    <Panel
      title={t('topics.results')}
      aside={
        <Add
          onClick={() =>
            onChange({
              results: [
                ...lists.results,
                {
                  id: freshId(),
                  title: t('topics.new_result'),
                  asks_refusal: false,
                  asks_next: false,
                  archived: false,
                },
              ],
            })
          }
        />
      }
    >
      {lists.results
        .filter((one) => archived || !one.archived)
        .map((one) => (
          <div className="k-choice-row" key={one.id} data-archived={one.archived || undefined}>
            <TextInput
              aria-label={t('topics.name')}
              value={one.title}
              maxLength={100}
              onChange={(event) => set(one.id, { title: event.currentTarget.value })}
            />
            <span style={{ display: 'flex', gap: 10 }}>
              <Checkbox
                size="xs"
                label={t('topics.asks_refusal')}
                checked={one.asks_refusal ?? false}
                onChange={(event) => set(one.id, { asks_refusal: event.currentTarget.checked })}
              />
              <Checkbox
                size="xs"
                label={t('topics.asks_next')}
                checked={one.asks_next ?? false}
                onChange={(event) => set(one.id, { asks_next: event.currentTarget.checked })}
              />
            </span>
            <Archive archived={one.archived ?? false} onChange={(value) => set(one.id, { archived: value })} />
          </div>
        ))}
    </Panel>
  )
}

function ChoiceList({ name, lists, archived, onChange }: ListProps & { name: 'sources' | 'refusals' }) {
  const { t } = useTranslation()
  const items = lists[name]
  const put = (next: TopicTree['sources']) => onChange({ [name]: next })
  const set = (id: string, part: Partial<TopicTree['sources'][number]>) =>
    put(items.map((one) => (one.id === id ? { ...one, ...part } : one)))
  const up = (place: number) => {
    const next = [...items]
    const [moved] = next.splice(place, 1)
    if (moved) next.splice(place - 1, 0, moved)
    put(next)
  }
  return (
    <Panel
      title={t(`topics.${name}`)}
      aside={<Add onClick={() => put([...items, { id: freshId(), title: t('topics.new_choice'), archived: false }])} />}
    >
      {items.map(
        (one, place) =>
          (archived || !one.archived) && (
            <div className="k-choice-row" key={one.id} data-archived={one.archived || undefined}>
              <TextInput
                aria-label={t('topics.name')}
                value={one.title}
                maxLength={100}
                onChange={(event) => set(one.id, { title: event.currentTarget.value })}
              />
              <ActionIcon
                aria-label={t('scripts.up')}
                title={t('scripts.up')}
                disabled={place === 0}
                onClick={() => up(place)}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <Archive archived={one.archived ?? false} onChange={(value) => set(one.id, { archived: value })} />
            </div>
          ),
      )}
    </Panel>
  )
}

function Add({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={onClick}>
      {t('topics.add')}
    </Button>
  )
}
