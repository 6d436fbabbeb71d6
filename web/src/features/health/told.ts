/** What /health tells of a part, in the page's language; machines read it in English. */
type Translate = (key: `health.said.${(typeof FORMS)[number][0]}`, options: { count: string; rest: string }) => string

const FORMS = [
  ['facts', /^(?<count>\d+) facts, (?<rest>\d+) in memory$/],
  ['alive', /^(?<count>\d+) contacts alive$/],
  ['to_ship', /^(?<count>\d+) facts to ship$/],
  ['differences', /^(?<count>\d+) differences open$/],
  ['laws', /^(?<count>\d+) facts hold to the laws$/],
  ['connected', /^connected$/],
  ['fallback', /^new calls go to the fallback of the switch$/],
  ['database_away', /^no answer: (?<rest>\w+); calls go on, facts wait in the journal$/],
  ['engine_away', /^no answer at its door$/],
  ['unpublished', /^no configuration is published yet/],
  ['not_compared', /^not compared yet$/],
  ['not_checked', /^not checked yet$/],
  ['listening', /^listening$/],
  ['no_recogniser', /^no recogniser: callers use keys$/],
] as const

/** What no form fits, a library's own words for instance, stays as it was told. */
export function told(t: Translate, detail: string): string {
  for (const [name, form] of FORMS) {
    const found = form.exec(detail)
    if (found) return t(`health.said.${name}`, { count: '', rest: '', ...found.groups })
  }
  return detail
}
