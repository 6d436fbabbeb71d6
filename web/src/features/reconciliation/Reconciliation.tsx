import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { type Reconciliation, seconds } from '@/api/types'
import { currentLocale } from '@/i18n'
import { dayOf, tagOf } from '@/ui/format'
import { Empty, Loading, Moment, Panel, Since, Trouble } from '@/ui/pieces'
import { Days, OfDay } from './Days'
import { Differences } from './Differences'

/** Do the switch's own records, our ledger and the recordings say the same? Every place where they do not. */
export function ReconciliationPage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({
    queryKey: ['reconciliation'],
    queryFn: () => must(client.GET('/api/reconciliation')),
    refetchInterval: 10_000,
  })
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />
  if (!data) return <Loading />
  const bad = data.proof.bad_day
  const clean = data.open_total === 0 && data.violations.length === 0 && !bad
  return (
    <div className="k-column k-long" data-testid="reconciliation" data-clean={clean}>
      <h1 className="k-hidden">{t('nav.reconciliation')}</h1>
      <Witnesses report={data} />
      <Proof report={data} />
      {clean && data.last_run && (
        <div className="k-banner k-proud" data-tone="good" role="status">
          <IconShieldCheck size={34} aria-hidden />
          <div>
            <strong>{t('reconciliation.clean')}</strong>
            <div>{t('reconciliation.clean_hint')}</div>
          </div>
        </div>
      )}
      {(data.open_total > 0 || data.violations.length > 0) && (
        <Panel title={t('reconciliation.open', { count: data.open_total })} flush testId="differences">
          <Differences rows={data.open} />
          {data.violations.length > 0 && <Violations report={data} />}
        </Panel>
      )}
      {data.last_run && <Days />}
      <OfDay />
      <Panel title={t('reconciliation.resolved')} flush>
        {data.resolved.length === 0 ? (
          <Empty title={t('reconciliation.nothing_resolved')}>{t('reconciliation.nothing_resolved_hint')}</Empty>
        ) : (
          <Differences rows={data.resolved} />
        )}
      </Panel>
    </div>
  )
}

function Witnesses({ report }: { report: Reconciliation }) {
  const { t } = useTranslation()
  const run = report.last_run
  if (!run)
    return (
      <Panel title={t('nav.reconciliation')}>
        <Empty title={t('reconciliation.never')}>{t('reconciliation.never_hint')}</Empty>
      </Panel>
    )
  const differ = run.switch !== run.ledger
  // their numbers may differ by right: a call with which the switch died has no CDR
  const apart = report.open.some((row) => row.kind === 'cdr_cel_differ')
  const unheard = run.talked !== run.recordings
  return (
    <>
      <div className="k-figures" role="group" aria-label={t('reconciliation.witnesses')}>
        <Figure name="switch" value={run.switch} bad={differ} />
        <Figure name="cdr" value={run.cdr} bad={apart} />
        <Figure name="ledger" value={run.ledger} bad={differ} />
        <Figure name="talked" value={run.talked} bad={unheard} />
        <Figure name="recordings" value={run.recordings} bad={unheard} />
        <Figure name="differences" value={report.open_total} bad={report.open_total > 0} />
        <Figure name="violations" value={report.proof.broken_total} bad={report.proof.broken_total > 0} />
      </div>
      <div className="k-quiet">
        {t('reconciliation.period')} <Moment at={seconds(run.since)} /> – <Moment at={seconds(run.until)} />.{' '}
        {t('reconciliation.compared')} <Since at={seconds(run.ran_at)} /> {t('reconciliation.ago')}{' '}
        {run.lines !== null && (
          <span data-testid="lines">{t('days.lines', { lines: run.lines, going: run.going_on })}</span>
        )}
      </div>
    </>
  )
}

/** What the laws and the chain of seals over the ledger's days say. */
function Proof({ report }: { report: Reconciliation }) {
  const { t } = useTranslation()
  const proof = report.proof
  if (proof.bad_day)
    return (
      <div className="k-banner" data-tone="bad" role="alert" data-testid="seal-broken">
        <IconAlertTriangle size={34} aria-hidden />
        <div>
          <strong>{t('reconciliation.seal_broken', { day: dayOf(proof.bad_day, currentLocale()) })}</strong>
          <div>{t('reconciliation.seal_broken_hint')}</div>
        </div>
      </div>
    )
  return (
    <div className="k-quiet" data-testid="proof">
      {t('reconciliation.laws_to', { position: proof.checked_to })}{' '}
      {proof.sealed_day ? (
        <span title={`SHA-256 ${proof.seal}`}>
          {t('reconciliation.sealed', { day: dayOf(proof.sealed_day, currentLocale()), seal: proof.seal.slice(0, 12) })}
        </span>
      ) : (
        t('reconciliation.unsealed')
      )}{' '}
      {proof.verified_at ? (
        <>
          {t('reconciliation.verified')} <Moment at={seconds(proof.verified_at)} />.
        </>
      ) : (
        t('reconciliation.unverified')
      )}
    </div>
  )
}

function Figure({ name, value, bad }: { name: string; value: number; bad: boolean }) {
  const { t } = useTranslation()
  return (
    <div title={t(`reconciliation.${name}_hint`)} data-testid={`witness-${name}`}>
      <b className={`k-num ${bad ? 'k-tone-bad' : ''}`}>{value.toLocaleString(tagOf(currentLocale()))}</b>
      <span>{t(`reconciliation.${name}`)}</span>
    </div>
  )
}

function Violations({ report }: { report: Reconciliation }) {
  const { t } = useTranslation()
  return (
    <table className="k-table k-wrapping">
      <thead>
        <tr>
          <th>{t('reconciliation.law')}</th>
          <th>{t('reconciliation.subject')}</th>
          <th>{t('reconciliation.position')}</th>
          <th>{t('reconciliation.detail')}</th>
        </tr>
      </thead>
      <tbody>
        {report.violations.map((violation) => (
          <tr key={`${violation.law} ${violation.subject} ${violation.position}`}>
            <td title={violation.law}>{violation.text[currentLocale()]}</td>
            <td>{violation.subject}</td>
            <td className="k-num">{violation.position}</td>
            <td>{violation.detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
