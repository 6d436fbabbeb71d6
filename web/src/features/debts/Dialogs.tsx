import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Debt, seconds } from '@/api/types'
import { currentLocale } from '@/i18n'
import { DateField } from '@/ui/DateField'
import { callerName, phoneNumber } from '@/ui/format'
import { Loading, Moment, Note, Trouble } from '@/ui/pieces'
import { Drawer } from '@/ui/Drawer'
import { Modal } from '@/ui/Modal'
import { type ResultWord, useDebtStory, usePostpone, useReport } from './queries'
import { inMinutes, localInput, tomorrowAt } from './promised'
import { WriteOff } from './WriteOff'
import type { Work } from './working'

function useWho() {
  const { t } = useTranslation()
  return (debt: Debt) => callerName(debt.caller_name) || phoneNumber(debt.customer || debt.caller) || t('withheld')
}

/** Whatever was asked for the debt in hand. */
export function Dialogs({ work }: { work: Work }) {
  const { dialog, close } = work
  return (
    <>
      {dialog?.kind === 'postpone' && <Postpone debt={dialog.debt} onClose={close} />}
      {dialog?.kind === 'result' && <Result debt={dialog.debt} result={dialog.result} onClose={close} />}
      <WriteOff debt={dialog?.kind === 'write_off' ? dialog.debt : undefined} onClose={close} />
      {dialog?.kind === 'story' && <Story debt={dialog.debt} onClose={close} />}
    </>
  )
}

function Postpone({ debt, onClose }: { debt: Debt; onClose: () => void }) {
  const { t } = useTranslation()
  const who = useWho()
  const postpone = usePostpone()
  const [at, setAt] = useState(() => localInput(inMinutes(60)))
  const [note, setNote] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    postpone.mutate({ debt: debt.id, until: new Date(at), note: note.trim() }, { onSuccess: onClose })
  }
  const quick: [string, () => Date][] = [
    [t('book.minutes_15'), () => inMinutes(15)],
    [t('book.hour'), () => inMinutes(60)],
    [t('book.hours_3'), () => inMinutes(180)],
    [t('book.tomorrow'), () => tomorrowAt(10)],
  ]
  return (
    <Modal opened onClose={onClose} title={t('book.postpone_title', { who: who(debt) })}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <DateField
            withTime
            label={t('book.postpone_at')}
            value={at}
            onChange={setAt}
            data-autofocus
            data-testid="postpone-at"
          />
          <Group gap={6} role="group" aria-label={t('book.postpone_in')}>
            {quick.map(([words, moment]) => (
              <Button key={words} size="compact-xs" variant="default" onClick={() => setAt(localInput(moment()))}>
                {words}
              </Button>
            ))}
          </Group>
          <Textarea
            label={t('book.postpone_note')}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={1000}
            data-testid="postpone-note"
          />
          <Note tone="work">{t('book.postpone_hint')}</Note>
          {postpone.error && <Trouble error={postpone.error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={postpone.isPending} disabled={!at} data-testid="postpone-submit">
              {t('book.postpone')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Result({ debt, result, onClose }: { debt: Debt; result: ResultWord; onClose: () => void }) {
  const { t } = useTranslation()
  const who = useWho()
  const report = useReport()
  const [note, setNote] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    report.mutate({ debt: debt.id, result, note: note.trim() }, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('book.result_title', { result: t(`book.results.${result}`), who: who(debt) })}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t('book.note')}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={1000}
            data-autofocus
            data-testid="result-note"
          />
          <Note tone="care">{t('book.result_hint')}</Note>
          {report.error && <Trouble error={report.error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={report.isPending} data-testid="result-submit">
              {t('book.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Story({ debt, onClose }: { debt: Debt; onClose: () => void }) {
  const { t } = useTranslation()
  const who = useWho()
  const story = useDebtStory(debt.id)
  const locale = currentLocale()
  return (
    <Drawer opened onClose={onClose} position="right" size={460} title={`${t('book.story')}: ${who(debt)}`}>
      <div data-testid="debt-story-panel">
        <Link to="/journal" search={{ open: debt.contact }} className="k-link">
          {t('book.story_open')}
        </Link>
        {story.isPending && <Loading />}
        {story.error && <Trouble error={story.error} retry={() => void story.refetch()} />}
        <ol className="k-debt-story">
          {story.data?.map((line) => (
            <li key={line.position}>
              <Moment at={seconds(line.at)} />
              <span>
                {line.text[locale]}
                {line.until && (
                  <span className="k-quiet">
                    {' · '}
                    <Moment at={seconds(line.until)} />
                  </span>
                )}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </Drawer>
  )
}
