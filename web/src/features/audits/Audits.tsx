import { ActionIcon, Button, FileButton, Progress } from '@mantine/core'
import { IconTrash, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { useNumbers } from '@/features/colander/money'
import { WithSections } from '@/features/reports/Sections'
import { Chip, Empty, Loading, Moment, Panel, Trouble } from '@/ui/pieces'
import { AuditPage } from './AuditPage'
import { type Audit, upload, useAudits, useRemove } from './queries'
import './audits.css'

const TONES = { uploading: 'care', counting: 'work', done: 'good', failed: 'bad' } as const

/** Audits of other systems' logs: choose files, see what they are, count, read. */
export function Audits() {
  const { t } = useTranslation()
  const [open, setOpen] = useState('')
  return (
    <WithSections>
      <h1 className="k-hidden">{t('insights.audit')}</h1>
      {open ? <AuditPage key={open} id={open} onClose={() => setOpen('')} /> : <List onOpen={setOpen} />}
    </WithSections>
  )
}

function List({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const list = useAudits()
  return (
    <div className="k-column">
      <Upload onDone={onOpen} />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      <Panel title={t('insights.audits')} flush className="k-grow">
        {list.isPending ? (
          <Loading />
        ) : list.data?.length === 0 ? (
          <Empty title={t('insights.no_audits')}>{t('insights.no_audits_hint')}</Empty>
        ) : (
          <ul className="k-rows">
            {list.data?.map((audit) => (
              <Row key={audit.id} audit={audit} onOpen={onOpen} />
            ))}
          </ul>
        )}
      </Panel>
    </div>
  )
}

function Row({ audit, onOpen }: { audit: Audit; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const remove = useRemove()
  return (
    <li className="k-audit-row" data-testid="audit-row">
      <Moment at={seconds(audit.created_at)} />
      <button type="button" className="k-link k-cut" onClick={() => onOpen(audit.id)}>
        {audit.files.map((file) => file.name).join(', ')}
      </button>
      <span className="k-quiet k-cut">{audit.created_by}</span>
      <span className="k-num">
        {audit.offered !== null &&
          t('insights.audit_found', { offered: numbers.count(audit.offered), lost: numbers.count(audit.lost ?? 0) })}
      </span>
      <Chip tone={TONES[audit.state]}>{t(`insights.state.${audit.state}`)}</Chip>
      <ActionIcon
        aria-label={t('insights.remove')}
        title={t('insights.remove')}
        loading={remove.isPending}
        onClick={() => {
          if (window.confirm(t('insights.remove_sure'))) remove.mutate(audit.id)
        }}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </li>
  )
}

function Upload({ onDone }: { onDone: (id: string) => void }) {
  const { t } = useTranslation()
  const [files, setFiles] = useState<File[]>([])
  const [sent, setSent] = useState<number>()
  const [error, setError] = useState<unknown>()
  const whole = files.reduce((sum, file) => sum + file.size, 0)
  const send = async (chosen: File[]) => {
    if (chosen.length === 0) return
    setFiles(chosen)
    setError(undefined)
    setSent(0)
    try {
      onDone((await upload(chosen, setSent)).id)
    } catch (problem) {
      setError(problem)
      setSent(undefined)
    }
  }
  return (
    <section
      className="k-panel k-upload"
      aria-label={t('insights.upload')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        void send([...event.dataTransfer.files])
      }}
    >
      <div className="k-grow">
        <strong>{t('insights.upload_title')}</strong>
        <p>{t('insights.upload_hint')}</p>
        {sent !== undefined && (
          <>
            <Progress value={whole ? (100 * sent) / whole : 0} color="ink" aria-label={t('insights.upload')} />
            <span className="k-quiet k-num" role="status">
              {t('insights.sent', { sent: megabytes(sent), whole: megabytes(whole) })}
            </span>
          </>
        )}
        {error !== undefined && <Trouble error={error} retry={() => void send(files)} />}
      </div>
      <FileButton multiple onChange={(chosen) => void send(chosen)} inputProps={{ 'aria-label': t('insights.choose') }}>
        {(props) => (
          <Button
            {...props}
            leftSection={<IconUpload size={15} />}
            loading={sent !== undefined}
            data-testid="audit-files"
          >
            {t('insights.choose')}
          </Button>
        )}
      </FileButton>
    </section>
  )
}

export function megabytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1)
}
