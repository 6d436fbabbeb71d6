export const recording = {
  recording: {
    key: 'Stop recording while a card number is said, and go on',
    pause: 'Do not record',
    pause_hint: 'Pause the recording while a card number is said (Z). It goes on by itself after some minutes.',
    paused: 'Recording is paused',
    resume: 'Record again',
  },
}
