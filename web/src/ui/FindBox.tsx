import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { combination } from './keys'

const boxes = new Set<HTMLInputElement>()

/** Ctrl+F goes to the first box, from each to the next, and from the last to the browser's own search. */
export function following<Box>(inOrder: readonly Box[], focused: unknown): Box | undefined {
  return inOrder[inOrder.findIndex((box) => box === focused) + 1]
}

function onKey(event: KeyboardEvent) {
  if (event.defaultPrevented || combination(event) !== 'Ctrl+KeyF') return
  const inOrder = [...boxes].sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
  const next = following(inOrder, document.activeElement)
  if (!next) return
  event.preventDefault()
  next.focus()
  next.select()
}

interface Props {
  label: string
  value: string
  onChange: (text: string) => void
  testId: string
}

/** The search of a list of which only the visible part is drawn, so that the browser's search would not find the rest. */
export function FindBox({ label, value, onChange, testId }: Props) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const mine = input.current
    if (!mine) return
    if (boxes.size === 0) window.addEventListener('keydown', onKey)
    boxes.add(mine)
    return () => {
      boxes.delete(mine)
      if (boxes.size === 0) window.removeEventListener('keydown', onKey)
    }
  }, [])
  return (
    <TextInput
      ref={input}
      size="xs"
      w={150}
      leftSection={<IconSearch size={13} />}
      aria-label={label}
      aria-keyshortcuts="Control+F"
      title={`${label} (Ctrl+F)`}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && onChange('')}
      data-testid={testId}
    />
  )
}
