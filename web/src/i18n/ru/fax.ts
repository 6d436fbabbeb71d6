/** Факсы: документ обращения. */
export const fax = {
  fax: {
    title: 'Факс',
    read_one: 'Факс, {{count}} страница',
    read_few: 'Факс, {{count}} страницы',
    read_many: 'Факс, {{count}} страниц',
    read_other: 'Факс, {{count}} страницы',
    in_part: 'Передача оборвалась: пришло не всё ({{problem}}).',
    failed: 'Факс не принят: {{problem}}.',
  },
}
