import { Button } from '@mantine/core'
import { IconPhone, IconPhoneOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { addLazyWords } from '@/i18n/lazy'
import { useCollection } from '@/realtime/live'
import type { PageRow } from '@/realtime/rows'
import { useKeys } from '@/ui/keys'
import { QueueName } from '@/ui/names'
import { Note, Trouble, Until } from '@/ui/pieces'
import type { MyCall } from './mine'

addLazyWords()

interface Props {
  call: MyCall
  page: PageRow
  /** undefined: there is nothing to be answered here */
  answer: (() => void) | undefined
  end: () => void
  error: Error | null
}

/** One speaks to a whole group: who speaks sees who hears him, who hears it sees who speaks. */
export default function PageCard({ call, page, answer, end, error }: Props) {
  const { t } = useTranslation()
  const agents = useCollection('agents')
  const named = (ids: string[]) => ids.map((id) => agents[id]?.name ?? id).join(', ')
  useKeys({ KeyA: answer, 'Alt+KeyA': answer, KeyX: end, 'Alt+KeyX': end })
  return (
    <div className="k-call-body" data-tone="work" data-testid="page-card">
      <div className="k-state">
        <strong className="k-grow">
          {t('paging.to')}: <QueueName id={page.queue} />
        </strong>
        {page.until > 0 && (
          <strong className="k-timer" title={t('paging.left')}>
            <Until at={page.until} />
          </strong>
        )}
      </div>
      {page.speaks ? (
        <>
          <div data-testid="page-hear">
            {t('paging.hear')}: {page.hear.length} <span className="k-quiet">{named(page.hear)}</span>
          </div>
          {page.busy.length > 0 && (
            <div data-testid="page-busy">
              {t('paging.busy')}: {page.busy.length} <span className="k-quiet">{named(page.busy)}</span>
            </div>
          )}
        </>
      ) : (
        <>
          <div className="k-who k-cut">{agents[call.inside?.agent ?? '']?.name}</div>
          <Note tone="work">{t('paging.unheard')}</Note>
        </>
      )}
      {answer && (
        <Button className="k-act" data-act="answer" leftSection={<IconPhone size={17} />} onClick={answer}>
          {t('phone.answer')}
        </Button>
      )}
      <Button
        className="k-act"
        data-act="hang-up"
        size="sm"
        fullWidth
        leftSection={<IconPhoneOff size={17} />}
        onClick={end}
        data-testid="hang-up"
      >
        {t(page.speaks ? 'paging.end' : 'paging.leave')}
      </Button>
      {error && <Trouble error={error} />}
    </div>
  )
}
