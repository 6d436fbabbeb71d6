import { Button, Menu, Select } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { seconds } from '@/api/types'
import { nameOf, said } from '@/features/floor/units'
import { useReports } from '@/features/reports/queries'
import { DaysChoice } from '@/features/reports/DaysChoice'
import { daysOf } from '@/features/reports/search'
import { WithSections } from '@/features/reports/Sections'
import { useMay } from '@/features/session/session'
import { currentLocale } from '@/i18n'
import { useNow } from '@/ui/clock'
import { duration } from '@/ui/format'
import { useDirectory } from '@/ui/names'
import { Chip, Empty, Loading, Moment, Panel, Trouble } from '@/ui/pieces'
import { asked as askedOf, fileAddress, type HistorySearch } from './search'

type Schemas = components['schemas']
type Sums = Schemas['SituationSums']
type Situation = Schemas['Situation']

const SHOWN = 300

/** The history of alerts: sums by rule, and every situation with who was on it and what was done. */
export function AlertsHistory() {
  const { t } = useTranslation()
  const edits = useMay()('edit_alerts')
  const search = useSearch({ from: '/reports/alerts' })
  const navigate = useNavigate({ from: '/reports/alerts' })
  const reports = useReports()
  const zone = reports.data?.choices.zone
  const asked = askedOf(search, zone ?? 'Europe/Moscow')
  const told = useQuery({
    queryKey: ['situations', 'history', asked],
    enabled: zone !== undefined,
    queryFn: () => must(client.GET('/api/alerts/history', { params: { query: asked } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  const change = (part: HistorySearch) =>
    void navigate({
      search: (before: HistorySearch) =>
        Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, value]) => value)),
      replace: true,
    })
  return (
    <WithSections>
      <div className="k-column">
        <header style={{ display: 'flex', gap: 12, alignItems: 'start' }}>
          <div className="k-grow">
            <h1 style={{ margin: 0, fontSize: 18 }}>{t('history.title')}</h1>
            <p className="k-quiet" style={{ margin: 0 }}>
              {t('history.about')}
            </p>
          </div>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" leftSection={<IconDownload size={14} />} data-testid="history-files">
                {t('reports.files')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {['xlsx', 'csv', 'pdf'].map((format) => (
                <Menu.Item key={format} component="a" href={fileAddress(asked, format)} download>
                  {t(`reports.format.${format}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </header>
        <Ask search={search} zone={zone ?? ''} rules={told.data?.rules ?? []} onChange={change} />
        {reports.error && <Trouble error={reports.error} retry={() => void reports.refetch()} />}
        {told.error && <Trouble error={told.error} retry={() => void told.refetch()} />}
        {!told.data && !told.error && !reports.error && <Loading />}
        {told.data?.total.situations === 0 && (
          <section className="k-panel k-grow">
            <Empty
              title={t('history.nothing')}
              action={
                edits && (
                  <Link to="/settings/alerts" className="k-link">
                    {t('floor.alert_rules')}
                  </Link>
                )
              }
            >
              {t('history.nothing_hint')}
            </Empty>
          </section>
        )}
        {told.data && told.data.total.situations > 0 && (
          <>
            <Panel title={t('history.by_rule')} flush testId="history-rules">
              <Rules rules={told.data.rules} total={told.data.total} onChoose={(rule) => change({ rule })} />
            </Panel>
            <Panel title={t('history.each')} flush className="k-grow" testId="history-each">
              <Each situations={told.data.situations} />
            </Panel>
          </>
        )}
      </div>
    </WithSections>
  )
}

interface AskProps {
  search: HistorySearch
  zone: string
  rules: Sums[]
  onChange: (part: HistorySearch) => void
}

function Ask({ search, zone, rules, onChange }: AskProps) {
  const { t } = useTranslation()
  const { projects } = useDirectory()
  const days = daysOf(search, zone || 'Europe/Moscow')
  return (
    <div className="k-filters" role="search" aria-label={t('reports.ask')}>
      <DaysChoice period={search.period} days={days} onChange={onChange} />
      <Select
        aria-label={t('history.rule')}
        placeholder={t('history.all_rules')}
        data={rules.map((one) => ({ value: one.rule, label: nameOf(t, one) }))}
        value={search.rule ?? null}
        onChange={(rule) => onChange({ rule: rule ?? '' })}
        clearable
        w={200}
      />
      <Select
        aria-label={t('insights.project')}
        placeholder={t('insights.all_projects')}
        data={Object.entries(projects).map(([value, label]) => ({ value, label }))}
        value={search.project ?? null}
        onChange={(project) => onChange({ project: project ?? '' })}
        clearable
        w={170}
      />
      <div className="k-grow" />
      <span className="k-quiet" title={t('reports.zone')}>
        {zone}
      </span>
    </div>
  )
}

function lasting(value: number | null): string {
  return value === null ? '–' : duration(Math.round(value))
}

function Rules({ rules, total, onChoose }: { rules: Sums[]; total: Sums; onChoose: (rule: string) => void }) {
  const { t } = useTranslation()
  const line = (one: Sums, name: React.ReactNode) => (
    <tr key={one.rule} data-testid={one.rule ? 'history-rule' : 'history-total'}>
      <td style={{ whiteSpace: 'normal' }}>{name}</td>
      <td className="k-quiet">{one.figure && t(`floor.figure.${one.figure}`, one.figure)}</td>
      <td className="k-right k-num">
        {one.lasting > 0 && <span className="k-quiet">{t('history.lasting', { count: one.lasting })} · </span>}
        {one.situations}
      </td>
      <td className="k-right k-num">{lasting(one.lasted_s)}</td>
      <td className="k-right k-num">{lasting(one.mean_s)}</td>
      <td className="k-right k-num">{lasting(one.longest_s)}</td>
      <td className="k-right k-num">{one.taken}</td>
      <td className="k-right k-num">{lasting(one.taken_after_s)}</td>
      <td className="k-right k-num">{one.done}</td>
    </tr>
  )
  return (
    <table className="k-table k-wrapping">
      <thead>
        <tr>
          <th>{t('history.rule')}</th>
          <th>{t('history.figure')}</th>
          {['situations', 'lasted', 'mean', 'longest', 'taken', 'taken_after', 'told'].map((name) => (
            <th key={name} className="k-right">
              {t(`history.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rules.map((one) =>
          line(
            one,
            <button type="button" className="k-link" onClick={() => onChoose(one.rule)}>
              {nameOf(t, one)}
            </button>,
          ),
        )}
        {rules.length > 1 && line(total, <strong>{t('history.total')}</strong>)}
      </tbody>
    </table>
  )
}

function Each({ situations }: { situations: Situation[] }) {
  const { t } = useTranslation()
  const { projects } = useDirectory()
  const now = useNow()
  return (
    <>
      <table className="k-table k-wrapping">
        <thead>
          <tr>
            <th>{t('history.began')}</th>
            <th>{t('history.rule')}</th>
            <th>{t('history.worst')}</th>
            <th className="k-right">{t('history.lasted')}</th>
            <th>{t('history.on_it')}</th>
            <th>{t('history.done')}</th>
          </tr>
        </thead>
        <tbody>
          {situations.slice(0, SHOWN).map((one) => (
            <tr key={one.id} data-testid="history-situation">
              <td>
                <Moment at={seconds(one.since)} />
              </td>
              <td>
                {nameOf(t, one)}
                {one.project && <span className="k-quiet"> {projects[one.project] ?? one.project}</span>}
              </td>
              <td>
                {said(one.figure, one.worst, currentLocale())}{' '}
                <span className="k-quiet">
                  {t(one.above ? 'floor.limit_above' : 'floor.limit_below', {
                    limit: said(one.figure, one.limit, currentLocale()),
                  })}
                </span>
              </td>
              <td className="k-right k-num">
                {one.until ? (
                  duration(seconds(one.until) - seconds(one.since))
                ) : (
                  <Chip tone="bad">
                    {t('history.still')} {duration(now - seconds(one.since))}
                  </Chip>
                )}
              </td>
              <td>
                {one.taken_by_name || <span className="k-quiet">{t('history.nobody')}</span>}
                {one.taken_at && (
                  <span className="k-quiet">
                    {' '}
                    {t('history.after', { time: duration(seconds(one.taken_at) - seconds(one.since)) })}
                  </span>
                )}
              </td>
              <td title={one.done_by_name || undefined}>
                {one.done || <span className="k-quiet">{t('history.untold')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {situations.length > SHOWN && (
        <p className="k-quiet" style={{ padding: 12 }}>
          {t('history.shown', { shown: SHOWN, count: situations.length })}
        </p>
      )}
    </>
  )
}
