/** Faxes: the document of a contact. */
export const fax = {
  fax: {
    title: 'Fax',
    read_one: 'Fax, {{count}} page',
    read_other: 'Fax, {{count}} pages',
    in_part: 'The transmission broke off: not everything came ({{problem}}).',
    failed: 'The fax was not received: {{problem}}.',
  },
}
