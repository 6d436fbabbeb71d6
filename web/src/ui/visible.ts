import { type RefObject, useEffect, useState } from 'react'

/** so many are simply drawn */
export const FEW = 60
/** rows drawn above and below what is seen, so that a turn of the wheel finds them there */
const OVER = 8

export interface Part {
  from: number
  to: number
  /** heights in pixels of what is left out above and below */
  before: number
  after: number
}

interface Look {
  first: number
  last: number
  height: number
  perRow: number
}

/** The rows of `count` items, `perRow` side by side, that are seen between `above` and `above + seen` pixels. */
export function rowsSeen(above: number, seen: number, height: number): { first: number; last: number } {
  // in steps, so that scrolling does not draw at every pixel
  const first = Math.floor((above / height - OVER) / OVER) * OVER
  const last = Math.ceil(((above + seen) / height + OVER) / OVER) * OVER
  return { first: Math.max(0, first), last: Math.max(0, last) }
}

export function partOf({ first, last, height, perRow }: Look, count: number): Part {
  if (count <= FEW) return { from: 0, to: count, before: 0, after: 0 }
  const rows = Math.ceil(count / perRow)
  const begin = Math.min(first, Math.max(0, rows - 1))
  const end = Math.min(rows, Math.max(last, begin + 1))
  return {
    from: begin * perRow,
    to: Math.min(count, end * perRow),
    before: begin * height,
    after: (rows - end) * height,
  }
}

/** Of a long list only what is seen is drawn: hundreds of rows that change every second would make the page slow. */
export function useVisible(list: RefObject<HTMLElement | null>, count: number, item: string): Part {
  const [look, setLook] = useState<Look>({ first: 0, last: 3 * OVER, height: 32, perRow: 1 })
  const long = count > FEW
  useEffect(() => {
    const shown = list.current
    const scroller = shown?.closest<HTMLElement>('.k-body')
    if (!long || !shown || !scroller) return
    const measure = () => {
      const height = shown.querySelector<HTMLElement>(item)?.offsetHeight ?? 0
      if (!height) return
      const style = getComputedStyle(shown)
      const perRow = style.display === 'grid' ? style.gridTemplateColumns.split(' ').length : 1
      const above = scroller.getBoundingClientRect().top - shown.getBoundingClientRect().top
      const next = { ...rowsSeen(Math.max(0, above), scroller.clientHeight, height), height, perRow }
      setLook((before) =>
        before.first === next.first && before.last === next.last && before.height === height && before.perRow === perRow
          ? before
          : next,
      )
    }
    measure()
    const sizes = new ResizeObserver(measure)
    sizes.observe(scroller)
    scroller.addEventListener('scroll', measure, { passive: true })
    return () => {
      sizes.disconnect()
      scroller.removeEventListener('scroll', measure)
    }
  }, [list, item, long])
  return partOf(look, count)
}
