import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/problem'
import { Note } from '@/ui/pieces'
import { same } from './draft'
import type { Revised } from './entity'
import { fieldWords } from './spoken'
import { useSpeech, Value } from './Value'

interface Props<Row extends Revised> {
  area: string
  error: unknown
  mine: Record<string, unknown>
  /** as it is now; undefined when it was deleted */
  row: Row | undefined
  formOf: (row: Row) => Record<string, unknown>
  takeTheirs: () => void
  saveOver: (revision: string) => void
}

/** Somebody else was first: what is different, and the two ways on. Nothing is lost before one is chosen. */
export function Conflict<Row extends Revised>({ area, error, mine, row, formOf, takeTheirs, saveOver }: Props<Row>) {
  const { t } = useTranslation()
  const speech = useSpeech()
  const theirs = row ? formOf(row) : {}
  const fields = row ? Object.keys(mine).filter((name) => !same(mine[name], theirs[name])) : []
  return (
    <Note tone="care" testId="settings-conflict">
      {messageOf(error)}
      {fields.length > 0 && (
        <table className="k-table k-framed k-wrapping" style={{ margin: '8px 0' }}>
          <thead>
            <tr>
              <th>{t('settings.field_name')}</th>
              <th>{t('settings.mine')}</th>
              <th>{t('settings.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((name) => (
              <tr key={name}>
                <td>{fieldWords(speech, area, name)}</td>
                <td>
                  <Value area={area} field={name} of={mine[name]} />
                </td>
                <td>
                  <Value area={area} field={name} of={theirs[name]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="k-buttons">
        <Button variant="default" onClick={takeTheirs} data-testid="conflict-theirs">
          {t('settings.take_theirs')}
        </Button>
        <Button onClick={() => saveOver(row?.revision ?? '')} data-testid="conflict-mine">
          {t('settings.save_over')}
        </Button>
      </div>
    </Note>
  )
}
