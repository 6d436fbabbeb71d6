import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'

interface Props {
  label: string
  testId: string
  width: number
  size?: 'xs' | 'sm'
  children: ReactNode
}

/** What can be done with a row. A menu that nobody opens is only its button: hundreds would make the board slow. */
export function RowMenu({ label, testId, size = 'sm', ...menu }: Props) {
  const [used, setUsed] = useState(false)
  const button = { size, 'aria-label': label, 'data-testid': testId, children: <IconDots size={15} /> } as const
  if (used) return <Used button={button} {...menu} />
  return <ActionIcon {...button} aria-haspopup="menu" onClick={() => setUsed(true)} />
}

function Used({ button, width, children }: { button: object; width: number; children: ReactNode }) {
  const target = useRef<HTMLButtonElement>(null)
  const [opened, setOpened] = useState(false)
  useEffect(() => {
    // this is another button than was clicked: it must have the focus to get it back
    target.current?.focus()
    const frame = requestAnimationFrame(() => setOpened(true))
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <Menu position="bottom-end" width={width} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <ActionIcon ref={target} {...button} />
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
