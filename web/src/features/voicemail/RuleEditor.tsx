import { Button, Group, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLocale } from '@/i18n'
import { useDirectory } from '@/ui/names'
import { Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import { wrongAddress } from './addresses'
import { type MessageRule, type MessageRuleGiven, usePutMessageRule, useRemoveMessageRule } from './queries'

/** Whose messages go to which addresses. */
export function RuleEditor({ rule, onClose }: { rule: MessageRule | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const save = usePutMessageRule()
  const remove = useRemoveMessageRule()
  const [given, setGiven] = useState<MessageRuleGiven>(() => begun(rule))
  const [tried, setTried] = useState(false)
  const put = (part: Partial<MessageRuleGiven>) => setGiven({ ...given, ...part })
  const wrong = wrongAddress(given.emails)
  const emailsProblem = wrong
    ? t('messageLetters.emails_wrong', { email: wrong })
    : tried && given.emails.length === 0 && t('messageLetters.emails_none')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (wrong || given.emails.length === 0 || !given.owner) return
    save.mutate({ id: rule?.id ?? `m-${crypto.randomUUID().slice(0, 8)}`, body: given }, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} title={t(rule ? 'messageLetters.edit' : 'messageLetters.new')}>
      <form onSubmit={submit} data-testid="message-rule-form">
        <Stack gap="sm">
          <OwnerField rule={rule} owner={given.owner} tried={tried} onChange={(owner) => put({ owner })} />
          <TagsInput
            label={t('messageLetters.emails')}
            description={t('messageLetters.emails_hint')}
            value={given.emails}
            onChange={(emails) => put({ emails })}
            splitChars={[',', ';', ' ']}
            acceptValueOnBlur
            maxTags={20}
            error={emailsProblem}
            data-testid="message-rule-emails"
          />
          <Select
            label={t('messageLetters.language')}
            value={given.language ?? 'ru'}
            data={[
              { value: 'ru', label: 'Русский' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(language) => put({ language: language === 'en' ? 'en' : 'ru' })}
            allowDeselect={false}
          />
          <TextInput
            label={t('messageLetters.page')}
            description={t('messageLetters.page_hint')}
            value={given.page ?? ''}
            onChange={(event) => put({ page: event.currentTarget.value.trim() })}
          />
          <Switch
            label={t('messageLetters.enabled')}
            checked={given.enabled ?? true}
            onChange={(event) => put({ enabled: event.currentTarget.checked })}
          />
          {(save.error ?? remove.error) && <Trouble error={save.error ?? remove.error} />}
          <Group justify="space-between">
            {rule ? (
              <Button
                variant="subtle"
                color="red"
                loading={remove.isPending}
                onClick={() => remove.mutate(rule.id, { onSuccess: onClose })}
              >
                {t('messageLetters.remove')}
              </Button>
            ) : (
              <span />
            )}
            <Group gap={8}>
              <Button variant="default" onClick={onClose}>
                {t('cancel')}
              </Button>
              <Button type="submit" loading={save.isPending} data-testid="message-rule-save">
                {t('save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface OwnerFieldProps {
  rule: MessageRule | undefined
  owner: string
  tried: boolean
  onChange: (owner: string) => void
}

function OwnerField({ rule, owner, tried, onChange }: OwnerFieldProps) {
  const { t } = useTranslation()
  const { agents, queues, projects } = useDirectory()
  const items = (kind: string, names: [string, string][]) =>
    names.map(([id, name]) => ({ value: `${kind}:${id}`, label: name }))
  const named = (words: 'messageLetters.queue_of' | 'messageLetters.all_of', names: Record<string, string>) =>
    Object.entries(names).map(([id, name]): [string, string] => [id, t(words, { name })])
  const groups = [
    {
      group: t('messageLetters.agents'),
      items: items(
        'agent',
        Object.entries(agents).map(([id, agent]) => [id, agent.name]),
      ),
    },
    { group: t('messageLetters.queues'), items: items('queue', named('messageLetters.queue_of', queues)) },
    { group: t('messageLetters.projects'), items: items('project', named('messageLetters.all_of', projects)) },
  ]
  // who is gone from the lists stays to be seen until somebody else is chosen
  const gone = rule && !groups.some((group) => group.items.some((item) => item.value === rule.owner))
  return (
    <Select
      label={t('messageLetters.whose')}
      description={t('messageLetters.whose_hint')}
      placeholder={t('messageLetters.whose_choose')}
      value={owner || null}
      data={gone ? [{ value: rule.owner, label: rule.owner_name }, ...groups] : groups}
      onChange={(chosen) => onChange(chosen ?? '')}
      error={tried && !owner && t('messageLetters.whose_choose')}
      allowDeselect={false}
      searchable
      data-testid="message-rule-owner"
    />
  )
}

function begun(rule: MessageRule | undefined): MessageRuleGiven {
  if (!rule) return { owner: '', emails: [], language: currentLocale(), page: window.location.origin, enabled: true }
  const { owner, emails, language, page, enabled } = rule
  return { owner, emails, language, page, enabled }
}
