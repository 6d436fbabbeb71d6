/** skill → level, 1 (learning) to 5 */
export type Skills = Record<string, number>

const ORDINARY = 3

/** "sales 5, service" → {sales: 5, service: 3}; undefined when something is not a skill with a level of 1 to 5. */
export function parseSkills(text: string): Skills | undefined {
  const skills: Skills = {}
  for (const part of text.split(/[,;]/)) {
    const words = part.trim()
    if (!words) continue
    const found = /^([^\s=:]+)(?:[\s=:]+([1-5]))?$/u.exec(words)
    if (!found?.[1]) return undefined
    skills[found[1]] = found[2] ? parseInt(found[2], 10) : ORDINARY
  }
  return skills
}

export function writeSkills(skills: Skills): string {
  return Object.entries(skills)
    .map(([skill, level]) => `${skill} ${level}`)
    .join(', ')
}
