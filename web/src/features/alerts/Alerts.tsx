import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { said } from '@/features/floor/units'
import { currentLocale } from '@/i18n'
import { useDirectory } from '@/ui/names'
import { Chip, Empty, Loading, Panel, Trouble } from '@/ui/pieces'
import { Deliveries } from './Deliveries'
import { type Rule, useRules } from './queries'
import { RuleEditor } from './RuleEditor'
import { Webhooks } from './Webhooks'

/** What is watched, who is told, and what was sent. */
export function Alerts() {
  const { t } = useTranslation()
  const rules = useRules()
  const { projects } = useDirectory()
  const [editing, setEditing] = useState<Rule | 'new'>()
  if (rules.error) return <Trouble error={rules.error} retry={() => void rules.refetch()} />
  if (!rules.data) return <Loading />
  return (
    <div className="k-column" style={{ overflow: 'auto' }}>
      <h1 className="k-hidden">{t('alerts.title')}</h1>
      <Panel
        title={t('alerts.title')}
        flush
        testId="alert-rules"
        aside={
          <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')} data-testid="rule-new">
            {t('alerts.new')}
          </Button>
        }
      >
        {rules.data.length === 0 ? (
          <Empty title={t('alerts.none')}>{t('alerts.none_hint')}</Empty>
        ) : (
          <table className="k-table">
            <thead>
              <tr>
                <th>{t('alerts.name')}</th>
                <th>{t('alerts.when')}</th>
                <th>{t('alerts.project')}</th>
                <th>{t('alerts.to')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {rules.data.map((rule) => (
                <tr key={rule.id} data-testid="rule-row">
                  <td>
                    <button type="button" className="k-link" onClick={() => setEditing(rule)}>
                      {rule.name}
                    </button>
                  </td>
                  <td>
                    {t(`alerts.figure.${rule.figure}`)} {t(rule.above ? 'alerts.above' : 'alerts.below')}{' '}
                    {said(rule.figure, rule.limit, currentLocale())}
                  </td>
                  <td>{rule.project ? (projects[rule.project] ?? rule.project) : t('alerts.all_projects')}</td>
                  <td className="k-cut k-quiet">{[...(rule.emails ?? []), ...(rule.webhooks ?? [])].join(', ')}</td>
                  <td className="k-right">
                    <Chip tone={rule.enabled ? 'good' : 'away'}>{t(rule.enabled ? 'alerts.on' : 'alerts.off')}</Chip>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      <Webhooks />
      <Deliveries />
      {editing && (
        <RuleEditor
          rule={editing === 'new' ? undefined : editing}
          taken={rules.data.map((rule) => rule.id)}
          onClose={() => setEditing(undefined)}
        />
      )}
    </div>
  )
}
