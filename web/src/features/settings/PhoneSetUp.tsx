import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '@/ui/Modal'
import { Note, Trouble } from '@/ui/pieces'

interface Account {
  server?: string
  username: string
  password: string
  qr?: string
}

interface Props {
  name: string
  /** `renew`: another password */
  ask: (renew: boolean) => Promise<Account | undefined>
  onClose: () => void
}

/** The account of a SIP telephone, asked for only when somebody looks; every look is written down. */
export function PhoneSetUp({ name, ask, onClose }: Props) {
  const { t } = useTranslation()
  const [account, setAccount] = useState<Account>()
  const look = useMutation({ mutationFn: ask, onSuccess: setAccount })
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t('settings.phone_set_up')}: ${name}`}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {!account && (
        <>
          <Note tone="care">{t('settings.phone_secret_hint')}</Note>
          <div className="k-buttons">
            <Button onClick={() => look.mutate(false)} loading={look.isPending} data-testid="phone-show">
              {t('settings.phone_show')}
            </Button>
            <Button variant="default" onClick={() => look.mutate(true)}>
              {t('settings.phone_renew')}
            </Button>
          </div>
        </>
      )}
      {look.error && <Trouble error={look.error} />}
      {account && <AccountCard account={account} />}
      {account && look.variables && <Note tone="care">{t('settings.phone_renewed')}</Note>}
    </Modal>
  )
}

function AccountCard({ account }: { account: Account }) {
  const { t } = useTranslation()
  const lines = { server: account.server, user: account.username, password: account.password }
  return (
    <div data-testid="phone-account">
      <img
        className="k-set-qr"
        alt={t('settings.qr')}
        src={`data:image/svg+xml,${encodeURIComponent(account.qr ?? '')}`}
      />
      <p className="k-hint">{t('settings.qr_hint')}</p>
      <dl className="k-card">
        {Object.entries(lines).map(([name, value]) => (
          <div key={name}>
            <dt>{t(`device.${name}`)}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
