import { ActionIcon, Button, CopyButton, SegmentedControl } from '@mantine/core'
import { IconCheck, IconCopy, IconHeadset, IconMicrophone } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Account } from '@/api/types'
import { phoneTab, useHolding, useMicrophoneTrouble, usePhone } from '@/softphone/store'
import { Dot, Note, Trouble } from '@/ui/pieces'
import type { Tone } from '@/ui/tone'
import { useState } from 'react'
import { useAccounts } from './actions'
import { chooseDevice, useDevice } from './device'
import { MicrophoneCheck } from './MicrophoneCheck'
import { useMyRow } from './mine'
import { SoundButton } from './SoundChoice'

interface Props {
  checking: boolean
  onCheck: (open: boolean) => void
  onPassed: () => void
}

/** Where my calls ring, if it can ring, and whether I will be heard. */
export function DeviceCard({ checking, onCheck, onPassed }: Props) {
  const { t } = useTranslation()
  const device = useDevice()
  const mine = useMyRow()
  const { data, error, refetch } = useAccounts()
  const busy = mine?.state === 'talking' || mine?.state === 'ringing'
  return (
    <section className="k-panel" aria-label={t('device.title')} data-testid="device">
      <header>
        <IconHeadset size={15} aria-hidden className="k-quiet" />
        <h2 className="k-grow">{t('device.title')}</h2>
        {device === 'web' && <SoundButton />}
        <SegmentedControl
          size="xs"
          aria-label={t('device.title')}
          disabled={busy}
          value={device}
          onChange={(value) => chooseDevice(value)}
          data={[
            { value: 'web', label: t('device.web') },
            { value: 'phone', label: t('device.phone') },
          ]}
          data-testid="device-choice"
        />
      </header>
      <div className="k-body" style={{ flex: 'none' }}>
        {error ? (
          <Trouble error={error} retry={() => void refetch()} />
        ) : device === 'web' ? (
          <BrowserPhone checking={checking} onCheck={onCheck} onPassed={onPassed} />
        ) : (
          data?.phone && <Credentials account={data.phone} />
        )}
      </div>
    </section>
  )
}

const TONES: Record<string, Tone> = { off: 'away', connecting: 'care', registered: 'good', failed: 'bad' }

function BrowserPhone({ checking, onCheck, onPassed }: Props) {
  const { t } = useTranslation()
  const holding = useHolding()
  const { registration, cause, microphoneRefused } = usePhone()
  const trouble = useMicrophoneTrouble()
  if (holding === 'elsewhere') return <OtherTab />
  return (
    <>
      <div className="k-state" data-testid="registration" data-registration={registration}>
        <Dot tone={TONES[registration] ?? 'away'} />
        <span className="k-grow">{t(`device.${registration}`)}</span>
        {!checking && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconMicrophone size={13} />}
            onClick={() => onCheck(true)}
            data-testid="device-check"
          >
            {t('device.check')}
          </Button>
        )}
      </div>
      {registration === 'failed' && <Note tone="bad">{t('device.failed_hint', { cause })}</Note>}
      {!checking && (trouble ?? microphoneRefused) && (
        <Note tone="bad" testId="microphone-refused">
          {trouble
            ? t(`microphone.${trouble}`)
            : t('trouble.answer_failed', { why: t(`microphone.${microphoneRefused}`) })}{' '}
          {t('trouble.no_calls')}
          <Button
            size="compact-xs"
            variant="default"
            mt={6}
            display="block"
            onClick={() => chooseDevice('phone')}
            data-testid="use-phone"
          >
            {t('trouble.use_phone')}
          </Button>
        </Note>
      )}
      {checking && <MicrophoneCheck onPassed={onPassed} onClose={() => onCheck(false)} />}
    </>
  )
}

function OtherTab() {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const take = () => void phoneTab.take().then((taken) => setBusy(!taken))
  return (
    <Note tone="care" testId="other-tab">
      {busy ? t('device.tab_busy') : t('device.tab_elsewhere')}
      <Button size="compact-xs" variant="default" mt={6} onClick={take} display="block">
        {t('device.tab_take')}
      </Button>
    </Note>
  )
}

function Credentials({ account }: { account: Account }) {
  const { t } = useTranslation()
  const mine = useMyRow()
  const reachable = mine?.reachable[account.username] ?? false
  const [server = '', port = '5060'] = account.server.split(':')
  return (
    <>
      <div className="k-state" data-testid="phone-reachable" data-reachable={reachable}>
        <Dot tone={reachable ? 'good' : 'care'} />
        <span className="k-grow">{t(reachable ? 'device.phone_seen' : 'device.phone_unseen')}</span>
      </div>
      {!reachable && <p className="k-hint">{t('device.phone_hint')}</p>}
      <dl className="k-card" data-testid="sip-credentials">
        <Secret label={t('device.server')} value={server} />
        <Secret label={t('device.port')} value={port} />
        <Secret label={t('device.user')} value={account.username} />
        <Secret label={t('device.password')} value={account.password} hidden />
      </dl>
    </>
  )
}

function Secret({ label, value, hidden }: { label: string; value: string; hidden?: boolean }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(!hidden)
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span className="k-cut k-grow">
          {shown ? (
            <code>{value}</code>
          ) : (
            <button type="button" className="k-link" onClick={() => setShown(true)}>
              {t('device.show')}
            </button>
          )}
        </span>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <ActionIcon
              size="sm"
              onClick={copy}
              aria-label={t('device.copy', { what: label })}
              title={t('device.copy', { what: label })}
            >
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          )}
        </CopyButton>
      </dd>
    </div>
  )
}
