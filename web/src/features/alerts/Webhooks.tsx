import { Button, Code, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Note, Panel, Trouble } from '@/ui/pieces'
import { usePutWebhook, useRemoveWebhook, useWebhooks } from './queries'

/** Where alerts are posted to; each has a secret that is shown once. */
export function Webhooks() {
  const { t } = useTranslation()
  const hooks = useWebhooks()
  const put = usePutWebhook()
  const remove = useRemoveWebhook()
  const [id, setId] = useState('')
  const [url, setUrl] = useState('')
  const error = hooks.error ?? put.error ?? remove.error
  return (
    <Panel title={t('alerts.webhooks')} testId="webhooks">
      {error && <Trouble error={error} />}
      {put.data && (
        <Note tone="good">
          {t('alerts.secret', { id: put.data.id })} <Code>{put.data.secret}</Code>
        </Note>
      )}
      {hooks.data?.length === 0 && <p className="k-hint">{t('alerts.webhook_none')}</p>}
      {hooks.data?.map((hook) => (
        <div key={hook.id} className="k-buttons" style={{ alignItems: 'center' }}>
          <strong>{hook.id}</strong>
          <span className="k-grow k-cut k-quiet">{hook.url}</span>
          <Button variant="default" size="compact-xs" onClick={() => remove.mutate(hook.id)}>
            {t('alerts.remove')}
          </Button>
        </div>
      ))}
      <form
        className="k-buttons"
        style={{ alignItems: 'flex-end' }}
        onSubmit={(event) => {
          event.preventDefault()
          put.mutate(
            { id, url },
            {
              onSuccess: () => {
                setId('')
                setUrl('')
              },
            },
          )
        }}
      >
        <TextInput
          label={t('alerts.webhook_id')}
          maxLength={40}
          value={id}
          onChange={(event) => setId(event.currentTarget.value.toLowerCase().replace(/[^a-z0-9_-]/g, ''))}
        />
        <TextInput
          className="k-grow"
          label={t('alerts.webhook_url')}
          placeholder="https://"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!id || !url} loading={put.isPending}>
          {t('alerts.webhook_new')}
        </Button>
      </form>
    </Panel>
  )
}
