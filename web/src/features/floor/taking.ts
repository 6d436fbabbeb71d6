import { notifications } from '@mantine/notifications'
import { messageOf } from '@/api/problem'
import { useMyQueues, usePickUp } from '@/features/phone/actions'
import { useMyCall, useMyRow } from '@/features/phone/mine'
import { useMay, useMe } from '@/features/session/session'
import { isFreeToTake } from '@/features/workplace/line'

/** Taking a waiting person from the board, for those who have a workplace of their own. */
export function useTakeFromBoard() {
  const me = useMe()
  const row = useMyRow()
  const isAgent = useMay()('take_calls') && row !== undefined
  const queues = useMyQueues(isAgent).data ?? []
  const pickUp = usePickUp()
  const inCall = useMyCall().stage !== 'none'
  return {
    me: me.id,
    isAgent,
    isFree: isFreeToTake(row) && !inCall && !pickUp.isPending,
    queues,
    taking: pickUp.isPending ? pickUp.variables : '',
    take: (contact: string) =>
      pickUp.mutate(contact, {
        onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8000 }),
      }),
  }
}
