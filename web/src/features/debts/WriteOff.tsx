import { Button, Group, Stack, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Debt } from '@/api/types'
import { callerName, phoneNumber } from '@/ui/format'
import { Note, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import { useWriteOff } from './queries'

const LEAST_REASON = 3

/** Closing a debt without having served the person: only with a reason, which stays in the ledger. */
export function WriteOff({ debt, onClose }: { debt: Debt | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const writeOff = useWriteOff()
  const [reason, setReason] = useState('')
  const close = () => {
    setReason('')
    writeOff.reset()
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (debt) writeOff.mutate({ debt: debt.id, reason: reason.trim() }, { onSuccess: close })
  }
  return (
    <Modal
      opened={debt !== undefined}
      onClose={close}
      title={t('debts.write_off_title', {
        who: callerName(debt?.caller_name) || phoneNumber(debt?.customer || debt?.caller || '') || t('withheld'),
      })}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Note tone="care">{t('debts.write_off_hint')}</Note>
          <Textarea
            label={t('debts.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            minRows={3}
            autosize
            maxLength={1000}
            data-autofocus
            data-testid="write-off-reason"
          />
          {writeOff.error && <Trouble error={writeOff.error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={close}>
              {t('cancel')}
            </Button>
            <Button
              type="submit"
              loading={writeOff.isPending}
              disabled={reason.trim().length < LEAST_REASON}
              data-testid="write-off-submit"
            >
              {t('debts.write_off')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
