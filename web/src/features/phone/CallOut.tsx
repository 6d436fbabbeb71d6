import { ActionIcon, Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPhone, IconPhoneOutgoing } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf, Problem } from '@/api/problem'
import { useMay } from '@/features/session/session'
import { unlockSound } from '@/softphone/ring'
import { phoneNumber } from '@/ui/format'
import { useKeys } from '@/ui/keys'
import { Trouble } from '@/ui/pieces'
import { useAwait, useCallOut } from './actions'
import { Awaited, Colleagues } from './Colleagues'
import { useMyCall, useMyRow } from './mine'

/** all our lines are taken: one may be waited for */
const LINES_BUSY = new Set(['lines_kept', 'no_trunk', 'calls_cap'])

/** May I call somebody now? */
function useFree(): boolean {
  const may = useMay()
  const mine = useMyRow()
  const { stage } = useMyCall()
  const bound = mine?.state === 'ringing' || mine?.state === 'talking' || mine?.state === 'offline'
  return may('take_calls') && mine !== undefined && !bound && stage === 'none'
}

/** Nothing rings: whoever wants calls somebody. */
export function Quiet() {
  const { t } = useTranslation()
  return (
    <>
      <div className="k-empty" style={{ padding: '18px 14px 10px' }}>
        <IconPhone size={22} aria-hidden />
        <span>{t('phone.quiet')}</span>
      </div>
      <CallOut />
      <Awaited />
    </>
  )
}

/** A number is typed or pasted, and called. What went wrong is said below it, and the number stays. */
function CallOut() {
  const { t } = useTranslation()
  const call = useCallOut()
  const wait = useAwait()
  const free = useFree()
  const field = useRef<HTMLInputElement>(null)
  const [number, setNumber] = useState('')
  const start = (event: React.FormEvent) => {
    event.preventDefault()
    ring(number)
  }
  const ring = (wanted: string) => {
    unlockSound()
    call.mutate(wanted, { onSuccess: () => setNumber('') })
  }
  const focus = () => field.current?.focus()
  useKeys({ KeyC: free ? focus : undefined, 'Alt+KeyC': free ? focus : undefined })
  return (
    <form className="k-call-out" onSubmit={start} data-testid="call-out">
      <div className="k-call-out-row">
        <TextInput
          ref={field}
          className="k-grow"
          aria-label={t('calling.number')}
          placeholder={t('calling.placeholder')}
          value={number}
          disabled={!free}
          onChange={(event) => {
            setNumber(event.currentTarget.value)
            call.reset()
          }}
          data-testid="call-out-number"
        />
        <Button
          type="submit"
          variant="default"
          disabled={!free || !/\d/.test(number)}
          loading={call.isPending}
          leftSection={<IconPhoneOutgoing size={14} />}
          title={t('calling.hint')}
          data-testid="call-out-start"
        >
          {t('calling.call')}
        </Button>
      </div>
      {call.error && <Trouble error={call.error} />}
      {call.error instanceof Problem && LINES_BUSY.has(call.error.code) && (
        <Button
          variant="default"
          fullWidth
          mt={6}
          loading={wait.isPending}
          onClick={() => wait.mutate({ colleague: '', number }, { onSuccess: () => call.reset() })}
          data-testid="await-line"
        >
          {t('inside.await_line')}
        </Button>
      )}
      {wait.error && <Trouble error={wait.error} />}
      <Colleagues wanted={number} free={free} call={(extension) => ring(extension)} />
    </form>
  )
}

/** One click beside a number. */
export function CallNumber({ number }: { number: string }) {
  const { t } = useTranslation()
  const call = useCallOut()
  const free = useFree()
  const title = t('calling.call_to', { number: phoneNumber(number) })
  const start = () => {
    unlockSound()
    call.mutate(number, {
      onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8000 }),
    })
  }
  return (
    <ActionIcon
      variant="default"
      size={24}
      disabled={!free}
      loading={call.isPending}
      onClick={start}
      title={title}
      aria-label={title}
      data-testid="call-number"
    >
      <IconPhoneOutgoing size={14} />
    </ActionIcon>
  )
}
