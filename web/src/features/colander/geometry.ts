/** The shape of the stream: pure numbers, so that a test can look at them. Units are those of the picture's view box. */
export const WIDTH = 1200
export const TOP = 46
export const THICK = 128
export const WALL = TOP + THICK + 16
export const FALL = WALL + 62
const LEFT = 150
const RIGHT = 1050
const THINNEST = 3

export interface Hole {
  /** the middle of the hole */
  x: number
  /** half of the width of what falls through; 0 = nothing does */
  half: number
  /** the stream's lower edge before and behind it */
  before: number
  after: number
}

/** `leaks`: contacts that leak at each place, in the order of the way, out of `whole`. */
export function holesOf(whole: number, leaks: readonly number[]): Hole[] {
  const step = (RIGHT - LEFT) / Math.max(1, leaks.length)
  let edge = TOP + THICK
  return leaks.map((count, place) => {
    const drop = whole > 0 ? (THICK * count) / whole : 0
    const hole = {
      x: LEFT + step * (place + 0.5),
      half: count > 0 ? Math.min(Math.max(drop, THINNEST) / 2, step * 0.36) : 0,
      before: edge,
      after: edge - drop,
    }
    edge -= drop
    return hole
  })
}

/** The stream as a path: straight above, falling by each leak below. */
export function streamOf(holes: readonly Hole[]): string {
  const last = holes.at(-1)?.after ?? TOP + THICK
  const lower = holes
    .map(({ x, before, after }) => `L ${x - 46} ${before} C ${x} ${before}, ${x} ${after}, ${x + 46} ${after}`)
    .join(' ')
  return `M 96 ${TOP} L 96 ${TOP + THICK} ${lower} L 1104 ${last} L 1104 ${TOP} Z`
}

/** What falls through one hole: leaves the stream in a curve and thins on its way. */
export function fallOf({ x, half, before }: Hole): string {
  const wide = half * 1.7 + 5
  const thin = Math.max(1.2, half * 0.72)
  return (
    `M ${x - wide} ${before - 2} C ${x - half} ${before}, ${x - half} ${before + 6}, ${x - half} ${WALL} ` +
    `L ${x - thin} ${FALL} A ${thin} ${thin} 0 0 0 ${x + thin} ${FALL} L ${x + half} ${WALL} ` +
    `C ${x + half} ${before + 6}, ${x + half} ${before}, ${x + wide} ${before - 2} Z`
  )
}
