/** An agent’s own figures beside the middle of the others. */
export const own = {
  own: {
    title: 'My figures',
    span: 'Period',
    spans: { day: 'Today', week: 'This week', month: 'This month' },
    figure: 'Figure',
    mine: 'Mine',
    peers: 'Others',
    of_one: 'Others: the median of {{count}} person. Counted as in the report “Agents”.',
    of_other: 'Others: the median of {{count}} people. Counted as in the report “Agents”.',
    few: 'What is usual among the others is shown when at least two of them have worked.',
  },
}
