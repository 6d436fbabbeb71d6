import { Button, FileButton, NativeSelect, Progress } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { queries } from '@/api/queries'
import { addFieldWords } from '@/i18n/fields'
import { useDirectory } from '@/ui/names'
import { Note, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import { decode, linesOf, partsOf, type Report, together } from './parts'
import { useAllFields } from './queries'
import { fieldName } from './values'

addFieldWords()

type Preview = components['schemas']['ImportPreview']

interface Opened {
  content: string
  preview: Preview
  columns: string[]
}

async function textOf(file: File): Promise<string> {
  if (!/\.xlsx$/i.test(file.name)) return decode(await file.arrayBuffer())
  const read = await must(
    client.POST('/api/customers/import/workbook', {
      body: file as unknown as string,
      bodySerializer: (body: unknown) => body as Blob,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  )
  return read.content
}

/** A file, what its columns are, and how it went: lines that were not taken come back with the reason. */
export function ImportCards({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState<Opened>()
  const [error, setError] = useState<unknown>()
  const [going, setGoing] = useState(false)
  const [report, setReport] = useState<Report>()

  const open = async (file: File | null) => {
    if (!file) return
    setError(undefined)
    setReport(undefined)
    try {
      const content = await textOf(file)
      const [first = ''] = partsOf(content)
      const preview = await must(client.POST('/api/customers/import/preview', { body: { content: first } }))
      setOpened({ content, preview, columns: preview.columns })
    } catch (problem) {
      setError(problem)
    }
  }
  const start = async ({ content, columns }: Opened) => {
    setGoing(true)
    setError(undefined)
    let done: Report | undefined
    try {
      for (const part of partsOf(content)) {
        done = together(done, await must(client.POST('/api/customers/import', { body: { content: part, columns } })))
        setReport(done)
      }
    } catch (problem) {
      setError(problem)
    }
    setGoing(false)
    void queries.invalidateQueries({ queryKey: ['customers'] })
  }
  return (
    <Modal opened onClose={onClose} size={760} title={t('transfer.title')} closeOnClickOutside={!going}>
      <div className="k-form" data-testid="import">
        <div className="k-buttons">
          <FileButton onChange={(file) => void open(file)} accept=".csv,.txt,.xlsx" disabled={going}>
            {(props) => (
              <Button
                {...props}
                variant={opened ? 'default' : 'filled'}
                style={{ flex: 'none' }}
                leftSection={<IconUpload size={15} />}
              >
                {t(opened ? 'transfer.another' : 'transfer.choose')}
              </Button>
            )}
          </FileButton>
          <span className="k-quiet">{t('transfer.kinds')}</span>
        </div>
        {error !== undefined && <Trouble error={error} />}
        {error !== undefined && report && <Note tone="care">{t('transfer.stopped', { done: linesOf(report) })}</Note>}
        {opened && !report && <Columns opened={opened} onChange={(columns) => setOpened({ ...opened, columns })} />}
        {opened && !report && <Start opened={opened} going={going} onStart={() => void start(opened)} />}
        {report && <Outcome report={report} going={going} />}
      </div>
    </Modal>
  )
}

function Start({ opened, going, onStart }: { opened: Opened; going: boolean; onStart: () => void }) {
  const { t } = useTranslation()
  const known = opened.columns.some((one) => one === 'phone' || one === 'email')
  return (
    <>
      {!known && <Note tone="care">{t('transfer.needs_identity')}</Note>}
      <div className="k-buttons">
        <Button onClick={onStart} disabled={!known} loading={going} data-testid="import-start">
          {t('transfer.start')}
        </Button>
      </div>
    </>
  )
}

/** What each column is: guessed by the server, decided by the person. */
function Columns({ opened, onChange }: { opened: Opened; onChange: (columns: string[]) => void }) {
  const { t, i18n } = useTranslation()
  const { projects } = useDirectory()
  const all = useAllFields()
  const own = Object.entries(all).flatMap(([project, fields]) =>
    fields
      .filter((one) => !one.archived)
      .map((one) => ({
        value: `${project}.${one.id}`,
        label: `${fieldName(one, i18n.language)} (${projects[project] ?? project})`,
      })),
  )
  const data = [
    { value: '', label: t('transfer.skip') },
    ...(['name', 'phone'] as const).map((value) => ({ value, label: t(`customers.${value}`) })),
    { value: 'email', label: t('transfer.email') },
    ...(['company', 'position', 'tags', 'language', 'vip'] as const).map((value) => ({
      value,
      label: t(`customers.${value}`),
    })),
    ...own,
  ]
  const { preview, columns } = opened
  return (
    <table className="k-table">
      <thead>
        <tr>
          <th>{t('transfer.column')}</th>
          <th>{t('transfer.becomes')}</th>
          <th>{t('transfer.example')}</th>
        </tr>
      </thead>
      <tbody>
        {preview.header.map((heading, place) => (
          <tr key={place}>
            <td>{heading}</td>
            <td>
              <NativeSelect
                aria-label={heading}
                data={data}
                value={columns[place] ?? ''}
                onChange={(event) => {
                  const next = preview.header.map((_, at) => columns[at] ?? '')
                  next[place] = event.currentTarget.value
                  onChange(next)
                }}
              />
            </td>
            <td className="k-quiet k-cut">
              {preview.rows
                .map((row) => row[place])
                .filter(Boolean)
                .slice(0, 3)
                .join(' · ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Outcome({ report, going }: { report: Report; going: boolean }) {
  const { t } = useTranslation()
  const file = () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([report.rejected_csv], { type: 'text/csv;charset=utf-8' }))
    link.download = 'rejected.csv'
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <div data-testid="import-report">
      {going && <Progress value={100} animated aria-label={t('transfer.start')} />}
      <dl className="k-import-figures">
        {(['made', 'changed', 'unchanged', 'rejected'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`transfer.${name}`)}</dt>
            <dd className="k-num" data-testid={`import-${name}`}>
              {report[name]}
            </dd>
          </div>
        ))}
      </dl>
      {report.rejected > 0 && (
        <Button
          variant="default"
          leftSection={<IconDownload size={15} />}
          onClick={file}
          data-testid="import-rejected-file"
        >
          {t('transfer.take_back')}
        </Button>
      )}
    </div>
  )
}
