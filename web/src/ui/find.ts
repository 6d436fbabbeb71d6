const plain = (text: string) => text.toLocaleLowerCase().replaceAll('ё', 'е')

/** Whether somebody's number or one of the words beside it is what is looked for. */
export function isSaid(number: string, words: readonly string[], text: string): boolean {
  const sought = plain(text.trim())
  if (!sought) return true
  if (words.some((word) => plain(word).includes(sought))) return true
  if (/[^\d\s()+-]/.test(sought)) return false
  const digits = sought.replace(/\D/g, '')
  // 8 and +7 begin the same number
  return digits !== '' && [digits, digits.replace(/^8/, '7')].some((one) => number.includes(one))
}
