import type { ReactNode } from 'react'
import { EntityForm } from '@/features/settings/EntityForm'
import { type Kind, type Revised, useRows } from '@/features/settings/entity'
import { Loading, Trouble } from '@/ui/pieces'
import './rules.css'

interface Props<Row extends Revised, Form> {
  kind: Kind<Row, Form>
  title: string
  /** what is shown beside the form */
  children?: ReactNode
}

/** Settings of which there is one: its form, and beside it what came of it. */
export function OnePage<Row extends Revised, Form>({ kind, title, children }: Props<Row, Form>) {
  const rows = useRows(kind.area, kind.list)
  if (rows.error && !rows.data) return <Trouble error={rows.error} retry={() => void rows.refetch()} />
  if (!rows.data) return <Loading />
  return (
    <div className="k-rules" data-beside={children ? true : undefined}>
      <h1 className="k-hidden">{title}</h1>
      <EntityForm
        kind={kind}
        row={rows.data[0]}
        rows={rows.data}
        newWords={title}
        title={title}
        onSaved={() => undefined}
        onGone={() => undefined}
      />
      {children && <div className="k-column">{children}</div>}
    </div>
  )
}
