import { ActionIcon, Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/problem'
import { seconds } from '@/api/types'
import { useMay } from '@/features/session/session'
import { Chip, Empty, Loading, Moment, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import type { KindField, Kinds } from './document'
import { type Difference, useRollBack, useVersions } from './queries'
import { type Speech, valueWords } from './words'

/** `after` 0 is the draft. */
export interface Compared {
  before: number
  after: number
}

interface Props {
  id: string
  compared: Compared | undefined
  differences: readonly Difference[] | undefined
  kinds: Kinds
  kindOf: (node: string) => string
  speech: Speech
  onCompare: (compared: Compared | undefined) => void
  /** puts that version into the draft; undefined for who may not write it */
  onTake: ((version: number) => void) | undefined
  onOpen: (node: string) => void
}

/** Everything that was published, what differs, and the way back. */
export function VersionsPanel({ id, compared, differences, kinds, kindOf, speech, onCompare, onTake, onOpen }: Props) {
  const { t } = useTranslation()
  const may = useMay()
  const versions = useVersions(id)
  const back = useRollBack(id)
  const [asking, setAsking] = useState<number>()
  if (versions.error) return <Trouble error={versions.error} retry={() => void versions.refetch()} />
  if (!versions.data) return <Loading />
  if (versions.data.length === 0) return <Empty title={t('pub.none')}>{t('edit.no_remarks_hint')}</Empty>
  const roll = (version: number) =>
    back.mutate(version, {
      onSuccess: (done) => notifications.show({ message: t(done.announced ? 'pub.done' : 'pub.unheard') }),
      onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 10_000 }),
      onSettled: () => setAsking(undefined),
    })
  return (
    <div data-testid="versions">
      {compared && (
        <div className="k-compared">
          <div className="k-condition-row">
            <strong className="k-grow">
              {t(compared.after === 0 ? 'pub.comparing_draft' : 'pub.comparing', { ...compared })}
            </strong>
            <Button size="compact-xs" variant="default" onClick={() => onCompare(undefined)}>
              {t('pub.close')}
            </Button>
          </div>
          <Differences differences={differences} kinds={kinds} kindOf={kindOf} speech={speech} onOpen={onOpen} />
        </div>
      )}
      <ul className="k-rows">
        {versions.data.map((row, index) => (
          <li key={row.version} className="k-version" data-testid="version" data-version={row.version}>
            <strong className="k-num">{row.version}</strong>
            <span className="k-grow">
              <Moment at={seconds(row.at)} /> {index === 0 && <Chip tone="good">{t('pub.current')}</Chip>}
            </span>
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon aria-label={`${t('scn.version')} ${row.version}`}>
                  <IconDots size={15} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => onCompare({ before: row.version, after: 0 })}>
                  {t('pub.with_draft')}
                </Menu.Item>
                {row.version > 1 && (
                  <Menu.Item onClick={() => onCompare({ before: row.version - 1, after: row.version })}>
                    {t('pub.with_before')}
                  </Menu.Item>
                )}
                {onTake && <Menu.Item onClick={() => onTake(row.version)}>{t('pub.take')}</Menu.Item>}
                {may('publish') && <Menu.Item onClick={() => setAsking(row.version)}>{t('pub.back')}</Menu.Item>}
              </Menu.Dropdown>
            </Menu>
          </li>
        ))}
      </ul>
      <Modal opened={asking !== undefined} onClose={() => setAsking(undefined)} title={t('pub.back')}>
        <p>{t('pub.back_sure', { version: asking })}</p>
        <Button loading={back.isPending} onClick={() => asking !== undefined && roll(asking)} data-testid="roll-back">
          {t('pub.back')}
        </Button>
      </Modal>
    </div>
  )
}

interface DifferencesProps {
  differences: readonly Difference[] | undefined
  kinds: Kinds
  /** the kind of a node of the draft, "" when it is not there any more */
  kindOf: (node: string) => string
  speech: Speech
  onOpen: (node: string) => void
}

const TONES = { added: 'good', removed: 'bad', changed: 'care' } as const

export function Differences({ differences, kinds, kindOf, speech, onOpen }: DifferencesProps) {
  const { t } = useTranslation()
  if (!differences) return <Loading />
  if (differences.length === 0) return <p className="k-quiet">{t('pub.no_difference')}</p>
  const fieldOf = (one: Difference): KindField | undefined => {
    const kind = kinds.get(kindOf(one.node))
    const all = kind ? [kind] : [...kinds.values()]
    return all.flatMap((known) => known.fields).find((field) => field.name === one.field)
  }
  const titleOf = (one: Difference): string => {
    const kind = (one.after as { kind?: string } | null)?.kind ?? (one.before as { kind?: string } | null)?.kind ?? ''
    if (one.field === '') return kinds.get(kind)?.title ?? kind
    if (one.node === '') return one.field === 'start' ? t('pub.start') : t(`settings.field.${one.field}`, one.field)
    return fieldOf(one)?.title ?? one.field
  }
  const shown = (value: unknown, one: Difference): string => valueWords(value, fieldOf(one), speech)
  return (
    <ul className="k-remarks" data-testid="differences">
      {differences.map((one, index) => (
        <li key={index}>
          <button type="button" disabled={!one.node} onClick={() => onOpen(one.node)}>
            <span className="k-remark-head">
              <Chip tone={TONES[one.kind]}>{t(`pub.${one.kind}`)}</Chip>
              <span className="k-cut">
                {one.node} {titleOf(one)}
              </span>
            </span>
            {one.field !== '' && (
              <span>
                <del className="k-quiet">{shown(one.before, one)}</del> → {shown(one.after, one)}
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}
