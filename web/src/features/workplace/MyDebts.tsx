import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { seconds } from '@/api/types'
import { CallDebt } from '@/features/debts/CallDebt'
import { Deadline } from '@/features/debts/Deadline'
import { useMe } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import { Empty, Moment, Number } from '@/ui/pieces'
import { takeInHand } from './hand'
import { debtsFor } from './line'
import { dropDraft, useServerDrafts, useUnsent } from './sending'

/** What I promised to do and nobody has done yet. */
export function usePromises() {
  return useQuery({
    queryKey: ['contacts', 'promises'],
    queryFn: () => must(client.GET('/api/agents/me/promises')),
    refetchInterval: 60_000,
  })
}

/** Whom I owe a call, what I promised, and what I have begun to write and not sent; each by its deadline. */
export function MyDebts() {
  const { t } = useTranslation()
  const me = useMe()
  const debts = debtsFor(me.id, Object.values(useCollection('debts')))
  const promises = usePromises().data ?? []
  const drafts = useServerDrafts().data ?? []
  const unsent = useUnsent().filter((item) => item.by === me.id)
  const unfinished = drafts.filter((draft) => !unsent.some((item) => item.contact === draft.contact))
  const nothing = debts.length + promises.length + unfinished.length + unsent.length === 0
  if (nothing) return <Empty title={t('debts.none')}>{t('debts.none_hint')}</Empty>
  return (
    <>
      {unsent.length > 0 && (
        <div className="k-list-title k-tone-care" role="status" data-testid="unsent">
          {t('operator.unsent_count', { count: unsent.length })}
        </div>
      )}
      {debts.length > 0 && (
        <ul className="k-rows" aria-label={t('debts.mine')}>
          {debts.map((debt) => (
            <li key={debt.id} style={{ gridTemplateColumns: 'minmax(0,1fr) auto' }}>
              <div>
                <div className="k-owed-head">
                  <Number of={debt.customer || debt.caller} />
                  <Deadline at={debt.due_at} short />
                </div>
                <div className="k-quiet">
                  <Moment at={debt.opened_at} /> · {t(`cause.${debt.cause}`, debt.cause)}
                  {debt.calling !== '' && ` · ${t('debts.calling')}`}
                  {debt.attempts > 0 && ` · ${t('debts.attempts', { count: debt.attempts })}`}
                </div>
              </div>
              <CallDebt id={debt.id} number={debt.customer} calling={debt.calling !== ''} small />
            </li>
          ))}
        </ul>
      )}
      {promises.length > 0 && (
        <>
          <h3 className="k-list-title">{t('operator.promises')}</h3>
          <ul className="k-rows" data-testid="promises">
            {promises.map((one) => (
              <li key={one.contact} style={{ gridTemplateColumns: 'minmax(0,1fr) auto' }}>
                <div className="k-cut">
                  <button type="button" className="k-link" onClick={() => takeInHand(one.contact)}>
                    {one.next_step}
                  </button>
                  <div className="k-quiet k-cut">
                    <Number of={one.customer} />
                    {one.caller_name && ` · ${one.caller_name}`}
                  </div>
                </div>
                <Deadline at={seconds(one.next_at)} short />
              </li>
            ))}
          </ul>
        </>
      )}
      {unfinished.length > 0 && (
        <>
          <h3 className="k-list-title">{t('operator.unfinished')}</h3>
          <ul className="k-rows" data-testid="unfinished">
            {unfinished.map((draft) => (
              <li key={draft.contact} style={{ gridTemplateColumns: 'minmax(0,1fr) auto auto' }}>
                <div className="k-cut">
                  {draft.said.note || <span className="k-quiet">{t('operator.no_note')}</span>}
                  <div className="k-quiet">
                    <Moment at={seconds(draft.at)} />
                  </div>
                </div>
                <Button size="compact-xs" variant="default" onClick={() => takeInHand(draft.contact)}>
                  {t('operator.finish')}
                </Button>
                <ActionIcon
                  size="sm"
                  onClick={() => void dropDraft(draft.contact)}
                  aria-label={t('operator.drop_draft')}
                  title={t('operator.drop_draft')}
                >
                  <IconX size={14} />
                </ActionIcon>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
