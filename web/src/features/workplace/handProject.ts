import { useMyCall } from '@/features/phone/mine'

/** The project of the conversation I am in; '' without one. */
export function useHandProject(): string {
  return useMyCall().row?.project ?? ''
}
