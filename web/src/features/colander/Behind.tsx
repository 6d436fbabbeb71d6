import { Button, CloseButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { OwnerName } from '@/ui/names'
import { personNumber } from '@/ui/format'
import { Chip, Empty, Loading, Moment, Number, Panel, Trouble } from '@/ui/pieces'
import { Advice } from './Advice'
import { inJournal } from './journal'
import { useNumbers } from './money'
import { type Chosen, type Picture, type Place, useLeaked } from './queries'

interface Props {
  chosen: Chosen
  place: Place['place']
  picture: Picture
  onClose: () => void
}

/** What is behind a hole: what would close it, the contacts, and who owes them. */
export function Behind({ chosen, place, picture, onClose }: Props) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const list = useLeaked(chosen, place)
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const name = picture.places.find((one) => one.place === place)
  const holes = name?.holes.map((one) => one.hole) ?? []
  const advised = picture.advice.some((one) => one.place === place)
  return (
    <Panel
      title={name ? begun(numbers.text(name.text)) : ''}
      flush
      testId="behind"
      aside={
        <>
          {name && holes.length > 0 && (
            <Link
              to="/journal"
              search={inJournal(chosen, holes, numbers.text(name.text))}
              className="k-link"
              data-testid="in-journal"
            >
              {t('insights.in_journal')}
            </Link>
          )}
          <CloseButton size="sm" aria-label={t('close')} onClick={onClose} />
        </>
      }
    >
      {advised && <Advice picture={picture} place={place} />}
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending ? (
        <Loading />
      ) : rows.length === 0 ? (
        <Empty title={t('insights.no_hole')}>{t('insights.no_hole_hint')}</Empty>
      ) : (
        <ul className="k-rows">
          {rows.map(({ contact, owner, due_at, how }) => (
            <li key={contact.id} className="k-owed" data-testid="leaked">
              <Moment at={seconds(contact.arrived_at)} />
              <Link to="/journal" search={{ open: contact.id }} className="k-link">
                <Number of={personNumber(contact)} />
              </Link>
              <span className="k-cut k-quiet">{owner && <OwnerName owner={owner} />}</span>
              {how ? (
                <Chip tone={how === 'called_back' || how === 'came_back' ? 'good' : 'away'}>{t(`how.${how}`)}</Chip>
              ) : (
                due_at && (
                  <Chip tone="bad">
                    {t('insights.due')} <Moment at={seconds(due_at)} />
                  </Chip>
                )
              )}
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="subtle" fullWidth loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Panel>
  )
}

/** "waiting" → "Waiting": a heading begins with a capital. */
const begun = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
