import type { ScriptCard, ScriptDocument, ScriptStep } from './queries'

function shortName(): string {
  return Math.random().toString(36).slice(2, 8)
}

/** A name for something new that nothing in the script has. */
export function freshName(prefix: string): string {
  return `${prefix}-${shortName()}`
}

export function blankStep(title: string): ScriptStep {
  return {
    id: freshName('s'),
    title,
    text: '',
    hint: '',
    unrecorded: false,
    fields: [],
    objections: [],
    answers: [],
    branches: [],
  }
}

interface FirstWords {
  hello: string
  bye: string
  next: string
  end: string
}

/** What a new script begins as: a greeting that leads to a farewell. */
export function firstDraft(name: string, words: FirstWords): ScriptCard {
  const bye = { ...blankStep(words.bye), text: words.bye, answers: [{ title: words.end, next: '' }] }
  const hello = { ...blankStep(words.hello), text: words.hello, answers: [{ title: words.next, next: bye.id }] }
  return {
    id: freshName('script'),
    name,
    places: [],
    version: 0,
    archived: false,
    changed_at: '',
    changed_by_name: '',
    draft: { start: hello.id, steps: [hello, bye] },
    revision: 0,
    problems: [],
    is_published: false,
  }
}

export function changeStep(document: ScriptDocument, id: string, part: Partial<ScriptStep>): ScriptDocument {
  return { ...document, steps: document.steps.map((step) => (step.id === id ? { ...step, ...part } : step)) }
}

/** Without the step; answers and branches that led to it lead to the end. */
export function dropStep(document: ScriptDocument, id: string): ScriptDocument {
  const past = <T extends { next: string }>(ways: T[] | undefined): T[] =>
    (ways ?? []).map((way) => (way.next === id ? { ...way, next: '' } : way))
  const steps = document.steps
    .filter((step) => step.id !== id)
    .map((step) => ({ ...step, answers: past(step.answers), branches: past(step.branches) }))
  return { start: document.start === id ? (steps[0]?.id ?? '') : document.start, steps }
}

export function moveStep(document: ScriptDocument, id: string, by: -1 | 1): ScriptDocument {
  const steps = [...document.steps]
  const from = steps.findIndex((step) => step.id === id)
  const to = from + by
  const [here, there] = [steps[from], steps[to]]
  if (!here || !there) return document
  steps[from] = there
  steps[to] = here
  return { ...document, steps }
}
