import { useMutation, useQuery } from '@tanstack/react-query'
import type { ComponentType, ReactNode } from 'react'
import { useState } from 'react'
import { queries } from '@/api/queries'
import { Problem } from '@/api/problem'
import { useMe } from '@/features/session/session'
import { type Draft, readDraft, same, writeDraft } from './draft'

export interface Revised {
  revision?: string
}

export interface FieldsProps<Form> {
  form: Form
  change: (part: Partial<Form>) => void
  /** what is wrong with an input, by the server or by what publishing found */
  wrong: (field: string) => string | undefined
  id: string
  isNew: boolean
  /** the identifier of a new one may still be chosen */
  choose: (id: string) => void
}

/** One kind of settings: how it is listed, edited and saved. */
export interface Kind<Row extends Revised, Form> {
  /** as the configuration calls it: the first word of a problem's place */
  area: string
  /** there is but one of it: problems are told of the area itself */
  alone?: boolean
  list: () => Promise<Row[]>
  idOf: (row: Row) => string
  nameOf: (row: Row) => string
  hintOf?: (row: Row) => ReactNode
  /** what a new one begins with */
  blank: () => Form
  formOf: (row: Row) => Form
  save: (id: string, form: Form, revision: string) => Promise<Row>
  remove?: (id: string) => Promise<unknown>
  /** the identifier made of what was typed; only for kinds whose identifier is not typed itself */
  idFrom?: (form: Form, taken: string[]) => string
  Fields: ComponentType<FieldsProps<Form>>
  Beside?: ComponentType<{ row: Row }>
}

export function useRows<Row>(area: string, list: () => Promise<Row[]>) {
  return useQuery({ queryKey: ['settings', area], queryFn: list, staleTime: 5_000 })
}

/** Everything that a saved change may show in other places. */
export function refreshSettings(): void {
  for (const key of ['settings', 'directory', 'people', 'agents']) void queries.invalidateQueries({ queryKey: [key] })
}

const CONFLICTS = new Set(['changed_meanwhile', 'gone_meanwhile', 'name_taken'])

export interface Editing<Form> {
  form: Form
  base: Form
  dirty: boolean
  change: (part: Partial<Form>) => void
  discard: () => void
  save: () => void
  /** save over what another saved meanwhile, knowing it */
  saveOver: (revision: string) => void
  pending: boolean
  error: unknown
  conflict: boolean
}

/** The form of one row, kept as a draft from the first keystroke. `row` undefined = a new one. */
export function useEditing<Row extends Revised, Form>(
  kind: Kind<Row, Form>,
  row: Row | undefined,
  /** a new one is called after what is typed */
  idOf: (form: Form) => string,
  onSaved: (row: Row) => void,
): Editing<Form> {
  const me = useMe()
  const key = `${me.tenant}.${me.id}.${kind.area}.${row ? kind.idOf(row) : '*new'}`
  const base = row ? kind.formOf(row) : kind.blank()
  const fresh = (): Draft<Form> => ({ form: base, revision: row?.revision ?? '' })
  const [draft, setDraft] = useState<Draft<Form> | undefined>(() => readDraft<Form>(key))
  const current = draft ?? fresh()
  const dirty = !same(current.form, base)

  const keep = (next: Draft<Form> | undefined) => {
    setDraft(next)
    writeDraft(key, next)
  }
  const saving = useMutation({
    mutationFn: (revision: string) => kind.save(idOf(current.form), current.form, revision),
    onSuccess: (saved) => {
      keep(undefined)
      queries.setQueryData<Row[]>(['settings', kind.area], (rows = []) => {
        const others = rows.filter((one) => kind.idOf(one) !== kind.idOf(saved))
        return [...others, saved].sort((a, b) => kind.idOf(a).localeCompare(kind.idOf(b)))
      })
      refreshSettings()
      onSaved(saved)
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['settings', kind.area] }),
  })
  return {
    form: current.form,
    base,
    dirty,
    change: (part) => {
      const form = { ...current.form, ...part }
      keep(same(form, base) ? undefined : { form, revision: current.revision })
    },
    discard: () => {
      saving.reset()
      keep(undefined)
    },
    save: () => saving.mutate(current.revision),
    saveOver: (revision) => {
      keep({ form: current.form, revision })
      saving.mutate(revision)
    },
    pending: saving.isPending,
    error: saving.error,
    conflict: saving.error instanceof Problem && CONFLICTS.has(saving.error.code),
  }
}

/** What a form has of a row: all but its name and the revision it was read at. */
export function without<Row extends { id: string; revision: string }>(row: Row): Omit<Row, 'id' | 'revision'> {
  const form: Partial<Row> = { ...row }
  delete form.id
  delete form.revision
  return form as Omit<Row, 'id' | 'revision'>
}
