import { Button, FileButton, Progress } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLocale } from '@/i18n'
import { decimal } from '@/ui/format'
import { Note, Trouble } from '@/ui/pieces'
import { announce, type Audit, audit as ask, refresh, sendPiece } from './queries'
import { inOrder, sendAll, type Way } from './upload'

const WAY: Way = {
  ask,
  send: sendPiece,
  pause: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
}

interface Props {
  /** an upload that was cut off, to go on with; else a new one is begun */
  known?: Audit
  onDone: (id: string) => void
}

/** Choose or drop files; they are sent piece by piece. What was sent is never sent again. */
export function Upload({ known, onDone }: Props) {
  const { t } = useTranslation()
  const [files, setFiles] = useState<File[]>([])
  const [audit, setAudit] = useState(known)
  const [sent, setSent] = useState<number>()
  const [error, setError] = useState<unknown>()
  const [missing, setMissing] = useState('')
  const going = sent !== undefined
  const whole = audit?.files.reduce((sum, file) => sum + file.size, 0) ?? 0

  const send = async (chosen: File[], begun: Audit | undefined) => {
    if (chosen.length === 0 || going) return
    setFiles(chosen)
    setError(undefined)
    setMissing('')
    try {
      const now = begun ? await ask(begun.id) : await announce(chosen)
      setAudit(now)
      const ordered = inOrder(now, chosen)
      const lacking = now.files.filter((file, place) => file.got < file.size && !ordered[place])
      if (lacking.length > 0) {
        setMissing(lacking.map((file) => file.name).join(', '))
        return
      }
      setSent(0)
      await sendAll(now, ordered, setSent, WAY)
      void refresh()
      onDone(now.id)
    } catch (problem) {
      setError(problem)
    }
    setSent(undefined)
  }
  return (
    <section
      className="k-panel k-upload"
      aria-label={t('insights.upload')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        void send([...event.dataTransfer.files], known)
      }}
    >
      <div className="k-grow">
        <strong>{t(known ? 'insights.cut_off_title' : 'insights.upload_title')}</strong>
        <p>{t(known ? 'insights.cut_off' : 'insights.upload_hint')}</p>
        {known && <Had audit={known} />}
        {going && (
          <>
            <Progress value={whole ? (100 * sent) / whole : 0} color="ink" aria-label={t('insights.upload')} />
            <span className="k-quiet k-num" role="status">
              {t('insights.sent', { sent: megabytes(sent), whole: megabytes(whole) })}
            </span>
          </>
        )}
        {missing && <Note tone="care">{t('insights.other_files', { files: missing })}</Note>}
        {error !== undefined && <Trouble error={error} retry={() => void send(files, audit)} />}
      </div>
      <FileButton
        multiple
        onChange={(chosen) => void send(chosen, known)}
        inputProps={{ 'aria-label': t('insights.choose') }}
      >
        {(props) => (
          <Button {...props} leftSection={<IconUpload size={15} />} loading={going} data-testid="audit-files">
            {t(known ? 'insights.choose_again' : 'insights.choose')}
          </Button>
        )}
      </FileButton>
    </section>
  )
}

/** How much of each file has come. */
function Had({ audit }: { audit: Audit }) {
  const { t } = useTranslation()
  return (
    <ul className="k-upload-had">
      {audit.files.map((file, place) => (
        <li key={place}>
          {file.name}{' '}
          <span className="k-quiet k-num">
            {t('insights.sent', { sent: megabytes(file.got), whole: megabytes(file.size) })}
          </span>
        </li>
      ))}
    </ul>
  )
}

export function megabytes(bytes: number): string {
  return decimal(bytes / 1_048_576, currentLocale())
}
