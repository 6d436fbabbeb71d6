import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const here = import.meta.dirname
const styles = join(here, '../node_modules/@mantine/core/styles')

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return path.endsWith('.tsx') ? [readFileSync(path, 'utf8')] : []
  })
}

it('has the style of every component that a screen imports', () => {
  const imported = sources(here).flatMap((text) =>
    [...text.matchAll(/import {([^}]+)} from '@mantine\/core'/g)].flatMap((match) =>
      (match[1] ?? '').split(',').map((name) => name.trim().split(' as ')[0] ?? ''),
    ),
  )
  const list = readFileSync(join(here, 'mantine.ts'), 'utf8')
  const missing = [...new Set(imported)].filter(
    (name) => existsSync(join(styles, `${name}.css`)) && !list.includes(`/${name}.css'`),
  )
  expect(missing).toEqual([])
})
