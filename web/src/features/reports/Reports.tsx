import { Button, Menu } from '@mantine/core'
import { IconDownload, IconSettings } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/features/session/session'
import { currentLocale } from '@/i18n'
import { addLazyWords } from '@/i18n/lazy'
import { tagOf } from '@/ui/format'
import { Empty, Loading, Note, Trouble } from '@/ui/pieces'
import { AskBar } from './AskBar'
import { Bars } from './Bars'
import { ChoicesForm } from './Choices'
import { said } from './figures'
import { HeatMap } from './HeatMap'
import { type About, type Asked, fileAddress, useReport, useReports } from './queries'
import { daysOf, type ReportSearch } from './search'
import { SECTIONS } from './sections'
import { FiguresTable } from './FiguresTable'
import './reports.css'

addLazyWords()

/** The standard reports: a list beside, one of them with its picture and its table. */
export function Reports() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/reports' })
  const navigate = useNavigate({ from: '/reports' })
  const may = useMay()
  const [choosing, setChoosing] = useState(false)
  const list = useReports()
  const reports = list.data?.reports ?? []
  const chosen = reports.find((one) => one.id === search.report) ?? reports[0]
  const zone = list.data?.choices.zone ?? 'Europe/Moscow'
  const asked = question(search, chosen, zone)
  const report = useReport(chosen?.id, asked)
  const change = (part: ReportSearch) =>
    void navigate({ search: (before: ReportSearch) => withoutBlanks({ ...before, ...part }), replace: true })

  if (list.error) return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (!list.data || !chosen) return <Loading />
  const table = report.data?.report.id === chosen.id ? report.data : undefined
  const nothing = table?.total.figures.every((figure) => !figure.value)
  return (
    <div className="k-reports">
      <nav className="k-panel k-reports-side" aria-label={t('reports.list')}>
        {SECTIONS.filter((one) => one.to !== '/reports' && may(one.permission)).map((one) => (
          <Link key={one.to} to={one.to} className="k-reports-room">
            {t(one.words)}
          </Link>
        ))}
        {reports.map((one) => (
          <Link
            key={one.id}
            to="/reports"
            search={{ ...search, report: one.id, by: undefined, part: undefined }}
            data-status={one.id === chosen.id ? 'active' : undefined}
            data-testid={`report-${one.id}`}
          >
            {said(one.title, currentLocale())}
          </Link>
        ))}
        {may('configure') && (
          <Button
            variant="subtle"
            color="gray"
            justify="flex-start"
            leftSection={<IconSettings size={15} />}
            onClick={() => setChoosing(true)}
            data-testid="report-choices"
          >
            {t('reports.choices')}
          </Button>
        )}
      </nav>
      <div className="k-column">
        <header className="k-reports-head">
          <div className="k-grow">
            <h1>{said(chosen.title, currentLocale())}</h1>
            <p className="k-quiet">{said(chosen.about, currentLocale())}</p>
          </div>
          <Files report={chosen} asked={asked} />
        </header>
        <AskBar
          search={search}
          report={chosen}
          targets={list.data.targets}
          days={asked}
          zone={zone}
          onChange={change}
        />
        {list.data.behind > 5000 && (
          <Note tone="care">
            {t('reports.behind', { facts: list.data.behind.toLocaleString(tagOf(currentLocale())) })}
          </Note>
        )}
        {report.error && <Trouble error={report.error} retry={() => void report.refetch()} />}
        {!report.error && !table && <Loading />}
        {table && nothing && (
          <section className="k-panel k-grow">
            <Empty title={t('reports.nothing')}>{t('reports.nothing_hint')}</Empty>
          </section>
        )}
        {table && !nothing && (table.by === 'slot' ? <HeatMap table={table} /> : <Bars table={table} />)}
        {table && !nothing && table.by !== 'slot' && (
          <FiguresTable
            table={table}
            part={Number(search.part ?? 0)}
            onPart={(part) => change({ part: String(part) })}
          />
        )}
      </div>
      {choosing && <ChoicesForm choices={list.data.choices} onClose={() => setChoosing(false)} />}
    </div>
  )
}

function Files({ report, asked }: { report: About; asked: Asked }) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />} data-testid="report-files">
          {t('reports.files')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {['xlsx', 'csv', 'pdf'].map((format) => (
          <Menu.Item key={format} component="a" href={fileAddress(report.id, asked, format)} download>
            {t(`reports.format.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The query of a report; what the report does not know is left out. */
function question(search: ReportSearch, report: About | undefined, zone: string): Asked {
  const narrows = report?.narrows ?? []
  const by = report?.by.find((one) => one === search.by)
  return {
    ...daysOf(search, zone),
    ...(by && { by }),
    ...(search.project && narrows.includes('project') && { project: search.project }),
    ...(search.queue && narrows.includes('queue') && { queue: search.queue }),
    ...(search.agent && narrows.includes('agent') && { agent: search.agent }),
    ...(search.target && report?.targets && { target: Number(search.target) }),
    ...(search.compare && { compare: true }),
  }
}

function withoutBlanks(search: ReportSearch): ReportSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value))
}
