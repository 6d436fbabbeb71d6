/** What the live stream carries: see /api/live. Times are seconds since the epoch, 0 or null where there is none. */

export type Phase = 'menu' | 'waiting' | 'ringing' | 'talking' | 'parked' | 'message' | 'promised'

export interface CallRow {
  id: string
  /** trial: one of ours tries a draft */
  direction: 'inbound' | 'outbound' | 'trial'
  number: string
  caller: string
  customer: string
  caller_name: string
  project: string
  phase: Phase
  node: string
  queue: string
  /** when this phase began; for one who waits, the moment the place counts from */
  since: number
  agent: string
  offered_to: string
  /** all agents whose phones ring for it */
  asked: string[]
  arrived_at: number
  /** 0 before */
  connected_at: number
  held: boolean
  /** seconds since the epoch, 0 when not held */
  held_since: number
  /** held for so long that the agent was reminded */
  reminded: boolean
  /** what is said now goes into a recording, unless that is paused */
  recorded: boolean
  recording_paused: boolean
  /** the agent who sent the person on and whom nobody has relieved yet */
  transferred_by: string
  /** when the parked person comes back to `transferred_by`; 0 when he is not parked */
  parked_until: number
  consults: ConsultRow[]
  /** the debt that this call repays */
  debt: string
}

/** Somebody whom the agent asked into the call: `agent`, or somebody outside with `number`. */
export interface ConsultRow {
  leg: string
  agent: string
  number: string
  /** aside: he and the agent hear each other; held: he hears music; shared: all hear each other */
  state: 'ringing' | 'aside' | 'held' | 'shared'
  /** when he answered */
  since: number
  /** until when his phone rings */
  until: number
  /** false: somebody else asked him in */
  mine?: boolean
}

export type AgentState = 'offline' | 'ready' | 'ringing' | 'talking' | 'wrap_up' | 'break' | 'not_answering'

export interface AgentRow {
  id: string
  name: string
  extension: string
  state: AgentState
  reason: string
  since: number
  /** when it ends by itself, 0 when it does not */
  until: number
  contact: string
  /** what he becomes after the present talk or wrap-up, '' = ready */
  next: '' | 'break' | 'offline'
  next_reason: string
  device: string
  /** endpoint → registered now */
  reachable: Record<string, boolean>
  /** the call among ourselves that he is in */
  inside: InsideRow | null
  /** colleagues and numbers that he wants to be called with when they are free */
  awaits: string[]
}

export interface InsideRow {
  /** "" is somebody at another site */
  agent: string
  number: string
  /** ringing: his own telephone; calling: the other one's */
  stage: 'ringing' | 'calling' | 'talking'
  since: number
  /** he hears music */
  held: boolean
  /** he lets the others hear music */
  holds: boolean
  /** by whom he was asked in, while he is not with all yet */
  asker: string
  /** the others, beside whom he talks with */
  consults: ConsultRow[]
  /** one speaks to a whole group */
  page: PageRow | null
  /** somebody is at a door */
  door: DoorRow | null
}

export interface DoorRow {
  id: string
  name: string
  /** address of its picture; "" = it has none */
  camera: string
  /** it can be opened */
  lock: boolean
  /** 0 = it has not been */
  opened_at: number
  /** it could not be opened */
  stuck: boolean
}

export interface PageRow {
  queue: string
  /** it is me who speaks */
  speaks: boolean
  /** agents who hear it, and who do not */
  hear: string[]
  busy: string[]
  /** when it ends by itself, 0 = nobody speaks yet */
  until: number
}

export interface DebtRow {
  id: string
  contact: string
  customer: string
  caller: string
  cause: string
  owner: string
  project: string
  opened_at: number
  due_at: number
  attempts: number
  /** the agent or contact by which it is being called back now, "" when it is not */
  calling: string
  /** where the person waited last, "" when in none */
  queue: string
  /** he alone works on this person until then */
  claimed_by: string
  claimed_until: number
  escalated_at: number
}

export interface Levels {
  now: number | null
  hour: number | null
  day: number | null
}

export interface BooksRow {
  day: string
  /** service level in per cent; see rows.py */
  levels?: Levels & { queues: Record<string, Levels> }
  offered: number
  answered: number
  in_menu: number
  waiting: number
  message_taken: number
  owed: number
  recovered: number
  lost: number
  [figure: string]: unknown
}

/** Who listens to whom; told to those only who may listen themselves. */
export interface MonitorRow {
  id: string
  contact: string
  by: string
  agent: string
  mode: 'listen' | 'whisper' | 'barge' | 'take_over'
  since: number
  connected: boolean
}

/** A call into a draft, by its number; see rows.py. */
export interface TrialRow {
  id: string
  by: string
  scenario: string
  /** "" = not called yet */
  contact: string
  /** scenario, node, seconds since the first step */
  way: [string, string, number][]
  ended: boolean
}

export interface Collections {
  calls: CallRow
  agents: AgentRow
  debts: DebtRow
  books: BooksRow
  monitors: MonitorRow
  trials: TrialRow
}

export type CollectionName = keyof Collections

export type View = { [K in CollectionName]: Readonly<Record<string, Collections[K]>> }

export type Change =
  { op: 'put'; collection: string; id: string; row: unknown } | { op: 'drop'; collection: string; id: string }

export type Message =
  | { type: 'snapshot'; cursor: number; view: Partial<Record<string, Record<string, unknown>>> }
  | { type: 'changes'; cursor: number; changes: Change[] }
  | { type: 'ping' }
