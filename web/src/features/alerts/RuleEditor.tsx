import { Button, NumberInput, SegmentedControl, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { unitOf } from '@/features/floor/units'
import { useDirectory } from '@/ui/names'
import { Trouble } from '@/ui/pieces'
import { Drawer } from '@/ui/Drawer'
import { readHours, writeHours } from './hours'
import { type Rule, usePutRule, useRemoveRule } from './queries'

const FIGURES: Rule['figure'][] = [
  'waiting_time',
  'waiting',
  'lost',
  'lost_share',
  'free_agents',
  'occupancy',
  'answer_delay',
  'talk_in',
  'talk_out',
  'connection_rate',
]
const NEW: Omit<Rule, 'id'> = {
  name: '',
  project: '',
  figure: 'waiting_time',
  above: true,
  limit: 60,
  margin: 10,
  window: 3600,
  hold: 30,
  quiet: [],
  emails: [],
  webhooks: [],
  language: 'ru',
  enabled: true,
}

interface Props {
  rule: Rule | undefined
  taken: string[]
  onClose: () => void
}

/** One rule: the figure, its limit, and who is told. */
export function RuleEditor({ rule, taken, onClose }: Props) {
  const { t } = useTranslation()
  const { projects } = useDirectory()
  const save = usePutRule()
  const remove = useRemoveRule()
  const [given, setGiven] = useState<Rule>(rule ?? { ...NEW, id: freeId(taken) })
  const [hours, setHours] = useState(writeHours(given.quiet ?? []))
  const [emails, setEmails] = useState((given.emails ?? []).join(', '))
  const [hooks, setHooks] = useState((given.webhooks ?? []).join(', '))
  const put = (part: Partial<Rule>) => setGiven({ ...given, ...part })
  const quiet = readHours(hours)
  const unit = t(`alerts.unit.${unitOf(given.figure)}`)
  const submit = () => {
    if (!quiet) return
    save.mutate({ ...given, quiet, emails: parts(emails), webhooks: parts(hooks) }, { onSuccess: onClose })
  }
  return (
    <Drawer opened onClose={onClose} title={rule ? given.name : t('alerts.new')} size={420}>
      <form
        className="k-column"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <TextInput
          label={t('alerts.name')}
          required
          maxLength={100}
          data-autofocus
          value={given.name}
          onChange={(event) => put({ name: event.currentTarget.value })}
          data-testid="rule-name"
        />
        <Select
          label={t('alerts.figure')}
          allowDeselect={false}
          value={given.figure}
          onChange={(figure) =>
            put({ figure: figure as Rule['figure'], above: figure !== 'free_agents' && figure !== 'connection_rate' })
          }
          data={FIGURES.map((figure) => ({ value: figure, label: t(`floor.figure.${figure}`) }))}
        />
        <SegmentedControl
          aria-label={t('alerts.when')}
          value={given.above ? 'above' : 'below'}
          onChange={(side) => put({ above: side === 'above' })}
          data={[
            { value: 'above', label: `${t('alerts.when')} ${t('alerts.above')}` },
            { value: 'below', label: `${t('alerts.when')} ${t('alerts.below')}` },
          ]}
        />
        <NumberInput
          size="xs"
          label={`${t('alerts.limit')}, ${unit}`}
          min={0}
          value={given.limit}
          onChange={(limit) => put({ limit: +limit || 0 })}
          data-testid="rule-limit"
        />
        <NumberInput
          size="xs"
          label={`${t('alerts.margin')}, ${unit}`}
          min={0}
          value={given.margin}
          onChange={(margin) => put({ margin: +margin || 0 })}
        />
        <NumberInput
          size="xs"
          label={t('alerts.hold')}
          min={0}
          max={3600}
          value={given.hold}
          onChange={(hold) => put({ hold: +hold || 0 })}
        />
        <NumberInput
          size="xs"
          label={t('alerts.window')}
          min={1}
          max={60}
          value={Math.round((given.window ?? 3600) / 60)}
          onChange={(minutes) => put({ window: 60 * Math.min(60, Math.max(1, +minutes || 60)) })}
        />
        <Select
          label={t('alerts.project')}
          allowDeselect={false}
          value={given.project}
          onChange={(project) => put({ project: project ?? '' })}
          data={[
            { value: '', label: t('alerts.all_projects') },
            ...Object.entries(projects).map(([value, label]) => ({ value, label })),
          ]}
        />
        <TextInput
          label={t('alerts.emails')}
          description={t('alerts.by_comma')}
          value={emails}
          onChange={(event) => setEmails(event.currentTarget.value)}
          data-testid="rule-emails"
        />
        <TextInput
          label={t('alerts.webhooks')}
          description={t('alerts.by_comma')}
          value={hooks}
          onChange={(event) => setHooks(event.currentTarget.value)}
        />
        <TextInput
          label={t('alerts.quiet')}
          description={t('alerts.quiet_hint')}
          error={quiet ? undefined : t('alerts.quiet_wrong')}
          value={hours}
          onChange={(event) => setHours(event.currentTarget.value)}
        />
        <Select
          label={t('alerts.language')}
          allowDeselect={false}
          value={given.language}
          onChange={(language) => put({ language: language as 'ru' | 'en' })}
          data={[
            { value: 'ru', label: 'Русский' },
            { value: 'en', label: 'English' },
          ]}
        />
        <Switch
          label={t('alerts.on')}
          checked={given.enabled}
          onChange={(event) => put({ enabled: event.currentTarget.checked })}
        />
        {(save.error ?? remove.error) && <Trouble error={save.error ?? remove.error} />}
        <div className="k-buttons">
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!quiet || !given.name.trim()}
            data-testid="rule-save"
          >
            {t('save')}
          </Button>
          {rule && (
            <Button
              variant="default"
              loading={remove.isPending}
              onClick={() => remove.mutate(rule.id, { onSuccess: onClose })}
            >
              {t('alerts.remove')}
            </Button>
          )}
        </div>
      </form>
    </Drawer>
  )
}

function parts(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
}

function freeId(taken: string[]): string {
  let number = taken.length + 1
  while (taken.includes(`rule-${number}`)) number++
  return `rule-${number}`
}
