import type { FieldsProps } from './entity'
import type { QueueRow } from './kinds'

/** What a queue's form has, and what a new one begins with. */
export type Form = Omit<QueueRow, 'id' | 'revision'>
export type Policy = Form['policy']
export type Step = Form['chain'][number]

export const POLICIES = [
  'longest_idle',
  'round_robin',
  'even_count',
  'even_talk',
  'most_skilled',
  'best_performer',
  'sequential',
  'ring_all',
  'last_agent',
  'secretary_first',
  'least_skilled',
] as const
export const ORDINARY = POLICIES.slice(0, 8)
export const WITH_THEN = new Set(['last_agent', 'secretary_first', 'least_skilled'])
export const STEPS = ['queue', 'group', 'partner', 'mobile', 'message'] as const

export const POLICY: Policy = {
  name: 'longest_idle',
  seconds: 20,
  agents: [],
  skill: '',
  share: 0.2,
  product: '',
  limit: 0,
  then: 'longest_idle',
}
export const STEP: Step = {
  to: 'message',
  after: 60,
  queue: '',
  agents: [],
  trunk: '',
  number: '',
  ring_seconds: 25,
  length: 0,
  wait: 0,
  calendar: '',
  closed: false,
}
export const BLANK: Form = {
  name: '',
  project: '',
  requires: {},
  ring_seconds: 15,
  reserve: '',
  reserve_after: 15,
  announce_every: 30,
  offer_after: 60,
  max_wait: 900,
  wrap_up_seconds: 30,
  short_abandon_seconds: 5,
  policy: POLICY,
  prefers: {},
  relax: [],
  priority_seconds: 300,
  holding: true,
  instead: 'message',
  size_limit: 0,
  full_queue: '',
  chain: [],
  promotions: [],
  callback_first: 'agent',
  callback_tries: 1,
  callback_retry_seconds: 300,
  breaks: '',
  breaks_away: 0,
  breaks_waiting: 0,
  hold_reminder: 60,
  after_talk: '',
  screened: false,
}

export type Part = Pick<FieldsProps<Form>, 'form' | 'change' | 'wrong'>
