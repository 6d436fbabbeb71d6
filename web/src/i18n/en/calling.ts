/** Calling by oneself. */
export const calling = {
  calling: {
    number: 'Call a number or a colleague',
    placeholder: 'Number, extension or name',
    call: 'Call',
    call_to: 'Call {{number}}',
    hint: 'Your telephone rings first, then the customer’s.',
    key: 'Dial a number',
  },
}
