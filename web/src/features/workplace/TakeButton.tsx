import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallRow } from '@/realtime/rows'
import { personNumber, phoneNumber } from '@/ui/format'

interface Props {
  call: CallRow
  busy: boolean
  disabled: boolean
  onTake: (contact: string) => void
}

export function TakeButton({ call, busy, disabled, onTake }: Props) {
  const { t } = useTranslation()
  const who = phoneNumber(personNumber(call)) || t('withheld')
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={busy}
      disabled={disabled}
      onClick={() => onTake(call.id)}
      aria-label={t('taking.take_who', { who })}
      data-testid="take"
    >
      {t('taking.take')}
    </Button>
  )
}
