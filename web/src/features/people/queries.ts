import { useMutation, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import { queries } from '@/api/queries'
import type { Role } from '@/api/types'
import type { Skills } from './skills'

export interface PersonForm {
  name: string
  login: string
  role: Role
  locale: 'ru' | 'en'
  extension: string
  skills: Skills
}

export function usePeople() {
  return useQuery({ queryKey: ['people'], queryFn: () => must(client.GET('/api/people')) })
}

/** Workplaces by person: extension and skills. */
export function useWorkplaces() {
  return useQuery({
    queryKey: ['agents'],
    queryFn: async () => new Map((await must(client.GET('/api/agents'))).map((agent) => [agent.id, agent])),
  })
}

function refresh() {
  for (const key of ['people', 'agents', 'directory']) void queries.invalidateQueries({ queryKey: [key] })
}

/** Gives a workplace and publishes it, so that calls can come at once. */
async function giveWorkplace(id: string, { extension, skills }: PersonForm): Promise<void> {
  await must(client.PUT('/api/agents/{agent}', { params: { path: { agent: id } }, body: { extension, skills } }))
  await must(client.POST('/api/publishing'))
}

export function useCreatePerson() {
  return useMutation({
    mutationFn: async (form: PersonForm) => {
      const { name, login, role, locale } = form
      const made = await must(client.POST('/api/people', { body: { name, login, role, locale } }))
      let trouble: unknown
      if (form.extension) await giveWorkplace(made.id, form).catch((error: unknown) => (trouble = error))
      return { made, trouble }
    },
    onSettled: refresh,
  })
}

interface Change {
  id: string
  form: PersonForm
  workplaceChanged: boolean
}

export function useChangePerson() {
  return useMutation({
    mutationFn: async ({ id, form, workplaceChanged }: Change) => {
      const { name, role, locale } = form
      await must(
        client.PATCH('/api/people/{person_id}', { params: { path: { person_id: id } }, body: { name, role, locale } }),
      )
      if (workplaceChanged && form.extension) await giveWorkplace(id, form)
    },
    onSettled: refresh,
  })
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
