/** The beginning of a number, spaced like the whole: "+749500008" → "+7 495 000-08". */
export function beginning(raw: string): string {
  const [, code = '', middle = '', pair = '', last = ''] = /^\+7(\d{0,3})(\d{0,3})(\d{0,2})(\d{0,2})$/.exec(raw) ?? []
  if (!code) return raw
  return [`+7 ${code}`, middle && ` ${middle}`, pair && `-${pair}`, last && `-${last}`].join('')
}
