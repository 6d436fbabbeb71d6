import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconCloudOff, IconKeyboard, IconLogout, IconUser } from '@tabler/icons-react'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PhoneKeeper } from '@/features/phone/PhoneKeeper'
import { countOnLine } from '@/features/workplace/line'
import { OutboxKeeper } from '@/features/workplace/sending'
import { LocaleSwitch, SchemeSwitch } from '@/features/session/Door'
import { useMe, useRefusalCheck, useSignOut } from '@/features/session/session'
import { live, useCollection, useConnection } from '@/realtime/live'
import { serverNow } from './clock'
import { useKeys } from './keys'
import { Mark } from './Mark'
import { Since } from './pieces'

const KeysHelp = lazy(() => import('./KeysHelp').then((found) => ({ default: found.KeysHelp })))

const PAGES = [
  { to: '/workplace', words: 'nav.workplace', permission: 'take_calls' },
  { to: '/board', words: 'nav.board', permission: 'watch_floor' },
  { to: '/journal', words: 'nav.journal', permission: 'read_calls' },
  { to: '/debts', words: 'nav.debts', permission: 'read_debts' },
  { to: '/customers', words: 'nav.customers', permission: 'read_customers' },
  { to: '/reports/colander', words: 'sections.colander', permission: 'read_colander' },
  { to: '/reports', words: 'nav.reports', permission: 'read_reports' },
  { to: '/knowledge', words: 'nav.knowledge', permission: 'read_knowledge' },
  { to: '/settings', words: 'nav.settings', permission: 'read_configuration' },
] as const

/** Header, banners and the room for one screen. */
export function Shell({ children }: { children: ReactNode }) {
  const me = useMe()
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [help, setHelp] = useState(false)
  const isAgent = useIsAgent()
  const inReports = useRouterState({ select: ({ location }) => isOfReports(location.pathname) })
  const pages = useMemo(
    () =>
      PAGES.filter(
        (page) =>
          me.permissions.some((permission) => permission === page.permission) &&
          (page.to !== '/workplace' || isAgent || me.role === 'operator'),
      ),
    [me, isAgent],
  )
  useEffect(() => {
    live.start()
    return () => live.stop()
  }, [])

  const keys: Record<string, () => void> = { 'Shift+Slash': () => setHelp((open) => !open) }
  pages.forEach((page, index) => (keys[`Alt+Digit${index + 1}`] = () => void navigate({ to: page.to })))
  useKeys(keys)

  return (
    <div className="k-page">
      <header className="k-head">
        <div className="k-brand">
          <Mark />
          {t('product')}
        </div>
        <nav className="k-nav" aria-label={t('nav.label')}>
          {pages.map((page) => (
            <Link
              key={page.to}
              to={page.to}
              activeOptions={{ exact: page.to === '/reports', includeSearch: false }}
              data-status={page.to === '/reports' && inReports ? 'active' : undefined}
              data-testid={`nav${page.to.replaceAll('/', '-')}`}
            >
              {t(page.words)}
              {page.to === '/board' && <WaitingCount />}
              {page.to === '/debts' && <DebtCount />}
            </Link>
          ))}
        </nav>
        <div className="k-grow" />
        <ActionIcon aria-label={t('keys.title')} title={`${t('keys.title')} (?)`} onClick={() => setHelp(true)}>
          <IconKeyboard size={17} />
        </ActionIcon>
        <SchemeSwitch />
        <LocaleSwitch />
        <Person />
      </header>
      <Connection />
      {isAgent && <PhoneKeeper />}
      <OutboxKeeper />
      <main className="k-main">{children}</main>
      {help && (
        <Suspense>
          <KeysHelp onClose={() => setHelp(false)} pages={pages.map((page) => t(page.words))} />
        </Suspense>
      )}
    </div>
  )
}

/** The rooms under /reports belong to the reports, except the one that has a place of its own above. */
function isOfReports(path: string): boolean {
  return path.startsWith('/reports') && path !== '/reports/colander'
}

/** Supervisors and administrators may have a workplace too; most have none. */
function useIsAgent(): boolean {
  const me = useMe()
  return useCollection('agents')[me.id] !== undefined
}

function WaitingCount() {
  const { t } = useTranslation()
  const waiting = countOnLine(Object.values(useCollection('calls')))
  if (waiting === 0) return null
  return (
    <span className="k-count" data-tone="care" title={t('nav.waiting', { count: waiting })}>
      {waiting}
    </span>
  )
}

function DebtCount() {
  const { t } = useTranslation()
  const debts = Object.values(useCollection('debts'))
  if (debts.length === 0) return null
  const now = serverNow()
  const overdue = debts.some((debt) => debt.due_at < now)
  return (
    <span className="k-count" data-tone={overdue ? 'bad' : 'care'} title={t('nav.owed', { count: debts.length })}>
      {debts.length}
    </span>
  )
}

function Person() {
  const me = useMe()
  const { t } = useTranslation()
  const signOut = useSignOut()
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<IconUser size={15} />} data-testid="person-menu">
          {me.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.tenant_name} · {t(`role.${me.role}`)}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => signOut.mutate()} data-testid="sign-out">
          {t('session.leave')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Says plainly when the live picture is not live, and that it mends itself. */
function Connection() {
  const { t } = useTranslation()
  const connection = useConnection()
  useRefusalCheck()
  if (connection !== 'lost') return null
  return (
    <div className="k-banner" data-tone="bad" role="alert" data-testid="connection-lost">
      <IconCloudOff size={17} aria-hidden />
      <span>
        {t('connection.lost')} <Since at={live.getLostAt()} />. {t('connection.mends')}
      </span>
      <Button size="compact-xs" variant="default" onClick={live.hurry}>
        {t('connection.now')}
      </Button>
    </div>
  )
}
