/** What went wrong at the operator's place, and what to do. */
export const trouble = {
  trouble: {
    network: 'There was no network for {{long}} ({{from}}–{{to}}).',
    asleep: 'The page slept for {{long}} ({{from}}–{{to}}): the browser stopped it, or the computer was asleep.',
    after: {
      nothing: 'Nothing is lost: you are connected again.',
      signed_out: 'Meanwhile you were taken off duty and calls went to others. Press “Ready”.',
      offer_passed: 'The call you were offered went to somebody else. Press “Ready” when you can answer.',
      phone_lost: 'Your telephone is not connected yet, calls go to others.',
      talk_goes_on: 'The conversation goes on.',
      talk_over:
        'The conversation ended without you: the contact is open in the middle, write the result and call back if needed.',
    },
    lost: 'The page did not respond, and you were taken off duty: calls go to others. Press “Ready” to return.',
    no_sound: 'No sound for',
    no_sound_hint:
      'The network lets no sound through: you and the customer cannot hear each other. Do not hang up, the sound returns with the network.',
    returning: 'The conversation was cut off, the customer hears music. Bringing it back into this tab…',
    returning_offline: 'The sound of the conversation is gone. It will be brought back as soon as there is a network.',
    talk_other_tab:
      'You are talking in another tab: sound and microphone are there. Hold, transfer and hang-up work here too.',
    rings_other_tab: 'The phone rings in another tab: answer there.',
    sound_not_here: 'The conversation goes on, but its sound is not in this tab.',
    sound_here: 'Bring the sound here',
    desk_talk: 'You are talking on the SIP phone: volume and microphone are there.',
    answer_failed: 'The call could not be answered: {{why}}',
    no_calls: 'No calls are offered to this browser until the customer can hear you.',
    use_phone: 'Answer on a SIP phone',
    phone_not_there: 'The SIP phone is not connected. Switch it on or enter the details below, then press “Ready”.',
  },
}
