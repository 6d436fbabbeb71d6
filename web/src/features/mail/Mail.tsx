import { Button, NativeSelect, NumberInput, PasswordInput, TextInput } from '@mantine/core'
import { IconDeviceFloppy, IconSend } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { addLazyWords } from '@/i18n/lazy'
import { Loading, Note, Panel, Trouble } from '@/ui/pieces'

addLazyWords()

type Shown = Required<components['schemas']['MailShown']>
type Given = components['schemas']['MailGiven']

const MAIL = ['settings', 'mail']
const PORTS: Record<Shown['tls'], number> = { starttls: 587, tls: 465, none: 25 }

/** The mail server by which the company's letters go. */
export function Mail() {
  const { t } = useTranslation()
  const mail = useQuery({ queryKey: MAIL, queryFn: async () => (await must(client.GET('/api/mail'))) as Shown })
  if (mail.error && !mail.data) return <Trouble error={mail.error} retry={() => void mail.refetch()} />
  if (!mail.data) return <Loading />
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('mail.title')}</h1>
      <Server key={mail.data.revision} of={mail.data} />
      <Try possible={mail.data.whose !== 'none'} />
    </div>
  )
}

function Server({ of: kept }: { of: Shown }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [form, setForm] = useState<Omit<Given, 'revision'>>({
    host: kept.host,
    port: kept.port,
    username: kept.username,
    password: undefined,
    sender: kept.whose === 'own' ? kept.sender : '',
    tls: kept.tls,
  })
  const fresh = () => cache.invalidateQueries({ queryKey: MAIL })
  const keep = useMutation({
    mutationFn: () => must(client.PUT('/api/mail', { body: { ...form, revision: kept.revision } })),
    onSuccess: fresh,
  })
  const drop = useMutation({ mutationFn: () => must(client.DELETE('/api/mail')), onSuccess: fresh })
  const change = (some: Partial<typeof form>) => setForm({ ...form, ...some })
  return (
    <Panel title={t('mail.title')} testId="mail-server">
      <form
        className="k-set-form"
        onSubmit={(event) => {
          event.preventDefault()
          keep.mutate()
        }}
      >
        <p className="k-hint">{t('mail.hint')}</p>
        {kept.whose !== 'own' && (
          <Note tone={kept.whose === 'none' ? 'care' : 'good'} testId="mail-whose">
            {t(`mail.whose.${kept.whose}`, { sender: kept.sender })}
          </Note>
        )}
        <div className="k-set-fields">
          <TextInput
            label={t('mail.host')}
            placeholder="smtp.example.ru"
            required
            value={form.host}
            onChange={(event) => change({ host: event.currentTarget.value.trim() })}
            data-testid="mail-host"
          />
          <NativeSelect
            label={t('mail.tls')}
            value={form.tls}
            onChange={(event) => {
              const tls = event.currentTarget.value as Shown['tls']
              change({ tls, port: PORTS[tls] })
            }}
            data={(['starttls', 'tls', 'none'] as const).map((value) => ({ value, label: t(`mail.tls_of.${value}`) }))}
            data-testid="mail-tls"
          />
          <NumberInput
            size="xs"
            label={t('mail.port')}
            min={1}
            max={65535}
            value={form.port}
            onChange={(port) => change({ port: Number(port) })}
            data-testid="mail-port"
          />
          <TextInput
            label={t('mail.sender')}
            placeholder="kaska@example.ru"
            required
            value={form.sender}
            onChange={(event) => change({ sender: event.currentTarget.value.trim() })}
            data-testid="mail-sender"
          />
          <TextInput
            label={t('mail.username')}
            autoComplete="off"
            value={form.username}
            onChange={(event) => change({ username: event.currentTarget.value })}
            data-testid="mail-username"
          />
          <PasswordInput
            label={t('mail.password')}
            placeholder={kept.has_password ? t('mail.password_there') : ''}
            autoComplete="off"
            value={form.password ?? ''}
            onChange={(event) => change({ password: event.currentTarget.value || undefined })}
            data-testid="mail-password"
          />
        </div>
        {keep.error && <Trouble error={keep.error} />}
        {drop.error && <Trouble error={drop.error} />}
        <div className="k-buttons">
          <Button
            type="submit"
            leftSection={<IconDeviceFloppy size={15} />}
            loading={keep.isPending}
            disabled={!form.host || !form.sender}
            data-testid="mail-save"
          >
            {t('save')}
          </Button>
          {kept.whose === 'own' && (
            <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate()} data-testid="mail-drop">
              {t('mail.drop')}
            </Button>
          )}
        </div>
      </form>
    </Panel>
  )
}

function Try({ possible }: { possible: boolean }) {
  const { t } = useTranslation()
  const [to, setTo] = useState('')
  const send = useMutation({ mutationFn: () => must(client.POST('/api/mail/test', { body: { to } })) })
  return (
    <Panel title={t('mail.try')} testId="mail-try">
      <form
        className="k-set-form"
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <div className="k-set-fields">
          <TextInput
            label={t('mail.to')}
            type="email"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value.trim())}
            data-testid="mail-to"
          />
        </div>
        {send.error && <Trouble error={send.error} />}
        {send.isSuccess && (
          <Note tone="good" testId="mail-sent">
            {t('mail.sent')}
          </Note>
        )}
        <div className="k-buttons">
          <Button
            type="submit"
            variant="default"
            leftSection={<IconSend size={15} />}
            loading={send.isPending}
            disabled={!to || !possible}
            data-testid="mail-send"
          >
            {t('mail.send')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
