import { ActionIcon, Button, Checkbox, SegmentedControl, Select } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DateField } from '@/ui/DateField'
import { useDirectory } from '@/ui/names'
import { dayOfSearch, shifted } from './days'
import type { ShiftSearch } from './search'

interface AskProps {
  search: ShiftSearch
  today: string
  zone: string
  onChange: (part: ShiftSearch) => void
}

/** Which day or week, and of whom. */
export function Ask({ search, today, zone, onChange }: AskProps) {
  const { t } = useTranslation()
  const { projects, queues, agents } = useDirectory()
  const day = dayOfSearch(search, today)
  const step = search.week ? 7 : 1
  const go = (to: string) => onChange({ day: to === today ? '' : to })
  const choice = (named: Record<string, string>) => Object.entries(named).map(([value, label]) => ({ value, label }))
  return (
    <div className="k-filters" role="search" aria-label={t('reports.ask')}>
      <SegmentedControl
        aria-label={t('journal.period')}
        value={search.week ? 'week' : 'day'}
        onChange={(value) => onChange({ week: value === 'week' ? '1' : '' })}
        data={['day', 'week'].map((value) => ({ value, label: t(`shifts.span.${value}`) }))}
        data-testid="shift-span"
      />
      <span style={{ display: 'inline-flex', gap: 2, alignItems: 'center' }}>
        <ActionIcon
          aria-label={t('shifts.earlier')}
          onClick={() => go(shifted(day, -step))}
          data-testid="shift-earlier"
        >
          <IconChevronLeft size={16} />
        </ActionIcon>
        <DateField aria-label={t('shifts.day')} value={day} onChange={(to) => to && go(to)} w={120} />
        <ActionIcon
          aria-label={t('shifts.later')}
          onClick={() => go(shifted(day, step))}
          disabled={shifted(day, step) > today && day >= today}
          data-testid="shift-later"
        >
          <IconChevronRight size={16} />
        </ActionIcon>
      </span>
      {day !== today && (
        <Button variant="default" onClick={() => go(today)}>
          {t('shifts.today')}
        </Button>
      )}
      <Select
        aria-label={t('shifts.group')}
        placeholder={t('shifts.all_groups')}
        data={choice(queues)}
        value={search.queue ?? null}
        onChange={(queue) => onChange({ queue: queue ?? '' })}
        clearable
        searchable
        w={160}
        data-testid="shift-group"
      />
      <Select
        aria-label={t('insights.project')}
        placeholder={t('insights.all_projects')}
        data={choice(projects)}
        value={search.project ?? null}
        onChange={(project) => onChange({ project: project ?? '' })}
        clearable
        w={150}
      />
      {search.agent && (
        <Button variant="default" onClick={() => onChange({ agent: '' })}>
          {agents[search.agent]?.name ?? search.agent} ×
        </Button>
      )}
      <Checkbox
        size="xs"
        label={t('shifts.absent_too')}
        checked={Boolean(search.absent)}
        onChange={(event) => onChange({ absent: event.currentTarget.checked ? '1' : '' })}
        data-testid="shift-absent"
      />
      <div className="k-grow" />
      <span className="k-quiet" title={t('reports.zone')}>
        {zone}
      </span>
    </div>
  )
}
