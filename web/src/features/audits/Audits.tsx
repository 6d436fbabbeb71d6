import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { useNumbers } from '@/features/colander/money'
import { WithSections } from '@/features/reports/Sections'
import { Chip, Empty, Loading, Moment, Panel, Trouble } from '@/ui/pieces'
import { AuditPage } from './AuditPage'
import { type Audit, useAudits, useRemove } from './queries'
import { Upload } from './Upload'
import './audits.css'

const TONES = { uploading: 'care', counting: 'work', done: 'good', failed: 'bad' } as const

/** Audits of other systems' logs: choose files, see what they are, count, read. */
export function Audits() {
  const { t } = useTranslation()
  const [open, setOpen] = useState('')
  return (
    <WithSections>
      <h1 className="k-hidden">{t('sections.audit')}</h1>
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

/** Whether part of its files is still to come. */
function isHalf(audit: Audit): boolean {
  return audit.state === 'uploading' && audit.files.some((file) => file.got < file.size)
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
      <Chip tone={TONES[audit.state]}>
        {t(isHalf(audit) ? 'insights.state.half' : `insights.state.${audit.state}`)}
      </Chip>
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
