import { Button, Group, Select, Stack, Switch, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDirectory } from '@/ui/names'
import { Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import { ORDER } from '@/features/settings/fields'
import { clockOf, minuteOf } from './clock'
import { type Given, type Letter, usePutLetter, useRemoveLetter } from './queries'

const KINDS = ['agent_day', 'manager_day', 'month'] as const
const NEW: Given = {
  kind: 'manager_day',
  email: '',
  each: false,
  project: '',
  agent: '',
  minute: 1200,
  zone: '',
  language: 'ru',
  enabled: true,
}

/** One letter: what, to whom, when. */
export function LetterEditor({ letter, onClose }: { letter: Letter | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const { agents, projects } = useDirectory()
  const save = usePutLetter()
  const remove = useRemoveLetter()
  const [given, setGiven] = useState(letter ? givenOf(letter) : NEW)
  const [clock, setClock] = useState(clockOf(given.minute ?? 1200))
  const put = (part: Partial<typeof given>) => setGiven({ ...given, ...part })
  const minute = minuteOf(clock)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (minute === undefined) return
    const id = letter?.id ?? `l-${crypto.randomUUID().slice(0, 8)}`
    const agent = given.kind === 'agent_day' && !given.each ? given.agent : ''
    const email = given.each ? '' : given.email
    const project = given.kind === 'month' ? '' : given.project
    save.mutate({ id, body: { ...given, agent, email, project, minute } }, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} title={t(letter ? 'letters.edit' : 'letters.new')}>
      <form onSubmit={submit} data-testid="letter-form">
        <Stack gap="sm">
          <Select
            label={t('letters.what')}
            value={given.kind}
            data={KINDS.map((kind) => ({ value: kind, label: t(`letters.kind.${kind}`) }))}
            onChange={(kind) => put({ kind: kind ?? 'manager_day' })}
            allowDeselect={false}
          />
          <Select
            label={t('letters.to')}
            description={given.each && t(`letters.each_hint.${given.kind}`)}
            inputWrapperOrder={ORDER}
            value={given.each ? 'each' : 'typed'}
            data={[
              { value: 'each', label: t(`letters.whom_each.${given.kind}`) },
              { value: 'typed', label: t('letters.whom_typed') },
            ]}
            onChange={(whom) => put({ each: whom === 'each' })}
            allowDeselect={false}
            data-testid="letter-whom"
          />
          {given.kind === 'agent_day' && !given.each && (
            <Select
              label={t('letters.agent')}
              value={given.agent ?? null}
              data={Object.entries(agents).map(([id, agent]) => ({ value: id, label: agent.name }))}
              onChange={(agent) => put({ agent: agent ?? '' })}
              searchable
              required
              withAsterisk={false}
            />
          )}
          {!given.each && (
            <TextInput
              type="email"
              label={t('letters.address')}
              value={given.email ?? ''}
              onChange={(event) => put({ email: event.currentTarget.value })}
              required
              withAsterisk={false}
              data-testid="letter-email"
            />
          )}
          {given.kind !== 'month' && (
            <Select
              label={t('letters.project')}
              value={given.project ?? ''}
              data={[
                { value: '', label: t('letters.project_all') },
                ...Object.entries(projects).map(([value, label]) => ({ value, label })),
              ]}
              onChange={(project) => put({ project: project ?? '' })}
              allowDeselect={false}
              searchable
              data-testid="letter-project"
            />
          )}
          <Group grow>
            <TextInput
              inputMode="numeric"
              label={t('letters.at')}
              value={clock}
              onChange={(event) => setClock(event.currentTarget.value)}
              error={minute === undefined && t('letters.at_wrong')}
            />
            {!given.each && (
              <Select
                label={t('letters.language')}
                value={given.language ?? 'ru'}
                data={[
                  { value: 'ru', label: 'Русский' },
                  { value: 'en', label: 'English' },
                ]}
                onChange={(language) => put({ language: language === 'en' ? 'en' : 'ru' })}
                allowDeselect={false}
              />
            )}
          </Group>
          <TextInput
            label={t('letters.zone')}
            placeholder={t('letters.zone_usual')}
            value={given.zone ?? ''}
            onChange={(event) => put({ zone: event.currentTarget.value.trim() })}
            list="letter-zones"
          />
          <datalist id="letter-zones">
            {Intl.supportedValuesOf('timeZone').map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <Switch
            label={t('letters.enabled')}
            checked={given.enabled ?? true}
            onChange={(event) => put({ enabled: event.currentTarget.checked })}
          />
          {(save.error ?? remove.error) && <Trouble error={save.error ?? remove.error} />}
          <Group justify="space-between">
            {letter ? (
              <Button
                variant="subtle"
                color="red"
                loading={remove.isPending}
                onClick={() => remove.mutate(letter.id, { onSuccess: onClose })}
              >
                {t('letters.remove')}
              </Button>
            ) : (
              <span />
            )}
            <Group gap={8}>
              <Button variant="default" onClick={onClose}>
                {t('cancel')}
              </Button>
              <Button type="submit" loading={save.isPending} data-testid="letter-save">
                {t('save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** What is given of a letter, without what only tells about it. */
function givenOf({ kind, email, each, project, agent, minute, zone, language, enabled }: Letter): Given {
  return { kind, email, each, project, agent, minute, zone, language, enabled }
}
