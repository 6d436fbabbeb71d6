/** The mail server. */
export const mail = {
  mail: {
    title: 'Mail',
    hint: 'The server by which the company’s letters go: critical situations, figures, customers’ messages and faxes. In force as soon as it is saved.',
    whose: {
      none: 'No mail server is set: letters do not go, they wait.',
      installation: 'Letters go by the installation’s server now, from {{sender}}. You can set your own.',
    },
    host: 'Address of the server',
    port: 'Port',
    tls: 'Security',
    tls_of: {
      starttls: 'STARTTLS, usually port 587',
      tls: 'TLS from the start, usually port 465',
      none: 'none: within your own network only',
    },
    sender: 'From',
    username: 'User name',
    password: 'Password',
    password_there: 'is set; leave empty to keep it',
    drop: 'Remove the own server',
    try: 'Try it',
    to: 'Send a test letter to',
    send: 'Send',
    sent: 'The server took the letter. If it is not in the mailbox, look into spam.',
  },
}
