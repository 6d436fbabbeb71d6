import { Button } from '@mantine/core'
import { IconDeviceMobile, IconKey, IconUserOff, IconUserCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { Account, PhoneAccounts } from '@/api/types'
import { OneTimePassword } from '@/features/people/OneTimePassword'
import { useDisable, useResetPassword } from '@/features/people/queries'
import { useMe } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import { Chip, Note, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import type { PersonRow } from './People'

/** What can be done with a person beside changing the form: password, telephone, coming and going. */
export function PersonBeside({ row }: { row: PersonRow }) {
  const { t } = useTranslation()
  const me = useMe()
  const reset = useResetPassword()
  const disable = useDisable()
  const [phoneOf, setPhoneOf] = useState(false)
  const secret = reset.data && { login: reset.data.login, password: reset.data.one_time_password }
  return (
    <section className="k-set-form" style={{ marginTop: 18 }}>
      {row.agent && <Devices agent={row.agent.id} />}
      <div className="k-buttons">
        {row.agent && (
          <Button
            variant="default"
            leftSection={<IconDeviceMobile size={15} />}
            onClick={() => setPhoneOf(true)}
            data-testid="person-phone"
          >
            {t('settings.phone_set_up')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconKey size={15} />}
          onClick={() => reset.mutate(row.id)}
          loading={reset.isPending}
        >
          {t('people.reset')}
        </Button>
        <Button
          variant="default"
          leftSection={row.disabled ? <IconUserCheck size={15} /> : <IconUserOff size={15} />}
          disabled={row.id === me.id}
          onClick={() => disable.mutate({ id: row.id, disabled: !row.disabled })}
          loading={disable.isPending}
        >
          {t(row.disabled ? 'people.enable' : 'people.disable')}
        </Button>
      </div>
      {(reset.error ?? disable.error) && <Trouble error={reset.error ?? disable.error} />}
      <OneTimePassword secret={secret} onClose={() => reset.reset()} />
      {phoneOf && <PhoneSetUp person={row} onClose={() => setPhoneOf(false)} />}
    </section>
  )
}

/** Which of somebody's telephones are connected right now. */
function Devices({ agent }: { agent: string }) {
  const { t } = useTranslation()
  const live = useCollection('agents')[agent]
  if (!live) return <Note tone="care">{t('settings.workplace_waits')}</Note>
  return (
    <div className="k-set-line">
      {Object.entries(live.reachable).map(([endpoint, on]) => (
        <Chip key={endpoint} tone={on ? 'good' : 'away'}>
          {t(endpoint.endsWith('-web') ? 'device.web' : 'device.phone')}:{' '}
          {t(on ? 'settings.connected' : 'settings.not_connected')}
        </Chip>
      ))}
    </div>
  )
}

/** The account of the SIP telephone, asked for only when somebody looks; every look is written down. */
function PhoneSetUp({ person, onClose }: { person: PersonRow; onClose: () => void }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState<PhoneAccounts>()
  const path = { agent: person.id }
  const look = useMutation({
    mutationFn: (renew: boolean) =>
      must(
        renew
          ? client.POST('/api/agents/{agent}/phone', { params: { path } })
          : client.GET('/api/agents/{agent}/phone', { params: { path } }),
      ),
    onSuccess: setShown,
  })
  const account = shown?.accounts.find((one) => one.kind === 'phone')
  return (
    <Modal opened onClose={onClose} title={`${t('settings.phone_set_up')}: ${person.name}`}>
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
