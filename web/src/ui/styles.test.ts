import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

function sheets(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? sheets(path) : path.endsWith('.css') ? [path] : []
  })
}

/** A page's styles stay when another page is opened: two meanings of one class would mix, and by the order of visits. */
it('gives a class its look in one file only', () => {
  const homes = new Map<string, Set<string>>()
  for (const path of sheets(root)) {
    const rules = readFileSync(path, 'utf8').replaceAll(/\/\*[^]*?\*\//g, '')
    for (const [, selectors = ''] of rules.matchAll(/([^{}]+)\{/g))
      for (const selector of selectors.split(',').map((one) => one.trim()))
        if (/^\.k-[\w-]+$/.test(selector))
          homes.set(selector, (homes.get(selector) ?? new Set()).add(relative(root, path)))
  }
  expect(homes.size).toBeGreaterThan(100)
  expect([...homes].filter(([, files]) => files.size > 1).map(([name, files]) => [name, ...files])).toEqual([])
})
