import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/problem'
import { useCallBack } from '@/features/phone/actions'
import { useMyCall } from '@/features/phone/mine'
import { useMay } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import { unlockSound } from '@/softphone/ring'
import { useKeys } from '@/ui/keys'
import { Empty, Loading, Trouble } from '@/ui/pieces'
import { AssignBar } from './AssignBar'
import { DebtRows } from './DebtRows'
import { Dialogs } from './Dialogs'
import { type DebtQuery, useDebts } from './queries'
import { RESULTS, useWork } from './working'

const NONE: ReadonlySet<string> = new Set()

interface Props {
  query: DebtQuery & { status: 'open' | 'closed' | 'any' }
  version: string
  /** something is left out by a filter */
  narrowed: boolean
  onWiden: () => void
}

/** Debts as a table to work through, by mouse or by keyboard. */
export function DebtList({ query, version, narrowed, onWiden }: Props) {
  const { t } = useTranslation()
  const may = useMay()
  const live = useCollection('debts')
  const debts = useDebts(query, version)
  const rows = debts.data?.pages.flatMap((page) => page.items) ?? []
  const [current, setCurrent] = useState('')
  const [selected, setSelected] = useState(NONE)
  const work = useWork()
  const { stage } = useMyCall()
  const call = useCallBack()
  const at = rows.findIndex((row) => row.id === current)
  const chosen = rows[at]
  const inHand = chosen?.closed_at === null ? chosen : undefined
  const known = new Set(rows.map((row) => row.id))
  const picked = new Set([...selected].filter((id) => known.has(id)))

  const step = (by: number) => setCurrent(rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.id ?? '')
  const dial = () => {
    if (!inHand?.customer || stage !== 'none') return
    unlockSound()
    call.mutate(inHand.id, {
      onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8000 }),
    })
  }
  const idle = work.dialog === undefined
  const free = idle && inHand !== undefined && work.mayWork
  useKeys({
    ArrowDown: idle ? () => step(1) : undefined,
    ArrowUp: idle ? () => step(-1) : undefined,
    Enter: idle && chosen ? () => work.show({ kind: 'story', debt: chosen }) : undefined,
    KeyC: free ? dial : undefined,
    KeyT: free && work.mayTake ? () => work.take(inHand) : undefined,
    KeyP: free ? () => work.show({ kind: 'postpone', debt: inHand }) : undefined,
    ...Object.fromEntries(
      RESULTS.map((result, index) => [`Digit${index + 1}`, free ? () => work.result(inHand, result) : undefined]),
    ),
  })

  const open = query.status === 'open'
  return (
    <>
      {picked.size > 0 && <AssignBar selected={picked} onDone={() => setSelected(NONE)} />}
      {debts.error && <Trouble error={debts.error} retry={() => void debts.refetch()} />}
      <section className="k-panel k-grow" aria-label={t(`book.tab.${open ? 'open' : 'closed'}`)} data-testid="debts">
        <div className="k-body" data-flush tabIndex={0}>
          {debts.isPending ? (
            <Loading />
          ) : rows.length > 0 ? (
            <DebtRows
              rows={rows}
              status={query.status}
              live={live}
              work={work}
              current={current}
              onCurrent={setCurrent}
              selected={open && may('assign_debts') ? picked : undefined}
              onSelect={setSelected}
            />
          ) : narrowed ? (
            <Empty
              title={t('book.nothing_found')}
              action={
                <Button variant="default" onClick={onWiden}>
                  {t('book.all_shown')}
                </Button>
              }
            >
              {t('book.nothing_found_hint')}
            </Empty>
          ) : (
            <Empty title={t(open ? 'debts.none' : 'debts.none_closed')}>
              {t(open ? 'debts.none_long' : 'debts.none_closed_hint')}
            </Empty>
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
      {open && rows.length > 0 && <div className="k-debts-keys">{t('book.keys')}</div>}
      <Dialogs work={work} />
    </>
  )
}
