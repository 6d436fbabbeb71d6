/** Calls among ourselves. */
export const inside = {
  inside: {
    incoming: 'A colleague is calling',
    calling: 'Calling a colleague',
    talking: 'Talking with a colleague',
    extension: 'extension {{number}}',
    other_site: 'another site, {{number}}',
    no_customers: 'While you talk with a colleague no customer’s call is offered to you.',
    colleagues: 'Colleagues',
    call: 'Call {{name}}',
    await: 'Call me when {{name}} is free',
    awaited: 'Whom you wait for',
    awaits: 'You will be called when free: {{name}}',
    stop: 'Wait no more for {{name}}',
    asked_by: '{{name}} asks you aside. The others hear music.',
    held: 'You are on hold: the colleague will be back.',
    to_first: 'To the others',
    await_line: 'Call when a line is free',
  },
}
