/** Paging a group. */
export const paging = {
  paging: {
    open: 'Announcement',
    hint: 'Speak to all free agents of a group at once',
    choose: 'To whom',
    to: 'Announcement',
    hear: 'Heard by',
    nobody: 'nobody yet',
    busy: 'Not heard by, busy',
    unheard: 'Nobody hears you',
    left: 'left',
    end: 'End',
    leave: 'Listen no more',
  },
}
