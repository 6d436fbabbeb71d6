/** Calling by oneself. */
export const calling = {
  calling: {
    number: 'Позвонить по номеру',
    placeholder: '+7 495 000-00-11',
    call: 'Позвонить',
    call_to: 'Позвонить: {{number}}',
    hint: 'Сначала зазвонит ваш телефон, затем — у клиента.',
    key: 'Набрать номер',
  },
}
