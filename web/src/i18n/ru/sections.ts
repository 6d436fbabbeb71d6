/** Names of the reports' sections, which the top bar knows too. */
export const sections = {
  sections: {
    title: 'Отчёты',
    colander: 'Дуршлаг',
    audit: 'Аудит журналов',
    calculator: 'Свои или аутсорсинг',
  },
}
