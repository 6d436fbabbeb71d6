import { Button, Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { Note, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import type { Kinds } from './document'
import { useDifferences, usePublish, useVersions } from './queries'
import { Differences } from './VersionsPanel'
import { type Speech, titled } from './words'

interface Props {
  id: string
  revision: number
  /** everything is stored and judged */
  ready: boolean
  problems: Readonly<Record<string, string>>
  kinds: Kinds
  kindOf: (node: string) => string
  speech: Speech
  onClose: () => void
  onOpen: (node: string) => void
}

/** What will change and what prevents it, before it is so. */
export function PublishDialog({ id, revision, ready, problems, kinds, kindOf, speech, onClose, onOpen }: Props) {
  const { t } = useTranslation()
  const publish = usePublish()
  const newest = useVersions(id).data?.[0]?.version ?? 0
  const differences = useDifferences(id, newest, 0, revision)
  const must = Object.entries(problems)
  const go = () =>
    publish.mutate(undefined, {
      onSuccess: (done) => {
        notifications.show({ message: t(done.announced ? 'pub.done' : 'pub.unheard') })
        onClose()
      },
    })
  return (
    <Modal opened onClose={onClose} title={t('pub.title')} size={560}>
      <Stack gap="sm">
        <p style={{ margin: 0 }}>{t('pub.all')}</p>
        {must.length > 0 && (
          <Note tone="bad" testId="publish-problems">
            {t('pub.must')}
            <ul>
              {must.map(([place, text]) => (
                <li key={place}>
                  <code>{place}</code> — {titled(text, speech.titles)}
                </li>
              ))}
            </ul>
          </Note>
        )}
        {newest > 0 && differences.data?.length === 0 && <p className="k-quiet">{t('pub.same')}</p>}
        {newest > 0 && (differences.data?.length ?? 0) > 0 && (
          <Differences differences={differences.data} kinds={kinds} kindOf={kindOf} speech={speech} onOpen={onOpen} />
        )}
        {publish.error && <Trouble error={publish.error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            onClick={go}
            loading={publish.isPending}
            disabled={must.length > 0 || !ready}
            data-testid="publish-now"
          >
            {t('edit.publish')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
