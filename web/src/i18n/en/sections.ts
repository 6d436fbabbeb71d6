/** Names of the reports' sections, which the top bar knows too. */
export const sections = {
  sections: {
    title: 'Reports',
    colander: 'Colander',
    audit: 'Audit of logs',
    surveys: 'Surveys',
    letters: 'Letters with figures',
    messages: 'Messages by mail',
    calculator: 'In-house or outsourced',
  },
}
