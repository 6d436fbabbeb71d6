import { Button, CopyButton, Stack } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Note } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'

export interface Secret {
  login: string
  password: string
  /** what else could not be done, in words */
  trouble?: string
}

/** Shown once: nobody can read it again, only make a new one. */
export function OneTimePassword({ secret, onClose }: { secret: Secret | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened={secret !== undefined} onClose={onClose} title={t('people.secret_title')} closeOnClickOutside={false}>
      {secret && (
        <Stack gap="sm">
          <Note tone="care">{t('people.secret_hint')}</Note>
          {secret.trouble && <Note tone="bad">{secret.trouble}</Note>}
          <dl className="k-card">
            <div>
              <dt>{t('people.login')}</dt>
              <dd>
                <code>{secret.login}</code>
              </dd>
            </div>
            <div>
              <dt>{t('people.password')}</dt>
              <dd>
                <code data-testid="one-time-password">{secret.password}</code>
              </dd>
            </div>
          </dl>
          <CopyButton value={`${secret.login}\n${secret.password}`}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                onClick={copy}
                leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              >
                {t(copied ? 'copied' : 'people.copy_both')}
              </Button>
            )}
          </CopyButton>
        </Stack>
      )}
    </Modal>
  )
}
