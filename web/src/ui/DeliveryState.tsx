import { useTranslation } from 'react-i18next'
import { Chip } from './pieces'

interface Sent {
  delivered_at?: string | null
  next_at?: string | null
  problem: string
}

/** How far something sent has come: delivered, on its way, or given up and why; in the words of what was sent. */
export function DeliveryState({ of, words }: { of: Sent; words: 'alerts' | 'letters' | 'hooks' | 'messageLetters' }) {
  const { t } = useTranslation()
  const state = of.delivered_at ? 'delivered' : of.next_at ? 'waiting' : 'given_up'
  return (
    <>
      <Chip tone={({ delivered: 'good', waiting: 'care', given_up: 'bad' } as const)[state]}>
        {t(`${words}.${state}`)}
      </Chip>{' '}
      <span className="k-quiet">{of.problem}</span>
    </>
  )
}
