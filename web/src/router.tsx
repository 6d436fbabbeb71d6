import type { JSX } from 'react'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { client, must } from './api/client'
import { queries } from './api/queries'
import type { Me } from './api/types'
import { Gate } from './Gate'
import { parseHistorySearch } from './features/alertsHistory/search'
import { parseColanderSearch } from './features/colander/search'
import { parseCustomerSearch } from './features/customers/search'
import { parseKnowledgeSearch } from './features/knowledge/search'
import { parseFilters } from './features/journal/filters'
import { parseReportSearch } from './features/reports/search'
import { parseSettingsSearch } from './features/settings/search'
import { parseShiftSearch } from './features/shifts/search'
import { parseSurveySearch } from './features/surveys/search'

const root = createRootRoute({ component: Gate })

/** The first page: one's work; for the administrator of a company that nobody has described yet, the guide. */
async function homeOf(me: Me): Promise<'/workplace' | '/board' | '/settings/start'> {
  if (me.role === 'operator') return '/workplace'
  if (!me.permissions.includes('configure')) return '/board'
  const steps = await must(client.GET('/api/first-steps')).catch(() => undefined)
  return steps && !steps.published ? '/settings/start' : '/board'
}

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async () => {
    const me = queries.getQueryData<Me | null>(['session'])
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    if (me) throw redirect({ to: await homeOf(me), replace: true })
  },
})

const workplace = createRoute({
  getParentRoute: () => root,
  path: '/workplace',
  component: lazyRouteComponent(() => import('./features/workplace/Workplace'), 'Workplace'),
})

const board = createRoute({
  getParentRoute: () => root,
  path: '/board',
  component: lazyRouteComponent(() => import('./features/board/Board'), 'Board'),
})

export const journalRoute = createRoute({
  getParentRoute: () => root,
  path: '/journal',
  validateSearch: parseFilters,
  component: lazyRouteComponent(() => import('./features/journal/Journal'), 'Journal'),
})

const customers = createRoute({
  getParentRoute: () => root,
  path: '/customers',
  validateSearch: parseCustomerSearch,
  component: lazyRouteComponent(() => import('./features/customers/Customers'), 'Customers'),
})

const debts = createRoute({
  getParentRoute: () => root,
  path: '/debts',
  component: lazyRouteComponent(() => import('./features/debts/Debts'), 'Debts'),
})

const knowledge = createRoute({
  getParentRoute: () => root,
  path: '/knowledge',
  validateSearch: parseKnowledgeSearch,
  component: lazyRouteComponent(() => import('./features/knowledge/Knowledge'), 'Knowledge'),
})

const scripts = createRoute({
  getParentRoute: () => root,
  path: '/knowledge/scripts',
  component: lazyRouteComponent(() => import('./features/scripts/Scripts'), 'Scripts'),
})

const topics = createRoute({
  getParentRoute: () => root,
  path: '/knowledge/topics',
  component: lazyRouteComponent(() => import('./features/topics/Topics'), 'Topics'),
})

const reports = createRoute({
  getParentRoute: () => root,
  path: '/reports',
  validateSearch: parseReportSearch,
  component: lazyRouteComponent(() => import('./features/reports/Reports'), 'Reports'),
})

const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  component: lazyRouteComponent(() => import('./features/floor/Wall'), 'Wall'),
})

/** Drawn by the gate itself: the door of a screen's link, and signing in where a screen was before. */
const screenDoor = createRoute({ getParentRoute: () => root, path: '/screen', component: () => null })
const signInDoor = createRoute({ getParentRoute: () => root, path: '/sign-in', component: () => null })

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: parseSettingsSearch,
  component: lazyRouteComponent(() => import('./features/settings/Settings'), 'Settings'),
})

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    const me = queries.getQueryData<Me | null>(['session'])
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    throw redirect({ to: me?.role === 'administrator' ? '/settings/publish' : '/settings/state', replace: true })
  },
})

/** A page of the settings: the part of its address after /settings/, and where it is. */
function page<Path extends string, Name extends string>(
  path: Path,
  load: () => Promise<Record<Name, () => JSX.Element | null>>,
  name: Name,
) {
  return createRoute({ getParentRoute: () => settings, path, component: lazyRouteComponent(load, name) })
}

/** The graph needs the whole width: no side list beside it. */
const scenario = createRoute({
  getParentRoute: () => root,
  path: '/settings/scenarios/$id',
  component: lazyRouteComponent(() => import('./features/scenarios/Editor'), 'Editor'),
})

