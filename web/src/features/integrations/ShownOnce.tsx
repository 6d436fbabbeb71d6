import { Button, CopyButton, Stack } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Note } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'

export interface Once {
  text: string
  words: 'apikeys.once_key' | 'apikeys.once_screen' | 'apikeys.once_secret'
}

/** A secret that nobody can read again; a click beside it does not lose it. */
export function ShownOnce({ once, onClose }: { once: Once | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={once !== undefined}
      onClose={onClose}
      title={t('apikeys.once_title')}
      size="lg"
      closeOnClickOutside={false}
    >
      {once && (
        <Stack gap="sm">
          <Note tone="care">{t(once.words)}</Note>
          <code data-testid="shown-once" style={{ overflowWrap: 'anywhere', userSelect: 'all' }}>
            {once.text}
          </code>
          <CopyButton value={once.text}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                onClick={copy}
                data-autofocus
                leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              >
                {t(copied ? 'copied' : 'apikeys.copy')}
              </Button>
            )}
          </CopyButton>
        </Stack>
      )}
    </Modal>
  )
}
