import { useTranslation } from 'react-i18next'
import { addLazyWords } from '@/i18n/lazy'
import { Modal } from './Modal'
import { Key } from './pieces'

addLazyWords()

/** physical key → what it does; the same list that the screens' `useKeys` act on */
const PHONE = [
  ['A', 'keys.answer'],
  ['X', 'keys.hang_up'],
  ['H', 'keys.hold'],
  ['T', 'incall.open'],
  ['M', 'keys.mute'],
  ['P', 'taking.keys.park'],
  ['Z', 'recording.key'],
  ['U', 'taking.keys.pick_up'],
  ['L', 'taking.keys.line'],
  ['C', 'calling.key'],
  ['R', 'keys.ready'],
  ['B', 'keys.break'],
  ['W', 'keys.wrap_up'],
  ['K', 'operator.keys.knowledge'],
  ['O', 'doors.open'],
] as const

/** outside of fields only */
const SCRIPT = [
  ['S', 'operator.keys.script'],
  ['1–9', 'operator.keys.answer'],
  ['Backspace', 'operator.keys.back'],
  ['D', 'operator.keys.day'],
] as const

export function KeysHelp({ onClose, pages }: { onClose: () => void; pages: string[] }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} size="xl">
      <p className="k-quiet" style={{ marginTop: 0 }}>
        {t('keys.layout')}
      </p>
      <dl className="k-keys">
        {PHONE.map(([key, words]) => (
          <div key={key}>
            <dt>
              <Key>{key}</Key> <span className="k-quiet">{t('keys.or')}</span> <Key>Alt</Key> <Key>{key}</Key>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <Key>Ctrl</Key> <Key>Enter</Key>
          </dt>
          <dd>{t('keys.save')}</dd>
        </div>
        {SCRIPT.map(([key, words]) => (
          <div key={key}>
            <dt>
              <Key>{key}</Key>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
        {pages.map((page, index) => (
          <div key={page}>
            <dt>
              <Key>Alt</Key> <Key>{index + 1}</Key>
            </dt>
            <dd>{page}</dd>
          </div>
        ))}
        <div>
          <dt>
            <Key>?</Key>
          </dt>
          <dd>{t('keys.this')}</dd>
        </div>
      </dl>
    </Modal>
  )
}
