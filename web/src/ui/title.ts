import { useEffect } from 'react'

/** The browser tab's title: who rings, else how many wait, else the product alone. Whoever shows something takes it back. */
export class TabTitle {
  private product = ''
  private waiting = 0
  private ringing = ''
  private readonly write: (title: string) => void

  constructor(write: (title: string) => void) {
    this.write = write
  }

  private set(change: { product?: string; waiting?: number; ringing?: string }): void {
    Object.assign(this, change)
    const rest = this.waiting > 0 ? `(${this.waiting}) ${this.product}` : this.product
    this.write(this.ringing ? `☎ ${this.ringing}` : rest)
  }

  named(product: string): void {
    this.set({ product })
  }

  waits(waiting: number): void {
    this.set({ waiting })
  }

  /** "" = nobody rings, or the blink's other half. */
  rings(ringing: string): void {
    this.set({ ringing })
  }
}

export const tabTitle = new TabTitle((title) => {
  if (document.title !== title) document.title = title
})

/** As long as the screen is shown, the tab tells how many wait. */
export function useWaitingInTitle(waiting: number): void {
  useEffect(() => tabTitle.waits(waiting), [waiting])
  useEffect(() => () => tabTitle.waits(0), [])
}
