/** Parking, and taking calls that ring elsewhere or wait. */
export const taking = {
  taking: {
    park: 'Park',
    park_hint: 'The customer hears music and any colleague may take him; after two minutes he comes back to you (P)',
    parked: 'Parked',
    parked_by: 'by {{name}}',
    returns_in: 'comes back in',
    take: 'Take',
    take_who: 'Take the call: {{who}}',
    rings_at: 'rings at {{name}}',
    all: 'all queues',
    mine: 'only mine',
    others_one: '{{count}} more waits in queues that are not yours',
    others_other: '{{count}} more wait in queues that are not yours',
    stale: 'No connection to the server: figures of before,',
    keys: {
      park: 'Park; out of a call: take who is parked longest',
      pick_up: 'Take a call that rings at a colleague',
      line: 'Go to the line: Tab for the next, Enter takes',
    },
  },
}
