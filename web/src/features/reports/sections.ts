/** Pages of the reports' side list that belong to leaks and money. */
export const SECTIONS = [
  { to: '/reports/colander', words: 'insights.colander', permission: 'read_colander' },
  { to: '/reports/audit', words: 'insights.audit', permission: 'audit_logs' },
  { to: '/reports/calculator', words: 'insights.calculator', permission: 'read_colander' },
] as const
