/** Names of the reports' sections, which the top bar knows too. */
export const sections = {
  sections: {
    title: 'Reports',
    colander: 'Colander',
    audit: 'Audit of logs',
    shifts: 'Shift log',
    surveys: 'Surveys',
    letters: 'Letters with figures',
    messages: 'Messages by mail',
    calculator: 'In-house or outsourced',
  },
}
