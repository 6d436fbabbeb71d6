/** Short names of what the server sends. The shapes themselves are generated from openapi.json. */
import type { components } from './generated/schema'

type Schemas = components['schemas']

export type Me = Schemas['Me']
export type Role = Schemas['Role']
export type PhoneAccounts = Schemas['Phone']
export type Account = Schemas['DeviceAccount']
export type Contact = Schemas['ContactSummary']
export type ContactCard = Schemas['ContactCard']
export type Leg = Schemas['ContactLeg']
export type StoryLine = Schemas['StoryLine']
export type StoryText = Schemas['StoryText']
export type TopicTree = Schemas['TopicTree']
export type Debt = Schemas['Debt']
export type DebtFigures = Schemas['DebtFigures']
export type DebtStoryLine = Schemas['DebtStoryLine']
export type Recovery = Schemas['Recovery']
export type RecoveryRow = Schemas['RecoveryRow']
export type DebtRulesRow = Schemas['DebtRulesRow']
export type DebtRulesGiven = Schemas['DebtRulesGiven']
export type Reconciliation = Schemas['Reconciliation']
export type Difference = Schemas['Difference']
export type Person = Schemas['Person']
export type PersonMade = Schemas['PersonMade']
export type Health = Schemas['Health']
export type Directory = Schemas['Directory']

/** A moment as the server writes it (ISO 8601) in seconds since the epoch. */
export function seconds(moment: string): number {
  return Date.parse(moment) / 1000
}
