import { Button } from '@mantine/core'
import { IconCamera, IconDoorEnter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { addLazyWords } from '@/i18n/lazy'
import type { DoorRow } from '@/realtime/rows'
import { useKeys } from '@/ui/keys'
import { Moment, Note, Trouble } from '@/ui/pieces'

addLazyWords()

interface Props {
  door: DoorRow
  /** undefined: the two do not hear each other, and he cannot be let in */
  letIn: (() => void) | undefined
  opening: boolean
  error: Error | null
}

/** Somebody is at a door: which one, where to see him, and how to let him in. */
export default function DoorPart({ door, letIn, opening, error }: Props) {
  const { t } = useTranslation()
  const open = door.lock ? letIn : undefined
  useKeys({ KeyO: open, 'Alt+KeyO': open })
  return (
    <div data-testid="door">
      <div className="k-who k-cut" data-testid="inside-name">
        {door.name}
      </div>
      <div className="k-quiet">{t('doors.somebody')}</div>
      {door.camera && (
        <a
          className="k-link"
          href={door.camera}
          target="_blank"
          rel="noopener noreferrer"
          style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}
          data-testid="door-camera"
        >
          <IconCamera size={16} aria-hidden /> {t('doors.look')}
        </a>
      )}
      {open && (
        <Button
          fullWidth
          mt={6}
          leftSection={<IconDoorEnter size={17} />}
          loading={opening}
          onClick={open}
          aria-keyshortcuts="O"
          data-testid="door-open"
        >
          {t('doors.open')}
        </Button>
      )}
      {door.stuck ? (
        <Note tone="bad">{t('doors.stuck')}</Note>
      ) : (
        door.opened_at > 0 && (
          <Note tone="good" testId="door-opened">
            {t('doors.opened')} <Moment at={door.opened_at} />
          </Note>
        )
      )}
      {error && <Trouble error={error} />}
    </div>
  )
}
