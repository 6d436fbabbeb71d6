import type { components } from '@/api/generated/schema'

type Figure = components['schemas']['OwnFigure']

/** Figures worth a row: those of which I or the others have something. */
export function besides(figures: readonly Figure[]): Figure[] {
  return figures.filter((one) => (one.mine ?? 0) !== 0 || (one.peers ?? 0) !== 0)
}
