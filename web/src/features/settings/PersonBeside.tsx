import { Button } from '@mantine/core'
import { IconDeviceMobile, IconKey, IconUserOff, IconUserCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { OneTimePassword } from '@/features/people/OneTimePassword'
import { useDisable, useResetPassword } from '@/features/people/queries'
import { useMe } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import { Chip, Note, Trouble } from '@/ui/pieces'
import type { PersonRow } from './People'
import { PhoneSetUp } from './PhoneSetUp'

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
      {phoneOf && <PhoneSetUp name={row.name} ask={accountOf(row.id)} onClose={() => setPhoneOf(false)} />}
    </section>
  )
}

/** Of his SIP telephone. */
function accountOf(agent: string) {
  const params = { path: { agent } }
  return async (renew: boolean) => {
    const asked = renew
      ? client.POST('/api/agents/{agent}/phone', { params })
      : client.GET('/api/agents/{agent}/phone', { params })
    return (await must(asked)).accounts.find((one) => one.kind === 'phone')
  }
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
