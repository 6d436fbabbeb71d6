import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { components } from '@/api/generated/schema'
import { usePeople } from '@/features/people/queries'
import { phoneNumber } from '@/ui/format'
import { calledWords, objectName } from './spoken'
import { useSpeech } from './Value'

type Line = components['schemas']['AuditLine']

/** What there is one of: the deed says it already. */
const ALONE = new Set(['rules', 'outgoing', 'codes', 'topics', 'contacts', 'customers', 'recordings', 'retention'])
/** Identified only for the program: where nothing better is known, the deed alone says it. */
const NAMELESS = new Set(['debts', 'letters', 'message_letters', 'knowledge', 'audits', 'filters'])
const PEOPLE = new Set(['people', 'session', 'agents'])
const PAGES = {
  queues: '/settings/queues',
  numbers: '/settings/numbers',
  trunks: '/settings/trunks',
  projects: '/settings/projects',
  calendars: '/settings/calendars',
  agents: '/settings/people',
  people: '/settings/people',
  lookups: '/settings/lookups',
  doors: '/settings/doors',
  skills: '/settings/skills',
} as const

/** What a line of the audit log is about, by the name that people know it by, and a way there. */
export function Subject({ line }: { line: Line }) {
  const { t } = useTranslation()
  const speech = useSpeech()
  const people = usePeople()
  const [area = '', verb = ''] = line.action.split('.')
  const id = line.object
  if (ALONE.has(id) || id === '') return null
  if (area === 'session' && id === line.user_id) return null // who signs in stands there already
  if (isOfContact(area, verb, line))
    return (
      <Link to="/journal" search={{ open: id }} className="k-link">
        {t('spoken.contact')}
      </Link>
    )
  if (area === 'customers' || area === 'retention')
    return (
      <Link to="/customers" search={{ open: id }} className="k-link">
        {t('spoken.card')}
      </Link>
    )
  const person = PEOPLE.has(area) ? people.data?.find((one) => one.id === id)?.name : undefined
  const called = calledWords(speech, area, line.called ?? '')
  const name = person ?? objectName(speech, area, id) ?? (called || (NAMELESS.has(area) ? '' : phoneNumber(id)))
  if (!name) return null
  if (!(area in PAGES) || verb === 'delete') return <>{name}</>
  return (
    <Link to={PAGES[area as keyof typeof PAGES]} search={{ open: id }} className="k-link">
      {name}
    </Link>
  )
}

function isOfContact(area: string, verb: string, line: Line): boolean {
  if (area === 'retention') return line.details.kind === 'contact'
  return area === 'calls' || (area === 'recordings' && verb.startsWith('listen'))
}
