import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { useDirectory } from '@/ui/names'
import { Chip, Empty, Loading, Moment, Panel, Trouble } from '@/ui/pieces'
import { eventWords } from './events'
import { HookForm } from './HookForm'
import { HookLog } from './HookLog'
import './integrations.css'
import { type Hook, useHooks, useHookSecret, useRemoveHook, useTestHook } from './queries'
import { type Once, ShownOnce } from './ShownOnce'
import { Sure } from './Sure'

/** Who is told of what, and what became of it. */
export function Hooks() {
  const { t } = useTranslation()
  const hooks = useHooks()
  const test = useTestHook()
  const remove = useRemoveHook()
  const secret = useHookSecret()
  const [editing, setEditing] = useState<Hook | 'new'>()
  const [asked, setAsked] = useState<{ hook: Hook; what: 'remove' | 'secret' }>()
  const [once, setOnce] = useState<Once>()
  if (hooks.error && !hooks.data) return <Trouble error={hooks.error} retry={() => void hooks.refetch()} />
  if (!hooks.data) return <Loading />
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('settings.webhooks')}</h1>
      {test.error && <Trouble error={test.error} />}
      <Panel
        title={t('settings.webhooks')}
        flush
        testId="hooks"
        aside={
          <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')} data-testid="hook-new">
            {t('hooks.new')}
          </Button>
        }
      >
        {hooks.data.length === 0 ? (
          <Empty title={t('hooks.none')}>{t('hooks.none_hint')}</Empty>
        ) : (
          <table className="k-table">
            <thead>
              <tr>
                <th>{t('apikeys.name')}</th>
                <th>{t('hooks.url')}</th>
                <th>{t('hooks.events')}</th>
                <th>{t('hooks.project')}</th>
                <th>{t('hooks.state')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {hooks.data.map((hook) => (
                <Row
                  key={hook.id}
                  hook={hook}
                  testing={test.isPending && test.variables === hook.id}
                  onEdit={() => setEditing(hook)}
                  onTest={() => test.mutate(hook.id)}
                  onSecret={() => setAsked({ hook, what: 'secret' })}
                  onRemove={() => setAsked({ hook, what: 'remove' })}
                />
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      <p className="k-hint" style={{ margin: 0 }}>
        {t('hooks.hint')}
      </p>
      <HookLog hooks={hooks.data} />
      {editing && (
        <HookForm
          hook={editing === 'new' ? undefined : editing}
          taken={hooks.data.map((hook) => hook.id)}
          onSaved={(shown) => {
            setEditing(undefined)
            setOnce(shown)
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
      {asked && (
        <Sure
          title={t(asked.what === 'remove' ? 'hooks.remove_title' : 'hooks.secret_title', { name: asked.hook.name })}
          hint={t(asked.what === 'remove' ? 'hooks.remove_hint' : 'hooks.secret_hint')}
          yes={t(asked.what === 'remove' ? 'hooks.remove' : 'hooks.secret')}
          busy={remove.isPending || secret.isPending}
          error={asked.what === 'remove' ? remove.error : secret.error}
          onYes={() =>
            asked.what === 'remove'
              ? remove.mutate(asked.hook.id, { onSuccess: () => setAsked(undefined) })
              : secret.mutate(asked.hook.id, {
                  onSuccess: (changed) => {
                    setAsked(undefined)
                    setOnce({ text: changed.secret ?? '', words: 'apikeys.once_secret' })
                  },
                })
          }
          onClose={() => setAsked(undefined)}
        />
      )}
      <ShownOnce once={once} onClose={() => setOnce(undefined)} />
    </div>
  )
}

interface RowProps {
  hook: Hook
  testing: boolean
  onEdit: () => void
  onTest: () => void
  onSecret: () => void
  onRemove: () => void
}

function Row({ hook, testing, onEdit, onTest, onSecret, onRemove }: RowProps) {
  const { t } = useTranslation()
  const { projects } = useDirectory()
  const small = { variant: 'default', size: 'compact-xs' } as const
  return (
    <tr data-testid="hook-row">
      <td>
        <button type="button" className="k-link" onClick={onEdit}>
          {hook.name}
        </button>
      </td>
      <td className="k-cut k-quiet" title={hook.url} style={{ maxWidth: 240 }}>
        {hook.url}
      </td>
      <td className="k-cut" title={hook.events.map((one) => eventWords(t, one)).join('\n')} style={{ maxWidth: 220 }}>
        {hook.events.map((one) => eventWords(t, one)).join(', ')}
      </td>
      <td>{hook.project ? (projects[hook.project] ?? hook.project) : t('hooks.all_projects')}</td>
      <td>
        <State hook={hook} />
      </td>
      <td className="k-right">
        <span className="k-buttons" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap', margin: 0 }}>
          {hook.enabled && (
            <Button {...small} loading={testing} onClick={onTest} data-testid="hook-test">
              {t('hooks.test')}
            </Button>
          )}
          <Button {...small} onClick={onSecret}>
            {t('hooks.secret')}
          </Button>
          <Button {...small} onClick={onRemove}>
            {t('hooks.remove')}
          </Button>
        </span>
      </td>
    </tr>
  )
}

function State({ hook }: { hook: Hook }) {
  const { t } = useTranslation()
  if (hook.switched_off_at) return <Chip tone="bad">{t('hooks.switched_off')}</Chip>
  if (!hook.enabled) return <Chip>{t('hooks.off')}</Chip>
  if (!hook.failing_since) return <Chip tone="good">{t('hooks.working')}</Chip>
  return (
    <Chip tone="care">
      {t('hooks.failing')} <Moment at={seconds(hook.failing_since)} />
    </Chip>
  )
}
