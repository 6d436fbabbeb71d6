import { SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/features/session/session'
import { addLazyWords } from '@/i18n/lazy'
import { useCollection } from '@/realtime/live'
import { DebtList } from './DebtList'
import { Figures } from './Figures'
import { useDebtFigures } from './queries'
import { RecoveryView } from './RecoveryView'
import { RulesSection } from './RulesSection'
import './debts.css'

addLazyWords()

type Tab = 'open' | 'closed' | 'recovery' | 'rules'
type Scope = 'mine' | 'queues' | 'all'
const TABS: readonly Tab[] = ['open', 'closed', 'recovery']
const SCOPES: readonly Scope[] = ['mine', 'queues', 'all']

/** The book of debts: everybody who was not served, who owes it, by when, and what became of it. */
export function Debts() {
  const { t } = useTranslation()
  const may = useMay()
  const [tab, setTab] = useState<Tab>('open')
  // the live debts only say that something changed; they come a moment before the book knows it
  const [version] = useDebouncedValue(JSON.stringify(useCollection('debts')), 800)
  const figures = useDebtFigures(version)
  const tabs = may('configure') ? [...TABS, 'rules' as const] : TABS
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('nav.debts')}</h1>
      {figures.data && <Figures figures={figures.data} />}
      {tab === 'open' || tab === 'closed' ? (
        <Book key={tab} status={tab} version={version}>
          <Tabs tab={tab} tabs={tabs} onChange={setTab} />
        </Book>
      ) : (
        <>
          <div className="k-debts-bar">
            <Tabs tab={tab} tabs={tabs} onChange={setTab} />
          </div>
          {tab === 'recovery' ? <RecoveryView version={version} /> : <RulesSection />}
        </>
      )}
    </div>
  )
}

function Tabs({ tab, tabs, onChange }: { tab: Tab; tabs: readonly Tab[]; onChange: (tab: Tab) => void }) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      aria-label={t('nav.debts')}
      value={tab}
      onChange={(value) => onChange(tabs.find((one) => one === value) ?? 'open')}
      data={tabs.map((value) => ({ value, label: t(`book.tab.${value}`) }))}
      data-testid="debts-status"
    />
  )
}

interface BookProps {
  status: 'open' | 'closed'
  version: string
  children: React.ReactNode
}

function Book({ status, version, children }: BookProps) {
  const { t } = useTranslation()
  const [scope, setScope] = useState<Scope>('all')
  const [overdue, setOverdue] = useState(false)
  const [escalated, setEscalated] = useState(false)
  const [phone, setPhone] = useState('')
  const [searched] = useDebouncedValue(phone.trim(), 250)
  const widen = () => {
    setScope('all')
    setOverdue(false)
    setEscalated(false)
    setPhone('')
  }
  const narrowed = scope !== 'all' || overdue || escalated || searched !== ''
  const query = {
    status,
    scope,
    overdue: overdue || undefined,
    escalated: escalated || undefined,
    phone: searched || undefined,
  }
  return (
    <>
      <div className="k-debts-bar">
        {children}
        <SegmentedControl
          aria-label={t('book.scope.label')}
          value={scope}
          onChange={(value) => setScope(SCOPES.find((one) => one === value) ?? 'all')}
          data={SCOPES.map((value) => ({ value, label: t(`book.scope.${value}`) }))}
          data-testid="debts-scope"
        />
        <Switch
          size="xs"
          label={t('book.only_overdue')}
          checked={overdue}
          onChange={(event) => setOverdue(event.currentTarget.checked)}
        />
        <Switch
          size="xs"
          label={t('book.only_escalated')}
          checked={escalated}
          onChange={(event) => setEscalated(event.currentTarget.checked)}
        />
        <div className="k-grow" />
        <TextInput
          leftSection={<IconSearch size={14} />}
          placeholder={t('book.search')}
          aria-label={t('book.search')}
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
          w={200}
        />
      </div>
      <DebtList query={query} version={version} narrowed={narrowed} onWiden={widen} />
    </>
  )
}
