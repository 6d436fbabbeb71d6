import { useMutation } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import { refreshSettings } from './entity'

/** Says what people call a skill; at once, whatever becomes of the form that it is needed in. */
export function useNameSkill() {
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; name: string; revision: string | undefined }) =>
      must(client.PUT('/api/skills/{id}', { params: { path: { id } }, body })),
    onSuccess: refreshSettings,
  })
}
