import { Button, Checkbox, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shortName } from '@/features/settings/names'
import { useDirectory } from '@/ui/names'
import { Trouble } from '@/ui/pieces'
import { Drawer } from '@/ui/Drawer'
import { eventWords } from './events'
import { type Hook, type HookEvent, type HookGiven, usePutHook } from './queries'
import type { Once } from './ShownOnce'

const EVENTS: readonly HookEvent[] = [
  'call.answered',
  'contact.ended',
  'contact.lost',
  'recording.ready',
  'debt.opened',
  'debt.closed',
  'alert.raised',
  'alert.cleared',
]

interface Props {
  hook: Hook | undefined
  taken: readonly string[]
  onSaved: (once: Once | undefined) => void
  onClose: () => void
}

export function HookForm({ hook, taken, onSaved, onClose }: Props) {
  const { t } = useTranslation()
  const save = usePutHook()
  const { projects } = useDirectory()
  const [given, setGiven] = useState<HookGiven>(
    hook
      ? { name: hook.name, url: hook.url, events: hook.events, project: hook.project, enabled: hook.enabled }
      : { name: '', url: '', events: ['contact.lost'], project: '', enabled: true },
  )
  const put = (change: Partial<HookGiven>) => setGiven((before) => ({ ...before, ...change }))
  const id = hook?.id ?? shortName(given.name, taken)
  const submit = () =>
    save.mutate(
      { ...given, id, name: given.name.trim(), url: given.url.trim() },
      { onSuccess: ({ secret }) => onSaved(secret ? { text: secret, words: 'apikeys.once_secret' } : undefined) },
    )
  return (
    <Drawer opened onClose={onClose} title={hook ? hook.name : t('hooks.new')} size={420}>
      <form
        className="k-column"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <TextInput
          label={t('apikeys.name')}
          required
          maxLength={100}
          data-autofocus
          value={given.name}
          onChange={(event) => put({ name: event.currentTarget.value })}
          data-testid="hook-name"
        />
        <TextInput
          label={t('hooks.url')}
          required
          maxLength={500}
          placeholder="https://crm.example.ru/kaska"
          value={given.url}
          onChange={(event) => put({ url: event.currentTarget.value })}
          data-testid="hook-url"
        />
        <Checkbox.Group label={t('hooks.events')} value={given.events} onChange={(events) => put({ events: events })}>
          <div className="k-column" style={{ gap: 5, marginTop: 6 }}>
            {EVENTS.map((event) => (
              <Checkbox
                key={event}
                size="xs"
                value={event}
                label={
                  <>
                    {eventWords(t, event)} <code className="k-quiet">{event}</code>
                  </>
                }
              />
            ))}
          </div>
        </Checkbox.Group>
        <Select
          label={t('hooks.project')}
          allowDeselect={false}
          value={given.project}
          onChange={(project) => put({ project: project ?? '' })}
          data={[
            { value: '', label: t('hooks.all_projects') },
            ...Object.entries(projects).map(([value, label]) => ({ value, label })),
          ]}
        />
        <Switch
          label={t('hooks.on')}
          checked={given.enabled}
          onChange={(event) => put({ enabled: event.currentTarget.checked })}
        />
        {save.error && <Trouble error={save.error} />}
        <Button
          type="submit"
          loading={save.isPending}
          disabled={!id || !given.url.trim() || given.events.length === 0}
          data-testid="hook-save"
        >
          {t('save')}
        </Button>
      </form>
    </Drawer>
  )
}
