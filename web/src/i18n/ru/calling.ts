/** Calling by oneself. */
export const calling = {
  calling: {
    number: 'Позвонить по номеру или коллеге',
    placeholder: 'Номер или имя',
    call: 'Позвонить',
    call_to: 'Позвонить: {{number}}',
    hint: 'Сначала зазвонит ваш телефон, затем — у клиента.',
    key: 'Набрать номер',
  },
}
