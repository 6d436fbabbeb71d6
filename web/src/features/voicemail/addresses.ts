const EMAIL = /^[^\s@<>,;]{1,64}@[A-Za-z0-9.-]{1,190}$/

/** The first that the server would refuse. */
export function wrongAddress(emails: string[]): string | undefined {
  return emails.find((email) => !EMAIL.test(email))
}
