/** A person on hold. */
export const hold = {
  hold: {
    too_long: 'The customer has been hearing music for long. Go back to him, if only for a word.',
    reminder: 'Remind of who is on hold every',
    reminder_hint: 'The agent hears a short tone and sees a reminder. 0 = no reminder.',
  },
}
