import { useTranslation } from 'react-i18next'
import { useMyCall } from '@/features/phone/mine'
import { addFieldWords } from '@/i18n/fields'
import { useDirectory } from '@/ui/names'
import { ProjectValues } from './ProjectValues'
import { type CustomerCard, useAllFields } from './queries'

addFieldWords()

/** The card's own part of every project: those with values stand open. */
export function CardValues({ card, writable }: { card: CustomerCard; writable: boolean }) {
  const { t } = useTranslation()
  const { projects } = useDirectory()
  const call = useMyCall()
  const all = useAllFields()
  const asking = Object.keys(all).filter((project) => all[project]?.some((one) => !one.archived))
  return (
    <>
      {asking.map((project) => (
        <details
          key={project}
          className="k-card-values"
          open={asking.length === 1 || project in card.custom || undefined}
          data-testid="card-values"
        >
          <summary>
            <h3 className="k-subtitle">{t('fields.of_project', { project: projects[project] ?? project })}</h3>
          </summary>
          <ProjectValues
            customer={card.id}
            project={project}
            writable={writable}
            contact={call.stage === 'talking' ? call.contact : ''}
          />
        </details>
      ))}
    </>
  )
}
