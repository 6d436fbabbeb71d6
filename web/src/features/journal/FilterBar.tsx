import { ActionIcon, CloseButton, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconDownload, IconSearch, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDirectory } from '@/ui/names'
import { useTopics } from './contacts'
import { DIRECTIONS, type Filters, isNarrowed, queryOf } from './filters'
import { SavedFilters } from './SavedFilters'
import { type Branch, type Option, topicOptions } from './topics'

const OUTCOMES = [
  'answered',
  'self_served',
  'message_taken',
  'called_back',
  'lost',
  'short_abandoned',
  'not_reached',
  'blocked',
]

interface Props {
  filters: Filters
  onChange: (filters: Filters) => void
}

export function FilterBar({ filters, onChange }: Props) {
  const { t } = useTranslation()
  const { queues, agents } = useDirectory()
  const topics = useTopics()
  const [text, setText] = useState(filters.text ?? '')
  const change = (part: Filters) => onChange(withoutBlanks({ ...filters, ...part }))
  const search = useDebouncedCallback((value: string) => change({ text: value }), 300)
  const reset = () => {
    setText('')
    onChange({})
  }
  return (
    <div className="k-filters" role="search" aria-label={t('journal.filters')}>
      <TextInput
        leftSection={<IconSearch size={14} />}
        placeholder={t('journal.search')}
        aria-label={t('journal.search')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          search(event.currentTarget.value)
        }}
        className="k-filters-search"
        title={t('journal.search')}
        data-testid="journal-search"
      />
      <SegmentedControl
        aria-label={t('journal.period')}
        value={filters.period ?? 'all'}
        onChange={(value) => change({ period: value === 'all' ? '' : value })}
        data={['today', 'yesterday', 'week', 'month', 'all'].map((value) => ({ value, label: t(`period.${value}`) }))}
        data-testid="journal-period"
      />
      <div className="k-filters-picks">
        <Pick
          label={t('journal.outcome')}
          value={filters.outcome}
          data={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
          onChange={(outcome) => change({ outcome })}
          width={130}
        />
        <Pick
          label={t('journal.direction')}
          value={filters.direction}
          data={DIRECTIONS.map((value) => ({ value, label: t(`direction.${value}`) }))}
          onChange={(direction) => change({ direction: direction as Filters['direction'] })}
          width={130}
        />
        <Pick
          label={t('journal.agent')}
          value={filters.agent}
          data={options(agents, (agent) => agent.name)}
          onChange={(agent) => change({ agent })}
          width={140}
        />
        <Pick
          label={t('journal.queue')}
          value={filters.queue}
          data={options(queues, (name) => name)}
          onChange={(queue) => change({ queue })}
          width={120}
        />
        <Pick
          label={t('journal.topic')}
          value={filters.topic}
          data={topics.data ? topicOptions(topics.data) : []}
          onChange={(topic) => change({ topic })}
          width={135}
        />
        {filters.more && (
          <span className="k-chip" data-tone="work" title={t('journal.from_report')} data-testid="journal-from-report">
            {filters.why ?? t('journal.from_report')}
          </span>
        )}
        {isNarrowed(filters) && (
          <CloseButton onClick={reset} aria-label={t('journal.reset')} title={t('journal.reset')} />
        )}
      </div>
      <div className="k-grow" />
      <ActionIcon
        variant={filters.by ? 'filled' : 'default'}
        size={30}
        onClick={() => onChange(withoutBlanks({ ...filters, by: filters.by ? undefined : 'customers' }))}
        aria-pressed={filters.by !== undefined}
        aria-label={t('journal.by_customers')}
        title={t('journal.by_customers')}
        data-testid="journal-by-customers"
      >
        <IconUsers size={16} />
      </ActionIcon>
      <SavedFilters
        filters={filters}
        onOpen={(kept) => {
          setText(kept.text ?? '')
          onChange(kept)
        }}
      />
      <ActionIcon
        component="a"
        href={exportAddress(filters)}
        download
        variant="default"
        size={30}
        aria-label={t('journal.export')}
        title={t('journal.export')}
      >
        <IconDownload size={16} />
      </ActionIcon>
    </div>
  )
}

interface PickProps {
  label: string
  value: string | undefined
  data: (Option | Branch)[]
  onChange: (value: string) => void
  width: number
}

function Pick({ label, value, data, onChange, width }: PickProps) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value ?? null}
      data={data}
      onChange={(chosen) => onChange(chosen ?? '')}
      clearable
      searchable
      w={width}
      maxDropdownHeight={340}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  )
}

function options<T>(entries: Record<string, T>, name: (entry: T) => string) {
  return Object.entries(entries)
    .map(([value, entry]) => ({ value, label: name(entry) }))
    .sort((a, b) => a.label.localeCompare(b.label))
}

function withoutBlanks(filters: Filters): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value))
}

function exportAddress(filters: Filters): string {
  const query = new URLSearchParams({ timezone: Intl.DateTimeFormat().resolvedOptions().timeZone })
  for (const [name, value] of Object.entries(queryOf(filters))) {
    const given: unknown[] = Array.isArray(value) ? value : [value]
    for (const one of given) {
      if (typeof one === 'string' && one) query.append(name, one)
      else if (typeof one === 'number' || typeof one === 'boolean') query.append(name, String(one))
    }
  }
  return `/api/contacts.csv?${query.toString()}`
}
