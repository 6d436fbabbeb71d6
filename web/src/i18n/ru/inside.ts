/** Calls among ourselves. */
export const inside = {
  inside: {
    incoming: 'Звонит коллега',
    calling: 'Звоним коллеге',
    talking: 'Внутренний разговор',
    extension: 'внутренний {{number}}',
    other_site: 'другая площадка, {{number}}',
    no_customers: 'Пока вы говорите с коллегой, звонки клиентов вам не предлагаются.',
    colleagues: 'Коллеги',
    call: 'Позвонить: {{name}}',
    await: 'Позвонить мне, когда освободится: {{name}}',
    awaited: 'Кого вы ждёте',
    awaits: 'Позвоним, когда освободится: {{name}}',
    stop: 'Больше не ждать: {{name}}',
    await_line: 'Позвонить, когда освободится линия',
  },
}
