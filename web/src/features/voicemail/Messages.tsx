import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { WithSections } from '@/features/reports/Sections'
import { DeliveryState } from '@/ui/DeliveryState'
import { Chip, Empty, Loading, Moment, Note, Panel, Trouble } from '@/ui/pieces'
import './messages.css'
import { type MessageRule, type MessageSending, useMessageRules, useSentMessages } from './queries'
import { RuleEditor } from './RuleEditor'

/** Whose messages go to which addresses, and what was sent. */
export function Messages() {
  return (
    <WithSections>
      <MessagesPage />
    </WithSections>
  )
}

function MessagesPage() {
  const { t } = useTranslation()
  const list = useMessageRules()
  const [editing, setEditing] = useState<MessageRule | 'new'>()
  if (list.error) return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Loading />
  const add = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')} data-testid="message-rule-new">
      {t('messageLetters.new')}
    </Button>
  )
  return (
    <div className="k-column k-messages">
      <h1 className="k-hidden">{t('messageLetters.title')}</h1>
      {!list.data.mail_server && <Note tone="care">{t('messageLetters.no_server')}</Note>}
      <Panel title={t('messageLetters.title')} flush testId="message-rules" aside={add}>
        {list.data.rules.length === 0 ? (
          <Empty title={t('messageLetters.none')}>{t('messageLetters.none_hint')}</Empty>
        ) : (
          <Rules rules={list.data.rules} edit={setEditing} />
        )}
      </Panel>
      <Sent />
      {editing && <RuleEditor rule={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </div>
  )
}

function Rules({ rules, edit }: { rules: MessageRule[]; edit: (rule: MessageRule) => void }) {
  const { t } = useTranslation()
  return (
    <table className="k-table">
      <thead>
        <tr>
          <th>{t('messageLetters.whose')}</th>
          <th>{t('messageLetters.to')}</th>
          <th>{t('messageLetters.language')}</th>
          <th>
            <span className="k-hidden">{t('messageLetters.state')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.id} data-testid="message-rule">
            <td>
              <button type="button" className="k-link" onClick={() => edit(rule)}>
                <Owner of={rule} all />
              </button>
            </td>
            <td style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>{rule.emails.join(', ')}</td>
            <td>{rule.language === 'en' ? 'English' : 'Русский'}</td>
            <td className="k-right">
              <Chip tone={rule.enabled ? 'good' : 'away'}>
                {t(rule.enabled ? 'messageLetters.on' : 'messageLetters.off')}
              </Chip>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** ``all``: a project means all of its messages, not only those that the project owes. */
function Owner({ of, all }: { of: Pick<MessageRule, 'owner' | 'owner_name'>; all?: boolean }) {
  const { t } = useTranslation()
  if (of.owner.startsWith('queue:')) return <>{t('messageLetters.queue_of', { name: of.owner_name })}</>
  if (all && of.owner.startsWith('project:')) return <>{t('messageLetters.all_of', { name: of.owner_name })}</>
  return <>{of.owner_name}</>
}

/** The newest: delivered, on their way, or given up and why. */
function Sent() {
  const { t } = useTranslation()
  const { data, error, refetch } = useSentMessages()
  return (
    <Panel title={t('messageLetters.sent')} flush testId="messages-sent">
      {error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : data.length === 0 ? (
        <p className="k-hint" style={{ padding: '8px 12px' }}>
          {t('messageLetters.sent_none')}
        </p>
      ) : (
        <table className="k-table">
          <thead>
            <tr>
              <th>{t('messageLetters.made')}</th>
              <th>{t('messageLetters.whose')}</th>
              <th>{t('messageLetters.to')}</th>
              <th>{t('messageLetters.contact')}</th>
              <th>{t('messageLetters.state')}</th>
              <th className="k-right">{t('messageLetters.tries')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((one) => (
              <SentRow key={`${one.contact} ${one.email}`} one={one} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function SentRow({ one }: { one: MessageSending }) {
  const { t } = useTranslation()
  const why = one.problem === 'erased' || one.problem === 'removed'
  const problem = why ? t(`messageLetters.${one.problem}`) : one.problem
  return (
    <tr>
      <td>
        <Moment at={seconds(one.made_at)} />
      </td>
      <td>
        <Owner of={one} />
      </td>
      <td className="k-cut">{one.email}</td>
      <td>
        <Link to="/journal" search={{ open: one.contact }} className="k-link">
          {t('messageLetters.open')}
        </Link>
      </td>
      <td className="k-cut" style={{ maxWidth: 360 }} title={problem}>
        <DeliveryState of={{ ...one, problem }} words="messageLetters" />
      </td>
      <td className="k-right k-num">{one.tries}</td>
    </tr>
  )
}
