import { Button, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'

interface Props {
  title: string
  hint: string
  yes: string
  busy: boolean
  error: unknown
  onYes: () => void
  onClose: () => void
}

/** Asked before what cannot be undone. */
export function Sure({ title, hint, yes, busy, error, onYes, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack gap="sm">
        <p style={{ margin: 0 }}>{hint}</p>
        {error !== null && error !== undefined && <Trouble error={error} />}
        <div className="k-buttons k-to-right">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="red" loading={busy} onClick={onYes} data-testid="sure">
            {yes}
          </Button>
        </div>
      </Stack>
    </Modal>
  )
}
