import { ActionIcon, Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/problem'
import { useCallBack } from '@/features/phone/actions'
import { useMyCall, useMyRow } from '@/features/phone/mine'
import { useMay } from '@/features/session/session'
import { unlockSound } from '@/softphone/ring'
import { phoneNumber } from '@/ui/format'

interface Props {
  id: string
  /** E.164, "" when nobody knows it */
  number: string
  /** somebody is calling this person back right now */
  calling?: boolean
  small?: boolean
}

/** One click: my telephone rings, then the debtor's. */
export function CallDebt({ id, number, calling, small }: Props) {
  const { t } = useTranslation()
  const may = useMay()
  const call = useCallBack()
  const mine = useMyRow()
  const { stage } = useMyCall()
  if (!may('call_back') || !mine) return null
  const busy = stage !== 'none' || mine?.state === 'ringing' || mine?.state === 'talking'
  const unknown = number === ''
  const title = unknown
    ? t('debts.no_number')
    : calling
      ? t('debts.calling')
      : busy
        ? t('debts.busy')
        : t('debts.call_to', { number: phoneNumber(number) })
  const start = () => {
    unlockSound()
    call.mutate(id, {
      onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8000 }),
    })
  }
  const disabled = busy || unknown || calling
  if (small)
    return (
      <ActionIcon
        variant="default"
        size={28}
        disabled={disabled}
        loading={call.isPending}
        onClick={start}
        title={title}
        aria-label={title}
        data-testid="debt-call"
        data-debt={id}
      >
        <IconPhoneOutgoing size={15} />
      </ActionIcon>
    )
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconPhoneOutgoing size={14} />}
      disabled={disabled}
      loading={call.isPending}
      onClick={start}
      title={title}
      data-testid="debt-call"
      data-debt={id}
    >
      {t('debts.call')}
    </Button>
  )
}
