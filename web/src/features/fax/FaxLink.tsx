import { IconFileText } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { addLazyWords } from '@/i18n/lazy'
import { Note } from '@/ui/pieces'

addLazyWords()

interface Props {
  contact: string
  pages: number
  station?: string
}

/** The document in a page of its own; every reading is written down. */
export function FaxLink({ contact, pages, station }: Props) {
  const { t } = useTranslation()
  return (
    <a
      className="k-link"
      data-testid="fax-document"
      href={`/api/contacts/${encodeURIComponent(contact)}/fax`}
      target="_blank"
      rel="noreferrer"
      onClick={(event) => event.stopPropagation()}
    >
      <IconFileText size={14} aria-hidden="true" /> {t('fax.read', { count: pages })}
      {station && <span className="k-quiet"> · {station}</span>}
    </a>
  )
}

/** What a machine sent, or could not send. */
export function Fax({ contact, pages, station, problem }: Props & { problem: string }) {
  const { t } = useTranslation()
  return (
    <section data-testid="fax">
      <h3>{t('fax.title')}</h3>
      {problem && <Note tone="bad">{t(pages ? 'fax.in_part' : 'fax.failed', { problem })}</Note>}
      {pages > 0 && <FaxLink contact={contact} pages={pages} station={station} />}
    </section>
  )
}
