import type { ScriptDocument, ScriptStep } from './queries'

/** One step left behind: by its answer number `answer`, 0 first. */
export interface Pass {
  step: string
  answer: number
}

export function stepOf(document: ScriptDocument, id: string): ScriptStep | undefined {
  return document.steps.find((one) => one.id === id)
}

export type Filled = Readonly<Record<string, string>>

/** The step that follows ('' = the end), undefined when there is no such answer. A branch that holds outranks it. */
export function after(step: ScriptStep, answer: number, filled: Filled): string | undefined {
  const given = step.answers?.[answer]
  if (!given) return undefined
  const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()
  const branch = step.branches?.find((one) => same(filled[one.field] ?? '', one.value))
  return branch ? branch.next : given.next
}

/** Where a walk stands, '' at the end. Passes that this script does not allow are cut off. */
export function standing(
  document: ScriptDocument,
  passes: readonly Pass[],
  filled: Filled,
): { step: string; passes: Pass[] } {
  let step = document.start
  const kept: Pass[] = []
  for (const pass of passes) {
    const here = stepOf(document, step)
    const next = pass.step === step && here ? after(here, pass.answer, filled) : undefined
    if (next === undefined) break
    kept.push(pass)
    step = next
  }
  return { step, passes: kept }
}

/** Required blanks of a step that are still empty. */
export function missing(step: ScriptStep, filled: Filled): string[] {
  return (step.fields ?? []).filter((one) => one.required && !(filled[one.id] ?? '').trim()).map((one) => one.id)
}

/** {blank} in what is said stands for what was filled in. */
export function spoken(text: string, filled: Filled): string {
  return text.replace(/\{([a-z0-9_-]+)\}/g, (whole, name: string) => filled[name]?.trim() || whole)
}
