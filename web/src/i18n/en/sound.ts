export const sound = {
  audio: {
    title: 'Headset and ringing',
    microphone: 'Microphone',
    talk: 'Talk is heard on',
    ring: 'Ringing is heard on',
    ring_hint: 'For instance talk in the headset and ringing on loudspeakers, which you hear without the headset on.',
    system: 'As the system says',
    gone: 'Not plugged in. Until then the system’s choice is used.',
    unplugged: 'A device that is away',
    no_outputs: 'This browser cannot choose where you hear. Choose the device in the system.',
    test: 'Hear the ringing',
  },
}
