import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/problem'
import type { Debt } from '@/api/types'
import { useMyRow } from '@/features/phone/mine'
import { useMe, useMay } from '@/features/session/session'
import { type ResultWord, useReport, useTake } from './queries'

/** those that close the debt and are asked about once more */
const ENDING: readonly ResultWord[] = ['talked', 'refused', 'wrong_number']
export const RESULTS: readonly ResultWord[] = ['no_answer', 'busy', 'talked', 'refused', 'wrong_number']

export type Dialog =
  | { kind: 'postpone'; debt: Debt }
  | { kind: 'result'; debt: Debt; result: ResultWord }
  | { kind: 'write_off'; debt: Debt }
  | { kind: 'story'; debt: Debt }

/** What one can do with the debt in hand. Trouble is said in a notification, and nothing is lost by it. */
export function useWork() {
  const { t } = useTranslation()
  const me = useMe()
  const may = useMay()
  const agent = useMyRow() !== undefined
  const [dialog, setDialog] = useState<Dialog>()
  const take = useTake()
  const report = useReport()
  const complain = (error: unknown) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8000 })
  return {
    dialog,
    show: setDialog,
    close: () => setDialog(undefined),
    mayWork: may('call_back'),
    mayTake: may('call_back') && agent,
    mine: (debt: Debt) => debt.claimed_by === me.id,
    take: (debt: Debt) => take.mutate({ debt: debt.id, take: debt.claimed_by !== me.id }, { onError: complain }),
    result: (debt: Debt, result: ResultWord) => {
      if (ENDING.includes(result)) setDialog({ kind: 'result', debt, result })
      else
        report.mutate(
          { debt: debt.id, result, note: '' },
          {
            onError: complain,
            onSuccess: () =>
              notifications.show({ message: t('book.done', { result: t(`book.results.${result}`) }), autoClose: 3000 }),
          },
        )
    },
  }
}

export type Work = ReturnType<typeof useWork>
