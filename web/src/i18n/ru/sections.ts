/** Names of the reports' sections, which the top bar knows too. */
export const sections = {
  sections: {
    title: 'Отчёты',
    colander: 'Дуршлаг',
    audit: 'Аудит журналов',
    shifts: 'Журнал смен',
    surveys: 'Опросы',
    letters: 'Письма с цифрами',
    messages: 'Сообщения на почту',
    calculator: 'Свои или аутсорсинг',
  },
}
