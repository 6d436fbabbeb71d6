/** The rooms beside each other under /reports. */
export const SECTIONS = [
  { to: '/reports', words: 'nav.reports', permission: 'read_reports' },
  { to: '/reports/colander', words: 'sections.colander', permission: 'read_colander' },
  { to: '/reports/audit', words: 'sections.audit', permission: 'audit_logs' },
  { to: '/reports/shifts', words: 'sections.shifts', permission: 'steer_floor' },
  { to: '/reports/alerts', words: 'history.title', permission: 'read_reports' },
  { to: '/reports/surveys', words: 'sections.surveys', permission: 'read_reports' },
  { to: '/reports/letters', words: 'sections.letters', permission: 'edit_alerts' },
  { to: '/reports/messages', words: 'sections.messages', permission: 'manage_integrations' },
  { to: '/reports/calculator', words: 'sections.calculator', permission: 'read_colander' },
] as const
