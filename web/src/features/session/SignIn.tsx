import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/problem'
import { useNow } from '@/ui/clock'
import { Note, Trouble } from '@/ui/pieces'
import { Door } from './Door'
import { useSignIn } from './session'

/** How long the form stays locked after a refusal: the server's own number, kept until it passes. */
function useLock(error: unknown, failedAt: number): number {
  const now = useNow()
  if (!(error instanceof Problem) || error.status !== 429) return 0
  const seconds = Number(/\d+/.exec(error.message)?.[0] ?? 30)
  return Math.max(0, Math.ceil(failedAt + seconds - now))
}

export function SignIn() {
  const { t } = useTranslation()
  const signIn = useSignIn()
  const [login, setLogin] = useState(() => localStorage.getItem('kaska.login') ?? '')
  const [password, setPassword] = useState('')
  const locked = useLock(signIn.error, signIn.submittedAt / 1000)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    localStorage.setItem('kaska.login', login.trim())
    signIn.mutate({ login: login.trim(), password }, { onError: () => setPassword('') })
  }

  return (
    <Door title={t('session.title')}>
      <form onSubmit={submit} data-testid="login-form">
        <Stack gap="sm">
          <TextInput
            size="sm"
            label={t('session.login')}
            value={login}
            onChange={(e) => setLogin(e.currentTarget.value)}
            autoComplete="username"
            autoFocus={!login}
            required
            withAsterisk={false}
            data-testid="login-name"
          />
          <PasswordInput
            size="sm"
            label={t('session.password')}
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
            autoComplete="current-password"
            autoFocus={!!login}
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': t('session.show') }}
            data-testid="login-password"
          />
          {locked > 0 ? (
            <Note tone="care" testId="login-locked">
              {t('session.locked', { count: locked })}
            </Note>
          ) : (
            signIn.error &&
            !(signIn.error instanceof Problem && signIn.error.status === 429) && <Trouble error={signIn.error} />
          )}
          <Button type="submit" size="sm" loading={signIn.isPending} disabled={locked > 0} data-testid="login-submit">
            {t('session.enter')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
