import { Checkbox, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDirectory } from '@/ui/names'
import { DaysChoice } from './DaysChoice'
import type { About } from './queries'
import type { Days, ReportSearch } from './search'

interface Props {
  search: ReportSearch
  report: About
  targets: number[]
  days: Days
  zone: string
  onChange: (part: ReportSearch) => void
}

/** Which days, by what, of whom. */
export function AskBar({ search, report, targets, days, zone, onChange }: Props) {
  const { t } = useTranslation()
  const directory = useDirectory()
  const agents = Object.fromEntries(Object.entries(directory.agents).map(([id, agent]) => [id, agent.name]))
  return (
    <div className="k-ask" role="search" aria-label={t('reports.ask')}>
      <DaysChoice period={search.period} days={days} onChange={onChange} />
      {report.by.length > 1 && (
        <Select
          aria-label={t('reports.by')}
          value={search.by && report.by.includes(search.by) ? search.by : (report.by[0] ?? null)}
          data={report.by.map((value) => ({ value, label: t(`reports.dimension.${value}`) }))}
          onChange={(by) => onChange({ by: by ?? '' })}
          allowDeselect={false}
          w={160}
          data-testid="report-by"
        />
      )}
      {report.narrows.includes('project') && (
        <Pick
          label={t('reports.of.project')}
          value={search.project}
          names={directory.projects}
          onChange={(project) => onChange({ project })}
        />
      )}
      {report.narrows.includes('queue') && (
        <Pick
          label={t('journal.queue')}
          value={search.queue}
          names={directory.queues}
          onChange={(queue) => onChange({ queue })}
        />
      )}
      {report.narrows.includes('agent') && (
        <Pick
          label={t('journal.agent')}
          value={search.agent}
          names={agents}
          onChange={(agent) => onChange({ agent })}
        />
      )}
      {report.targets && (
        <Select
          aria-label={t('reports.target')}
          value={search.target ?? '20'}
          data={targets.map((value) => ({
            value: String(value),
            label: t('reports.target_seconds', { count: value }),
          }))}
          onChange={(target) => onChange({ target: target ?? '' })}
          allowDeselect={false}
          w={120}
        />
      )}
      <Checkbox
        label={t('reports.compare')}
        checked={search.compare !== undefined}
        onChange={(event) => onChange({ compare: event.currentTarget.checked ? 'yes' : '' })}
        data-testid="report-compare"
      />
      <div className="k-grow" />
      <span className="k-quiet" title={t('reports.zone')}>
        {zone}
      </span>
    </div>
  )
}

interface PickProps {
  label: string
  value: string | undefined
  names: Record<string, string>
  onChange: (value: string) => void
}

function Pick({ label, value, names, onChange }: PickProps) {
  const data = Object.entries(names)
    .map(([id, name]) => ({ value: id, label: name }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value ?? null}
      data={data}
      onChange={(chosen) => onChange(chosen ?? '')}
      clearable
      searchable
      w={128}
    />
  )
}
