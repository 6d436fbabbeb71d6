import { Number } from '@/ui/pieces'
import type { Identity } from './queries'

/** A number as it is read, an address as it is. */
export function IdentityText({ of }: { of: Identity }) {
  return of.kind === 'phone' ? <Number of={of.value} /> : <span>{of.value}</span>
}
