import { Button, TextInput } from '@mantine/core'
import 'mantine-datatable/styles.css'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconDownload, IconPlus, IconSearch, IconUpload } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { DataTable, type DataTableColumn } from 'mantine-datatable'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { useMay } from '@/features/session/session'
import { Chip, Empty, Loading, Moment, Note, Trouble } from '@/ui/pieces'
import { Drawer } from '@/ui/Drawer'
import { Card } from './Card'
import { NewCustomer } from './NewCustomer'
import { IdentityText } from './pieces'
import { type Customer, useCustomers } from './queries'
import './customers.css'
import { addLazyWords } from '@/i18n/lazy'

addLazyWords()

const ImportCards = lazy(() => import('./ImportCards').then(({ ImportCards }) => ({ default: ImportCards })))

/** Everybody we ever had to do with: found by any part of a name, a company, a number or an address. */
export function Customers() {
  const { t } = useTranslation()
  const { text = '', open } = useSearch({ from: '/customers' })
  const navigate = useNavigate({ from: '/customers' })
  const may = useMay()
  const [typed, setTyped] = useState(text)
  const [making, setMaking] = useState(false)
  const [importing, setImporting] = useState(false)
  const list = useCustomers(text)
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const columns = useColumns()
  const search = useDebouncedCallback(
    (value: string) => void navigate({ search: (now) => ({ ...now, text: value.trim() || undefined }), replace: true }),
    250,
  )
  const show = (id: string | undefined) => void navigate({ search: (now) => ({ ...now, open: id }) })

  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('nav.customers')}</h1>
      <div className="k-customers-bar" role="search">
        <TextInput
          leftSection={<IconSearch size={14} />}
          placeholder={t('customers.search')}
          aria-label={t('customers.search')}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            search(event.currentTarget.value)
          }}
          w={400}
          data-testid="customers-search"
        />
        <div className="k-grow" />
        {may('move_customers') && (
          <>
            <Button
              variant="default"
              leftSection={<IconUpload size={15} />}
              onClick={() => setImporting(true)}
              data-testid="customers-import"
            >
              {t('customers.import')}
            </Button>
            <Button
              variant="default"
              component="a"
              href="/api/customers/export.csv"
              download
              leftSection={<IconDownload size={15} />}
              data-testid="customers-export"
            >
              {t('customers.export')}
            </Button>
          </>
        )}
        {may('edit_customers') && (
          <Button leftSection={<IconPlus size={15} />} onClick={() => setMaking(true)} data-testid="customers-new">
            {t('customers.new')}
          </Button>
        )}
      </div>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {text && list.data?.pages[0]?.corrected && rows.length > 0 && (
        <Note tone="away" testId="customers-corrected">
          {t('customers.corrected', { text })}
        </Note>
      )}
      <section className="k-panel k-grow" aria-label={t('nav.customers')} data-testid="customers">
        {list.isPending ? (
          <Loading />
        ) : rows.length === 0 && !list.error ? (
          <Empty title={t(text ? 'customers.nothing_found' : 'customers.empty')}>
            {t(text ? 'customers.nothing_found_hint' : 'customers.empty_hint')}
          </Empty>
        ) : (
          <DataTable<Customer>
            records={rows}
            columns={columns}
            idAccessor="id"
            height="100%"
            verticalSpacing={5}
            horizontalSpacing={12}
            fz="sm"
            highlightOnHover
            withRowBorders
            onRowClick={({ record }) => show(record.id)}
            customRowAttributes={(record) => ({
              'data-testid': 'customer-row',
              'data-customer': record.id,
              tabIndex: 0,
              onKeyDown: (event: React.KeyboardEvent) => {
                if (event.key === 'Enter') show(record.id)
              },
            })}
            fetching={list.isFetchingNextPage}
            onScrollToBottom={() => list.hasNextPage && !list.isFetching && void list.fetchNextPage()}
            loaderBackgroundBlur={0}
          />
        )}
      </section>
      <Drawer
        opened={open !== undefined}
        onClose={() => show(undefined)}
        size={820}
        title={t('customers.card')}
        overlayProps={{ backgroundOpacity: 0.15 }}
        transitionProps={{ duration: 120 }}
        classNames={{ body: 'k-drawer-body', header: 'k-drawer-head' }}
      >
        {open && <Card id={open} key={open} onOpen={show} onGone={() => show(undefined)} />}
      </Drawer>
      {importing && (
        <Suspense>
          <ImportCards onClose={() => setImporting(false)} />
        </Suspense>
      )}
      {making && <NewCustomer onClose={() => setMaking(false)} onMade={show} />}
    </div>
  )
}

function useColumns(): DataTableColumn<Customer>[] {
  const { t } = useTranslation()
  return useMemo<DataTableColumn<Customer>[]>(
    () => [
      {
        accessor: 'name',
        title: t('customers.name'),
        ellipsis: true,
        render: (row) => (
          <>
            {row.name || <span className="k-quiet">{t('customers.unnamed')}</span>}{' '}
            {row.vip && <Chip>{t('customers.vip')}</Chip>}
          </>
        ),
      },
      {
        accessor: 'identities',
        title: t('customers.reach'),
        ellipsis: true,
        render: (row) =>
          row.identities.map((one, place) => (
            <span key={`${one.kind} ${one.value}`}>
              {place > 0 && ', '}
              <IdentityText of={one} />
            </span>
          )),
      },
      { accessor: 'company_name', title: t('customers.company'), ellipsis: true },
      { accessor: 'tags', title: t('customers.tags'), ellipsis: true, render: (row) => row.tags.join(', ') },
      {
        accessor: 'contacts',
        title: t('customers.contacts'),
        width: 120,
        textAlign: 'right',
        render: (row) => <span className="k-num">{row.contacts}</span>,
      },
      {
        accessor: 'last_contact_at',
        title: t('customers.last'),
        width: 130,
        render: (row) => row.last_contact_at && <Moment at={seconds(row.last_contact_at)} />,
      },
    ],
    [t],
  )
}
