import { useTranslation } from 'react-i18next'
import { DRAGGED_KIND } from './Canvas'
import type { Catalogue } from './document'
import { KindIcon } from './icons'

/** Every kind of node by what it is for. A click adds it after the chosen node; it can be dragged to a place too. */
export function Palette({ catalogue, onAdd }: { catalogue: Catalogue; onAdd: (kind: string) => void }) {
  const { t } = useTranslation()
  return (
    <nav className="k-palette" aria-label={t('edit.palette')}>
      {catalogue.groups.map((group) => (
        <section key={group.group} aria-label={group.title}>
          <h3>{group.title}</h3>
          {catalogue.kinds
            .filter((kind) => kind.group === group.group)
            .map((kind) => (
              <button
                key={kind.kind}
                type="button"
                draggable
                title={kind.hint}
                data-testid={`add-${kind.kind}`}
                onDragStart={(event) => event.dataTransfer.setData(DRAGGED_KIND, kind.kind)}
                onClick={() => onAdd(kind.kind)}
              >
                <KindIcon kind={kind.kind} size={15} />
                {kind.title}
              </button>
            ))}
        </section>
      ))}
    </nav>
  )
}
