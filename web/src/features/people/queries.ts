import { useMutation, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import { queries } from '@/api/queries'

export function usePeople() {
  return useQuery({ queryKey: ['people'], queryFn: () => must(client.GET('/api/people')) })
}

function refresh() {
  for (const key of ['people', 'agents', 'directory', 'settings']) void queries.invalidateQueries({ queryKey: [key] })
}

export function useDisable() {
  return useMutation({
    mutationFn: ({ id, disabled }: { id: string; disabled: boolean }) =>
      must(client.PATCH('/api/people/{person_id}', { params: { path: { person_id: id } }, body: { disabled } })),
    onSettled: refresh,
  })
}

export function useResetPassword() {
  return useMutation({
    mutationFn: (id: string) =>
      must(client.POST('/api/people/{person_id}/password', { params: { path: { person_id: id } } })),
    onSettled: refresh,
  })
}
