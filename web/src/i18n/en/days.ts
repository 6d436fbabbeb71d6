/** The reconciliation day by day. */
export const days = {
  days: {
    title: 'Day by day',
    zone: 'Days of the reports’ time zone: {{zone}}',
    day: 'Day',
    counter: 'Switch’s counter',
    counter_hint:
      'Inbound calls by the counter in the switch’s memory: it depends neither on its records nor on what it tells the application. “—”: it was not read that day.',
    causes: 'Differences and causes',
    agrees: 'agrees',
    open_one: '{{count}} unexplained',
    open_other: '{{count}} unexplained',
    explained: 'explained: {{count}}',
    of_day: 'Differences of {{day}}',
    none: 'No differences about calls of this day',
    none_hint: 'If the numbers differ, the day’s row tells the cause.',
    empty: 'Nothing to show yet',
    empty_hint: 'A day appears here after its first call and the first comparison.',
    lines: 'On the line now: {{lines}} on the switch, {{going}} in the ledger.',
    earlier: 'Earlier',
    detail: {
      switch: 'switch',
      ledger: 'ledger',
      cdr: 'CDR',
      cel: 'CEL',
      problem: 'recording',
      file: 'file',
      number: 'number',
      caller: 'caller',
      outcome: 'outcome',
    },
  },
}
