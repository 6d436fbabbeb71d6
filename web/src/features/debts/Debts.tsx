import { Button, SegmentedControl, Switch } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCollection } from '@/realtime/live'
import { Empty, Loading, Trouble } from '@/ui/pieces'
import { DebtRows } from './DebtRows'
import { Figures } from './Figures'
import { useDebtFigures, useDebts } from './queries'

/** The book of debts: everybody who was not served, who owes it and by when. */
export function Debts() {
  const { t } = useTranslation()
  const [status, setStatus] = useState<'open' | 'closed'>('open')
  const [mine, setMine] = useState(false)
  // the live debts only say that something changed; they come a moment before the book knows it
  const [version] = useDebouncedValue(Object.keys(useCollection('debts')).join(), 800)
  const figures = useDebtFigures(version)
  const debts = useDebts({ status, owner: mine ? 'me' : undefined }, version)
  const rows = debts.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('nav.debts')}</h1>
      {figures.data && <Figures figures={figures.data} />}
      <div style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
        <SegmentedControl
          aria-label={t('nav.debts')}
          value={status}
          onChange={(value) => setStatus(value === 'closed' ? 'closed' : 'open')}
          data={[
            { value: 'open', label: t('debts.open') },
            { value: 'closed', label: t('debts.closed') },
          ]}
          data-testid="debts-status"
        />
        <Switch
          size="xs"
          label={t('debts.only_mine')}
          checked={mine}
          onChange={(event) => setMine(event.currentTarget.checked)}
        />
      </div>
      {debts.error && <Trouble error={debts.error} retry={() => void debts.refetch()} />}
      <section className="k-panel k-grow" aria-label={t(`debts.${status}`)} data-testid="debts">
        <div className="k-body" data-flush>
          {debts.isPending ? (
            <Loading />
          ) : rows.length === 0 ? (
            <Empty title={t(status === 'open' ? 'debts.none' : 'debts.none_closed')}>
              {t(status === 'open' ? 'debts.none_long' : 'debts.none_closed_hint')}
            </Empty>
          ) : (
            <DebtRows rows={rows} status={status} />
          )}
          {debts.hasNextPage && (
            <div style={{ padding: 10, textAlign: 'center' }}>
              <Button variant="default" loading={debts.isFetchingNextPage} onClick={() => void debts.fetchNextPage()}>
                {t('more')}
              </Button>
            </div>
          )}
        </div>
      </section>
    </div>
  )
}
