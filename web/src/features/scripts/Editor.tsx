import { Button, MultiSelect, SegmentedControl, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDirectory } from '@/ui/names'
import { Chip, Note, Trouble } from '@/ui/pieces'
import { blankStep, changeStep, dropStep, moveStep } from './editing'
import { Figures, Preview, Versions } from './Beside'
import { type ScriptCard, type ScriptDocument, type ScriptPlace, useScriptWork } from './queries'
import { StepEditor } from './StepEditor'

/** The draft of one script, step under step; beside it what it looks like, its versions, where people leave it. */
export function Editor({ card, onKept }: { card: ScriptCard; onKept: (id: string) => void }) {
  const { t } = useTranslation()
  const { keep, publish } = useScriptWork(card.id)
  const [name, setName] = useState(card.name)
  const [places, setPlaces] = useState<ScriptPlace[]>(card.places)
  const [document, setDocument] = useState<ScriptDocument>(card.draft)
  const [touched, setTouched] = useState(card.revision === 0)
  const [part, setPart] = useState<'preview' | 'versions' | 'figures'>('preview')
  const change = (next: ScriptDocument) => {
    setDocument(next)
    setTouched(true)
  }
  const save = (archived = card.archived) =>
    keep.mutate(
      { name: name.trim(), places, draft: document, archived, revision: card.revision },
      {
        onSuccess: (kept) => {
          setTouched(false)
          onKept(kept.id)
        },
      },
    )
  const problems = touched ? [] : card.problems
  return (
    <div className="k-shelf" style={{ gridTemplateColumns: 'minmax(0,1fr) 380px' }} data-testid="script-editor">
      <section className="k-panel" aria-label={t('scripts.script')}>
        <div className="k-body k-edit">
          <div className="k-edit-row" style={{ alignItems: 'flex-start' }}>
            <TextInput
              className="k-grow"
              label={t('scripts.name')}
              value={name}
              onChange={(event) => {
                setName(event.currentTarget.value)
                setTouched(true)
              }}
              maxLength={100}
              data-testid="script-name"
            />
            <Places
              places={places}
              onChange={(next) => {
                setPlaces(next)
                setTouched(true)
              }}
            />
          </div>
          <div className="k-edit-row" style={{ alignItems: 'center' }}>
            <Button
              onClick={() => save()}
              loading={keep.isPending}
              disabled={!touched || !name.trim()}
              data-testid="script-save"
            >
              {t('scripts.keep')}
            </Button>
            <Button
              variant="default"
              onClick={() => publish.mutate()}
              loading={publish.isPending}
              disabled={touched || card.is_published || problems.length > 0}
              data-testid="script-publish"
            >
              {t('scripts.publish')}
            </Button>
            <span className="k-quiet" aria-live="polite" data-testid="script-state" data-version={card.version}>
              {touched
                ? t('scripts.touched')
                : card.is_published
                  ? t('scripts.is_published', { version: card.version })
                  : t('scripts.differs')}
            </span>
            <span className="k-grow" />
            {card.revision > 0 && (
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => save(!card.archived)}>
                {t(card.archived ? 'scripts.unarchive' : 'scripts.archive')}
              </Button>
            )}
          </div>
          {(keep.error ?? publish.error) && <Trouble error={keep.error ?? publish.error} />}
          {problems
            .filter((one) => one.step === '')
            .map((one) => (
              <Note key={one.text} tone="bad">
                {one.text}
              </Note>
            ))}
          {places.length === 0 && <p className="k-hint">{t('scripts.nowhere')}</p>}
          {document.steps.map((step, place) => (
            <StepEditor
              key={step.id}
              step={step}
              place={place}
              document={document}
              problems={problems.filter((one) => one.step === step.id).map((one) => one.text)}
              onChange={(part) => change(changeStep(document, step.id, part))}
              onMove={(by) => change(moveStep(document, step.id, by))}
              onDrop={document.steps.length > 1 ? () => change(dropStep(document, step.id)) : undefined}
              onStart={() => change({ ...document, start: step.id })}
            />
          ))}
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() =>
              change({
                ...document,
                steps: [...document.steps, blankStep(t('scripts.step_number', { number: document.steps.length + 1 }))],
              })
            }
            data-testid="step-new"
          >
            {t('scripts.add_step')}
          </Button>
        </div>
      </section>
      <section className="k-panel" aria-label={t(`scripts.${part}`)}>
        <header>
          <SegmentedControl
            size="xs"
            fullWidth
            style={{ flex: 1 }}
            aria-label={t('scripts.beside')}
            value={part}
            onChange={(value) => setPart(value)}
            data={(['preview', 'versions', 'figures'] as const).map((value) => ({
              value,
              label: t(`scripts.${value}`),
            }))}
          />
        </header>
        <div className="k-body">
          {part === 'preview' && <Preview document={document} />}
          {part === 'versions' && <Versions card={card} onTake={change} />}
          {part === 'figures' && <Figures id={card.id} version={card.version} />}
          {card.archived && <Chip>{t('knowledge.archived')}</Chip>}
        </div>
      </section>
    </div>
  )
}

/** Where the script is used; the narrowest place decides. */
function Places({ places, onChange }: { places: ScriptPlace[]; onChange: (places: ScriptPlace[]) => void }) {
  const { t } = useTranslation()
  const { projects, queues } = useDirectory()
  const known = [
    { value: 'everywhere:', label: t('scripts.everywhere') },
    ...Object.entries(projects).map(([id, title]) => ({
      value: `project:${id}`,
      label: t('scripts.of_project', { title }),
    })),
    ...Object.entries(queues).map(([id, title]) => ({ value: `queue:${id}`, label: t('scripts.of_queue', { title }) })),
  ]
  const chosen = places.map((place) => `${place.kind}:${place.id ?? ''}`)
  // numbers, and places that are gone, stay as they are written
  const others = chosen
    .filter((value) => !known.some((one) => one.value === value))
    .map((value) => ({ value, label: value.slice(value.indexOf(':') + 1) }))
  const [typed, setTyped] = useState('')
  const number = /^\+?\d{4,20}$/.test(typed.replace(/[\s()-]/g, '')) ? typed.replace(/[\s()-]/g, '') : ''
  const offered = number ? [{ value: `number:${number}`, label: t('scripts.of_number', { number }) }] : []
  return (
    <MultiSelect
      size="xs"
      className="k-grow"
      label={t('scripts.places')}
      placeholder={chosen.length === 0 ? t('scripts.places_hint') : undefined}
      data={[...known, ...others, ...offered.filter((one) => !chosen.includes(one.value))]}
      value={chosen}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(values) =>
        onChange(
          values.map((value) => {
            const cut = value.indexOf(':')
            return { kind: value.slice(0, cut) as ScriptPlace['kind'], id: value.slice(cut + 1) }
          }),
        )
      }
      data-testid="script-places"
    />
  )
}
