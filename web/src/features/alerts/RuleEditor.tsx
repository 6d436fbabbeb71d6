import { Button, MultiSelect, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDirectory } from '@/ui/names'
import { Trouble } from '@/ui/pieces'
import { Drawer } from '@/ui/Drawer'
import { readHours, writeHours } from './hours'
import { Limits } from './Limits'
import { type Rule, usePutRule, useRemoveRule, useWebhooks } from './queries'
import { backAt, FIGURES, isBadBelow, marginOf } from './rule'

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

/** "waiting" → "Waiting" */
const begun = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** One rule: the figure, its limit, and who is told. */
export function RuleEditor({ rule, taken, onClose }: Props) {
  const { t } = useTranslation()
  const { projects } = useDirectory()
  const save = usePutRule()
  const remove = useRemoveRule()
  const [given, setGiven] = useState<Rule>(rule ?? { ...NEW, id: freeId(taken) })
  const [hours, setHours] = useState(writeHours(given.quiet ?? []))
  const [emails, setEmails] = useState((given.emails ?? []).join(', '))
  const [back, setBack] = useState(backAt(given))
  const known = (useWebhooks().data ?? []).map(({ id }) => id)
  const hooks = [...new Set([...known, ...(given.webhooks ?? [])])]
  const put = (part: Partial<Rule>) => {
    const next = { ...given, ...part }
    setGiven(next)
    // another limit takes what is fine again along with it
    if ('limit' in part || 'above' in part) setBack(Math.max(0, backAt(next)))
  }
  const quiet = readHours(hours)
  const margin = marginOf(given, back)
  const submit = () => {
    if (!quiet || margin === undefined) return
    save.mutate({ ...given, margin, quiet, emails: parts(emails) }, { onSuccess: onClose })
  }
  return (
    <Drawer opened onClose={onClose} title={rule ? given.name : t('alerts.new')} size={470}>
      <form
        className="k-column"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <TextInput
          label={t('alerts.name')}
          placeholder={t('alerts.name_example')}
          required
          maxLength={100}
          data-autofocus
          value={given.name}
          onChange={(event) => put({ name: event.currentTarget.value })}
          data-testid="rule-name"
        />
        <div className="k-rule-pair">
          <Select
            label={t('alerts.watched')}
            allowDeselect={false}
            value={given.figure}
            onChange={(figure) => put({ figure: figure as Rule['figure'], above: !isBadBelow(figure ?? '') })}
            data={FIGURES.map((figure) => ({ value: figure, label: begun(t(`alerts.figure.${figure}`)) }))}
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
        </div>
        <Limits rule={given} put={put} back={back} onBack={setBack} />
        <fieldset className="k-set-group">
          <legend className="k-label">{t('alerts.tell')}</legend>
          <p className="k-hint k-set-hint">{t('alerts.tell_hint')}</p>
          <TextInput
            label={t('alerts.emails')}
            description={t('alerts.by_comma')}
            value={emails}
            onChange={(event) => setEmails(event.currentTarget.value)}
            data-testid="rule-emails"
          />
          {hooks.length > 0 && (
            <MultiSelect
              label={t('alerts.hooks')}
              value={given.webhooks ?? []}
              onChange={(webhooks) => put({ webhooks })}
              data={hooks}
            />
          )}
          <div className="k-rule-pair">
            <TextInput
              label={t('alerts.quiet')}
              value={hours}
              onChange={(event) => setHours(event.currentTarget.value)}
              aria-describedby="quiet-hint"
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
          </div>
          <p id="quiet-hint" className={quiet ? 'k-hint' : 'k-tone-bad'} style={{ margin: 0 }}>
            {t(quiet ? 'alerts.quiet_hint' : 'alerts.quiet_wrong')}
          </p>
        </fieldset>
        <Switch
          label={t('alerts.watching')}
          checked={given.enabled}
          onChange={(event) => put({ enabled: event.currentTarget.checked })}
        />
        {(save.error ?? remove.error) && <Trouble error={save.error ?? remove.error} />}
        <div className="k-buttons">
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!quiet || margin === undefined || !given.name.trim()}
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
