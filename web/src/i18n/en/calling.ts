/** Calling by oneself. */
export const calling = {
  calling: {
    number: 'Call a number',
    placeholder: '+7 495 000-00-11',
    call: 'Call',
    call_to: 'Call {{number}}',
    hint: 'Your telephone rings first, then the customer’s.',
    key: 'Dial a number',
  },
}
