/** Drawing sound: peaks of each channel. */

/** The loudest sample of each of `columns` equal slices, 0 to 1. */
export function peaks(samples: ArrayLike<number>, columns: number): Float32Array {
  const result = new Float32Array(columns)
  const width = samples.length / columns
  for (let column = 0; column < columns; column++) {
    const end = Math.min(samples.length, Math.floor((column + 1) * width))
    let top = 0
    for (let i = Math.floor(column * width); i < end; i++) {
      const value = Math.abs(samples[i] ?? 0)
      if (value > top) top = value
    }
    result[column] = top
  }
  return result
}

interface Colours {
  played: string
  ahead: string
}

/** One lane per channel from top to bottom; what was played (`position` 0 to 1) in one colour, the rest in another. */
export function draw(
  canvas: HTMLCanvasElement,
  lanes: readonly Float32Array[],
  position: number,
  colours: Colours,
): void {
  const scale = window.devicePixelRatio || 1
  const width = Math.max(1, Math.round(canvas.clientWidth * scale))
  const height = Math.max(1, Math.round(canvas.clientHeight * scale))
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  const context = canvas.getContext('2d')
  if (!context) return
  context.clearRect(0, 0, width, height)
  const lane = height / Math.max(1, lanes.length)
  const head = position * width
  lanes.forEach((levels, index) => {
    const middle = lane * (index + 0.5)
    for (let x = 0; x < width; x += 2 * scale) {
      const level = levels[Math.min(levels.length - 1, Math.floor((x / width) * levels.length))] ?? 0
      const half = Math.max(0.5 * scale, Math.sqrt(level) * lane * 0.46)
      context.fillStyle = x < head ? colours.played : colours.ahead
      context.fillRect(x, middle - half, 1.4 * scale, half * 2)
    }
  })
}
