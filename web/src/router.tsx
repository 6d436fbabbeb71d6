import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { queries } from './api/queries'
import type { Me } from './api/types'
import { Gate } from './Gate'
import { parseCustomerSearch } from './features/customers/search'
import { parseFilters } from './features/journal/filters'
import { parseReportSearch } from './features/reports/search'

const root = createRootRoute({ component: Gate })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    const me = queries.getQueryData<Me | null>(['session'])
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    if (me) throw redirect({ to: me.role === 'operator' ? '/workplace' : '/board', replace: true })
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

const reports = createRoute({
  getParentRoute: () => root,
  path: '/reports',
  validateSearch: parseReportSearch,
  component: lazyRouteComponent(() => import('./features/reports/Reports'), 'Reports'),
})

const reconciliation = createRoute({
  getParentRoute: () => root,
  path: '/reconciliation',
  component: lazyRouteComponent(() => import('./features/reconciliation/Reconciliation'), 'ReconciliationPage'),
})

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: lazyRouteComponent(() => import('./features/people/People'), 'People'),
})

const health = createRoute({
  getParentRoute: () => root,
  path: '/state',
  component: lazyRouteComponent(() => import('./features/health/HealthPage'), 'HealthPage'),
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
    reconciliation,
    people,
    health,
  ]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
