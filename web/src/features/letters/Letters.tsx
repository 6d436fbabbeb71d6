import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { currentLocale } from '@/i18n'
import { WithSections } from '@/features/reports/Sections'
import { DeliveryState } from '@/ui/DeliveryState'
import { dayOf } from '@/ui/format'
import { Chip, Empty, Loading, Moment, Note, Panel, Trouble } from '@/ui/pieces'
import { clockOf } from './clock'
import { LetterEditor } from './LetterEditor'
import { type Letter, useLetters, useSent } from './queries'

/** Who gets which figures by mail and when, and what was sent. */
export function Letters() {
  return (
    <WithSections>
      <LettersPage />
    </WithSections>
  )
}

function LettersPage() {
  const { t } = useTranslation()
  const list = useLetters()
  const [editing, setEditing] = useState<Letter | 'new'>()
  if (list.error) return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Loading />
  return (
    <div className="k-column k-long">
      <h1 className="k-hidden">{t('letters.title')}</h1>
      {!list.data.mail_server && <Note tone="care">{t('letters.no_server')}</Note>}
      <Panel
        title={t('letters.title')}
        flush
        testId="letters"
        aside={
          <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')} data-testid="letter-new">
            {t('letters.new')}
          </Button>
        }
      >
        {list.data.letters.length === 0 ? (
          <Empty title={t('letters.none')}>{t('letters.none_hint')}</Empty>
        ) : (
          <table className="k-table k-wrapping">
            <thead>
              <tr>
                <th>{t('letters.what')}</th>
                <th>{t('letters.to')}</th>
                <th>{t('letters.when')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {list.data.letters.map((letter) => (
                <tr key={letter.id} data-testid="letter-row">
                  <td>
                    <button type="button" className="k-link" onClick={() => setEditing(letter)}>
                      {t(`letters.kind.${letter.kind}`)}
                      {letter.agent_name && `: ${letter.agent_name}`}
                      {letter.project_name && ` · ${letter.project_name}`}
                    </button>
                  </td>
                  <td>
                    {letter.each ? t(`letters.whom_each.${letter.kind}`) : letter.email}
                    {letter.no_address.length > 0 && <Missed names={letter.no_address} />}
                  </td>
                  <td>
                    {t(letter.kind === 'month' ? 'letters.monthly_at' : 'letters.daily_at', {
                      clock: clockOf(letter.minute ?? 0),
                    })}{' '}
                    <span className="k-quiet">{letter.zone}</span>
                  </td>
                  <td className="k-right">
                    <Chip tone={letter.enabled ? 'good' : 'away'}>
                      {t(letter.enabled ? 'letters.on' : 'letters.off')}
                    </Chip>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      <Sent />
      {editing && (
        <LetterEditor letter={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </div>
  )
}

/** Whom a letter to each one cannot reach. */
function Missed({ names }: { names: string[] }) {
  const { t } = useTranslation()
  return (
    <div className="k-quiet" title={t('letters.missed_how')} data-testid="letter-missed">
      {t('letters.missed', { count: names.length, names: names.join(', ') })}
    </div>
  )
}

/** The newest letters: delivered, on their way, or given up and why. */
function Sent() {
  const { t } = useTranslation()
  const { data, error, refetch } = useSent()
  return (
    <Panel title={t('letters.sent')} flush testId="letters-sent">
      {error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : !data?.length ? (
        <p className="k-hint" style={{ margin: '10px 12px' }}>
          {t('letters.sent_none')}
        </p>
      ) : (
        <table className="k-table">
          <thead>
            <tr>
              <th>{t('letters.made')}</th>
              <th>{t('letters.what')}</th>
              <th>{t('letters.about')}</th>
              <th>{t('letters.to')}</th>
              <th>{t('letters.state')}</th>
              <th className="k-right">{t('letters.tries')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((one) => (
              <tr key={`${one.letter} ${one.about} ${one.person}`}>
                <td>
                  <Moment at={seconds(one.made_at)} />
                </td>
                <td>{t(`letters.kind.${one.kind}`)}</td>
                <td className="k-num">
                  {dayOf(one.kind === 'month' ? one.about.slice(0, 7) : one.about, currentLocale())}
                </td>
                <td className="k-cut">{[one.person_name, one.email].filter(Boolean).join(' · ')}</td>
                <td className="k-cut">
                  {one.email ? (
                    <DeliveryState of={one} words="letters" />
                  ) : (
                    <Chip tone="bad">{t('letters.without')}</Chip>
                  )}
                </td>
                <td className="k-right k-num">{one.tries}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
