import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useReports } from '@/features/reports/queries'
import { WithSections } from '@/features/reports/Sections'
import { useClock } from '@/ui/clock'
import { Drawer } from '@/ui/Drawer'
import { Loading, Trouble } from '@/ui/pieces'
import { Ask } from './Ask'
import { spanOf, todayIn } from './days'
import { People } from './People'
import { PersonDays } from './PersonDays'
import { type Asked, fileAddress, useLog } from './queries'
import type { ShiftSearch } from './search'

/** The shift log: a day or a week of everybody, a line each; whoever is opened is told state by state. */
export function Shifts() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/reports/shifts' })
  const navigate = useNavigate({ from: '/reports/shifts' })
  const reports = useReports()
  const zone = reports.data?.choices.zone
  const today = useClock((now) => todayIn(zone ?? 'Europe/Moscow', new Date(now * 1000)))
  const days = spanOf(search, today)
  const isLive = days.first <= today && today <= days.last
  const asked: Asked = {
    ...days,
    ...(search.queue && { queue: search.queue }),
    ...(search.project && { project: search.project }),
    ...(search.agent && { agent: search.agent }),
    ...(search.absent && { absent: true }),
  }
  const log = useLog(zone === undefined ? undefined : asked, isLive)
  const change = (part: ShiftSearch, replace = true) =>
    void navigate({
      search: (before: ShiftSearch) =>
        Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, value]) => value)),
      replace,
    })
  const person = log.data?.people.find((one) => one.agent === search.open)
  return (
    <WithSections>
      <div className="k-column">
        <header style={{ display: 'flex', gap: 12, alignItems: 'start' }}>
          <div className="k-grow">
            <h1 style={{ margin: 0, fontSize: 18 }}>{t('sections.shifts')}</h1>
            <p className="k-quiet" style={{ margin: 0 }}>
              {t('shifts.about')}
            </p>
          </div>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" leftSection={<IconDownload size={14} />} data-testid="shift-files">
                {t('reports.files')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {['xlsx', 'csv'].map((format) => (
                <Menu.Item key={format} component="a" href={fileAddress(asked, format)} download>
                  {t(`reports.format.${format}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </header>
        <Ask search={search} today={today} zone={zone ?? ''} onChange={change} />
        {reports.error && <Trouble error={reports.error} retry={() => void reports.refetch()} />}
        {log.error && <Trouble error={log.error} retry={() => void log.refetch()} />}
        {!log.data && !log.error && !reports.error && <Loading />}
        {log.data && (
          <People
            log={log.data}
            isLive={isLive}
            isWeek={days.first !== days.last}
            by={search.by}
            onSort={(by) => change({ by })}
            onDay={(day) => change({ day, week: '' })}
            onOpen={(open) => change({ open }, false)}
            onAbsent={() => change({ absent: '1' })}
          />
        )}
      </div>
      <Drawer
        opened={search.open !== undefined}
        onClose={() => change({ open: '' }, false)}
        size={760}
        title={person?.name ?? t('sections.shifts')}
        overlayProps={{ backgroundOpacity: 0.15 }}
        transitionProps={{ duration: 120 }}
      >
        {search.open && <PersonDays agent={search.open} days={days} today={today} key={search.open} />}
      </Drawer>
    </WithSections>
  )
}