const settingsPages = [
  settingsHome,
  page('people', () => import('./features/settings/People'), 'People'),
  page('skills', () => import('./features/settings/Skills'), 'Skills'),
  page('queues', () => import('./features/settings/Queues'), 'Queues'),
  page('numbers', () => import('./features/settings/Numbers'), 'Numbers'),
  page('trunks', () => import('./features/settings/Trunks'), 'Trunks'),
  page('calendars', () => import('./features/settings/Calendars'), 'Calendars'),
  page('projects', () => import('./features/settings/Projects'), 'Projects'),
  page('scenarios', () => import('./features/scenarios/Scenarios'), 'Scenarios'),
  page('prompts', () => import('./features/scenarios/Prompts'), 'Prompts'),
  page('fields', () => import('./features/settings/CardFields'), 'CardFields'),
  page('outgoing', () => import('./features/rules/Outgoing'), 'Outgoing'),
  page('recording', () => import('./features/rules/Recording'), 'Recording'),
  page('retention', () => import('./features/rules/Keeping'), 'Keeping'),
  page('doors', () => import('./features/settings/Doors'), 'Doors'),
  page('lookups', () => import('./features/settings/Lookups'), 'Lookups'),
  page('codes', () => import('./features/codes/Codes'), 'Codes'),
  page('mail', () => import('./features/mail/Mail'), 'Mail'),
  page('black-list', () => import('./features/blackList/BlackList'), 'BlackList'),
  page('alerts', () => import('./features/alerts/Alerts'), 'Alerts'),
  page('keys', () => import('./features/integrations/Keys'), 'Keys'),
  page('webhooks', () => import('./features/integrations/Hooks'), 'Hooks'),
  page('publish', () => import('./features/settings/Publish'), 'Publish'),
  page('audit', () => import('./features/settings/AuditLog'), 'AuditLog'),
  page('reconciliation', () => import('./features/reconciliation/Reconciliation'), 'ReconciliationPage'),
  page('state', () => import('./features/health/HealthPage'), 'HealthPage'),
  page('start', () => import('./features/settings/FirstSteps'), 'FirstSteps'),
] as const

/** Where these pages were before: links that people kept still work. */
function moved(from: string, to: '/settings/people' | '/settings/reconciliation' | '/settings/state') {
  return createRoute({
    getParentRoute: () => root,
    path: from,
    beforeLoad: () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
      throw redirect({ to, replace: true })
    },
  })
}

const colander = createRoute({
  getParentRoute: () => root,
  path: '/reports/colander',
  validateSearch: parseColanderSearch,
  component: lazyRouteComponent(() => import('./features/colander/Colander'), 'Colander'),
})

const audits = createRoute({
  getParentRoute: () => root,
  path: '/reports/audit',
  component: lazyRouteComponent(() => import('./features/audits/Audits'), 'Audits'),
})

const calculator = createRoute({
  getParentRoute: () => root,
  path: '/reports/calculator',
  component: lazyRouteComponent(() => import('./features/calculator/Calculator'), 'Calculator'),
})

const alertsHistory = createRoute({
  getParentRoute: () => root,
  path: '/reports/alerts',
  validateSearch: parseHistorySearch,
  component: lazyRouteComponent(() => import('./features/alertsHistory/AlertsHistory'), 'AlertsHistory'),
})

const shifts = createRoute({
  getParentRoute: () => root,
  path: '/reports/shifts',
  validateSearch: parseShiftSearch,
  component: lazyRouteComponent(() => import('./features/shifts/Shifts'), 'Shifts'),
})

const surveys = createRoute({
  getParentRoute: () => root,
  path: '/reports/surveys',
  validateSearch: parseSurveySearch,
  component: lazyRouteComponent(() => import('./features/surveys/Surveys'), 'Surveys'),
})

const letters = createRoute({
  getParentRoute: () => root,
  path: '/reports/letters',
  component: lazyRouteComponent(() => import('./features/letters/Letters'), 'Letters'),
})

const messageLetters = createRoute({
  getParentRoute: () => root,
  path: '/reports/messages',
  component: lazyRouteComponent(() => import('./features/voicemail/Messages'), 'Messages'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    workplace,
    board,
    journalRoute,
    debts,
    customers,
    reports,
    colander,
    audits,
    calculator,
    alertsHistory,
    shifts,
    surveys,
    letters,
    messageLetters,
    knowledge,
    scripts,
    topics,
    settings.addChildren(settingsPages),
    wall,
    screenDoor,
    signInDoor,
    scenario,
    moved('/people', '/settings/people'),
    moved('/reconciliation', '/settings/reconciliation'),
    moved('/state', '/settings/state'),
  ]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
