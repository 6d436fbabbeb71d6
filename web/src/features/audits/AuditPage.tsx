import { Button, Progress } from '@mantine/core'
import { IconArrowLeft, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Summary } from '@/features/colander/Colander'
import { useNumbers } from '@/features/colander/money'
import { Stream } from '@/features/colander/Stream'
import { currentLocale } from '@/i18n'
import { Loading, Note, Trouble } from '@/ui/pieces'
import { Blocks } from './Blocks'
import { Prepare } from './Prepare'
import { type Audit, useAudit, useResult } from './queries'
import { megabytes, Upload } from './Upload'

/** One audit: what the files are, how far the counting is, what came out. */
export function AuditPage({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [again, setAgain] = useState(false)
  const asked = useAudit(id)
  const audit = asked.data
  const half = audit?.state === 'uploading' && audit.files.some((file) => file.got < file.size) ? audit : undefined
  return (
    <div className="k-audit">
      <div className="k-colander-bar">
        <Button variant="subtle" color="gray" leftSection={<IconArrowLeft size={15} />} onClick={onClose}>
          {t('insights.audits')}
        </Button>
        <strong className="k-cut">{audit?.files.map((file) => file.name).join(', ')}</strong>
        <div className="k-grow" />
        {audit?.state === 'done' && !again && (
          <>
            {audit.counting_again && (
              <Button variant="default" onClick={() => setAgain(true)}>
                {t('insights.count_again')}
              </Button>
            )}
            {(['html', 'pdf', 'json'] as const).map((kind) => (
              <Button
                key={kind}
                component="a"
                variant="default"
                href={`/api/audits/${id}/report?kind=${kind}`}
                download
                leftSection={<IconDownload size={14} />}
              >
                {kind.toUpperCase()}
              </Button>
            ))}
          </>
        )}
      </div>
      {asked.error && <Trouble error={asked.error} retry={() => void asked.refetch()} />}
      {asked.isPending && <Loading />}
      {audit?.state === 'counting' && <Counting audit={audit} />}
      {audit?.state === 'failed' && audit.problem && (
        <Note tone="bad">{currentLocale() === 'en' ? audit.problem.en : audit.problem.ru}</Note>
      )}
      {half && <Upload known={half} onDone={() => void asked.refetch()} />}
      {audit && !half && (again || audit.state === 'uploading' || audit.state === 'failed') && (
        <Prepare audit={audit} onBegun={() => setAgain(false)} />
      )}
      {audit?.state === 'done' && !again && <Result id={id} />}
    </div>
  )
}

function Counting({ audit }: { audit: Audit }) {
  const { t } = useTranslation()
  return (
    <section className="k-panel k-upload" role="status">
      <div className="k-grow">
        <strong>{t('insights.counting')}</strong>
        <p>{t('insights.counting_hint')}</p>
        <Progress
          value={audit.size ? (100 * audit.done) / audit.size : 0}
          color="ink"
          aria-label={t('insights.counting')}
        />
        <span className="k-quiet k-num">
          {t('insights.read', { done: megabytes(audit.done), whole: megabytes(audit.size) })}
        </span>
      </div>
    </section>
  )
}

function Result({ id }: { id: string }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const found = useResult(id)
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Loading />
  const { colander, reports } = found.data
  const report = reports[currentLocale() === 'en' ? 'en' : 'ru']
  const whole = numbers.count(colander.arrived)
  return (
    <div data-testid="audit-result">
      {colander.arrived > 0 && (
        <>
          <Summary picture={colander} books={false} />
          <section className="k-panel" aria-label={t('sections.colander')} title={whole}>
            <Stream picture={colander} />
          </section>
        </>
      )}
      {report && <Blocks report={report} />}
    </div>
  )
}
