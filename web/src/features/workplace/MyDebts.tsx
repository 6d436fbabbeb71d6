import { useTranslation } from 'react-i18next'
import { CallDebt } from '@/features/debts/CallDebt'
import { Deadline } from '@/features/debts/Deadline'
import { useMe } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import { Empty, Moment, Number, Panel } from '@/ui/pieces'
import { debtsFor } from './line'

/** Whom I owe a call, by deadline. */
export function MyDebts() {
  const { t } = useTranslation()
  const me = useMe()
  const debts = debtsFor(me.id, Object.values(useCollection('debts')))
  return (
    <Panel
      title={t('debts.mine')}
      flush
      testId="my-debts"
      aside={debts.length > 0 && <span className="k-quiet">{t('debts.count', { count: debts.length })}</span>}
    >
      {debts.length === 0 ? (
        <Empty title={t('debts.none')}>{t('debts.none_hint')}</Empty>
      ) : (
        <ul className="k-rows">
          {debts.map((debt) => (
            <li key={debt.id} style={{ gridTemplateColumns: 'minmax(0,1fr) auto auto' }}>
              <div className="k-cut">
                <Number of={debt.customer || debt.caller} />
                <div className="k-quiet k-cut">
                  {t(`cause.${debt.cause}`, debt.cause)} · <Moment at={debt.opened_at} />
                  {debt.calling !== '' && ` · ${t('debts.calling')}`}
                  {debt.attempts > 0 && ` · ${t('debts.attempts', { count: debt.attempts })}`}
                </div>
              </div>
              <Deadline at={debt.due_at} short />
              <CallDebt id={debt.id} number={debt.customer} calling={debt.calling !== ''} small />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
