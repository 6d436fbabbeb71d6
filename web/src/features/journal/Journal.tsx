import { Button } from '@mantine/core'
import 'mantine-datatable/styles.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { DataTable, type DataTableColumn } from 'mantine-datatable'
import { lazy, Suspense, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Contact, seconds } from '@/api/types'
import { useKeys } from '@/ui/keys'
import { callerName, duration, personNumber } from '@/ui/format'
import { Empty, Loading, Moment, Number, Trouble } from '@/ui/pieces'
import { Drawer } from '@/ui/Drawer'
import { Card } from './Card'
import { useJournal } from './contacts'
import { FilterBar } from './FilterBar'
import { type Filters, isNarrowed } from './filters'
import { Persons } from './Persons'
import { OutcomeChip } from './words'
import './journal.css'

const ToFirstSteps = lazy(() => import('@/features/settings/ToFirstSteps'))

/** Every contact there ever was, newest first. */
export function Journal() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/journal' })
  const { open, ...filters } = search
  const navigate = useNavigate({ from: '/journal' })
  const journal = useJournal(filters)
  const rows = useMemo(() => journal.data?.pages.flatMap((page) => page.items) ?? [], [journal.data])
  const columns = useColumns()
  const scroller = useRef<HTMLDivElement>(null)

  const show = (id: string | undefined) =>
    void navigate({
      search: (before: Filters) => ({ ...before, open: id }),
      replace: open !== undefined && id !== undefined,
    })
  const narrow = (next: Filters) => void navigate({ search: next, replace: true })
  const step = (by: number) => {
    const at = rows.findIndex((row) => row.id === open)
    const next = rows[at + by]
    if (next && (at >= 0 || by > 0)) show(next.id)
  }
  useKeys({ ArrowDown: open ? () => step(1) : undefined, ArrowUp: open ? () => step(-1) : undefined })

  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('nav.journal')}</h1>
      <FilterBar filters={filters} onChange={narrow} />
      {journal.error && <Trouble error={journal.error} retry={() => void journal.refetch()} />}
      <section className="k-panel k-grow" aria-label={t('nav.journal')} data-testid="journal">
        {filters.by ? (
          <Persons filters={filters} />
        ) : journal.isPending ? (
          <Loading />
        ) : rows.length === 0 && !journal.error ? (
          <Empty
            title={t(isNarrowed(filters) ? 'journal.nothing_found' : 'journal.empty')}
            action={
              isNarrowed(filters) ? (
                <Button variant="default" onClick={() => narrow({})}>
                  {t('journal.reset')}
                </Button>
              ) : (
                <Suspense>
                  <ToFirstSteps />
                </Suspense>
              )
            }
          >
            {t(isNarrowed(filters) ? 'journal.nothing_found_hint' : 'journal.empty_hint')}
          </Empty>
        ) : (
          <DataTable<Contact>
            records={rows}
            columns={columns}
            idAccessor="id"
            height="100%"
            scrollViewportRef={scroller}
            verticalSpacing={5}
            horizontalSpacing={12}
            fz="sm"
            highlightOnHover
            withRowBorders
            onRowClick={({ record }) => show(record.id)}
            customRowAttributes={(record) => ({
              'data-testid': 'journal-row',
              'data-contact': record.id,
              'data-open': record.id === open || undefined,
              tabIndex: 0,
              onKeyDown: (event: React.KeyboardEvent) => {
                if (event.key === 'Enter') show(record.id)
              },
            })}
            fetching={journal.isFetchingNextPage}
            onScrollToBottom={() => journal.hasNextPage && !journal.isFetching && void journal.fetchNextPage()}
            loaderBackgroundBlur={0}
          />
        )}
      </section>
      <Drawer
        opened={open !== undefined}
        onClose={() => show(undefined)}
        size={820}
        title={t('journal.contact')}
        overlayProps={{ backgroundOpacity: 0.15 }}
        transitionProps={{ duration: 120 }}
        classNames={{ body: 'k-drawer-body', header: 'k-drawer-head' }}
      >
        {open && <Card id={open} key={open} />}
      </Drawer>
    </div>
  )
}

function useColumns(): DataTableColumn<Contact>[] {
  const { t } = useTranslation()
  return useMemo<DataTableColumn<Contact>[]>(
    () => [
      {
        accessor: 'arrived_at',
        title: t('journal.when'),
        width: 118,
        render: (row) => <Moment at={seconds(row.arrived_at)} />,
      },
      {
        accessor: 'customer',
        title: t('journal.who'),
        width: 262,
        noWrap: true,
        render: (row) => (
          <span title={t(`direction.${row.direction}`)}>
            <span className="k-quiet" aria-label={t(`direction.${row.direction}`)}>
              {row.direction === 'outbound' ? '↗ ' : row.direction === 'trial' ? '◇ ' : '↘ '}
            </span>
            <Number of={personNumber(row)} />
            {callerName(row.caller_name) && <span className="k-quiet"> {row.caller_name}</span>}
          </span>
        ),
      },
      {
        accessor: 'queue_name',
        title: t('journal.queue'),
        width: 120,
        ellipsis: true,
        render: (row) => row.queue_name || row.queue || <span className="k-quiet">{row.project_name}</span>,
      },
      {
        accessor: 'agents',
        title: t('journal.agent'),
        width: 130,
        ellipsis: true,
        render: (row) => row.agents.map((agent) => agent.name).join(', '),
      },
      {
        accessor: 'outcome',
        title: t('journal.outcome'),
        width: 126,
        render: (row) => <OutcomeChip outcome={row.outcome} cause={row.cause} />,
      },
      {
        accessor: 'wait_seconds',
        title: t('journal.waited'),
        width: 74,
        textAlign: 'right',
        render: (row) => <Length of={row.wait_seconds} />,
      },
      {
        accessor: 'talk_seconds',
        title: t('journal.talked'),
        width: 86,
        textAlign: 'right',
        render: (row) => <Length of={row.talk_seconds} />,
      },
      {
        accessor: 'topic_title',
        title: t('journal.topic'),
        ellipsis: true,
        render: (row) => [row.topic_title, row.result_title].filter(Boolean).join(' · '),
      },
    ],
    [t],
  )
}

function Length({ of }: { of: number }) {
  return of >= 0.5 ? <span className="k-num">{duration(of)}</span> : <span className="k-quiet">–</span>
}
