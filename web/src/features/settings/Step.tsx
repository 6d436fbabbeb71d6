import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '@/ui/pieces'

interface StepProps {
  number: number
  title: string
  done: boolean
  open: boolean
  /** what it is called to take the step once more; "change" without it */
  again?: 'steps.call_again'
  children: ReactNode
}

/** One of the first steps: open while it is the next one, or while somebody looks into it. */
export function Step(props: StepProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const shown = props.open || opened
  return (
    <section
      className="k-panel k-set-step"
      aria-label={props.title}
      data-testid={`step-${props.number}`}
      data-done={props.done}
    >
      <header>
        <Chip tone={props.done ? 'good' : props.open ? 'work' : 'away'}>
          {props.done ? <IconCheck size={13} aria-label={t('steps.done')} /> : props.number}
        </Chip>
        <h2 className="k-grow">{props.title}</h2>
        {!props.open && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => setOpened(!opened)}
            aria-expanded={shown}
          >
            {t(opened ? 'close' : props.done ? (props.again ?? 'steps.change') : 'steps.open')}
          </Button>
        )}
      </header>
      {shown && <div className="k-body">{props.children}</div>}
    </section>
  )
}
