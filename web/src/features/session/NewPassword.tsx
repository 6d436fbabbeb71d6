import { Button, PasswordInput, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Note, Trouble } from '@/ui/pieces'
import { Door } from './Door'
import { useChangePassword, useSignOut } from './session'

/** A one-time password must be replaced before anything else can be done. */
export function NewPassword() {
  const { t } = useTranslation()
  const change = useChangePassword()
  const signOut = useSignOut()
  const [old, setOld] = useState('')
  const [fresh, setFresh] = useState('')
  const [again, setAgain] = useState('')
  const differs = again !== '' && again !== fresh

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (fresh === again) change.mutate({ old_password: old, new_password: fresh })
  }
  const eye = { 'aria-label': t('session.show') }

  return (
    <Door title={t('session.new_title')}>
      <form onSubmit={submit} data-testid="password-form">
        <Stack gap="sm">
          <Note tone="away">{t('session.one_time')}</Note>
          <PasswordInput
            size="sm"
            label={t('session.current')}
            value={old}
            onChange={(e) => setOld(e.currentTarget.value)}
            autoComplete="current-password"
            autoFocus
            required
            withAsterisk={false}
            visibilityToggleButtonProps={eye}
            data-testid="password-current"
          />
          <PasswordInput
            size="sm"
            label={t('session.fresh')}
            description={t('session.rule')}
            value={fresh}
            onChange={(e) => setFresh(e.currentTarget.value)}
            autoComplete="new-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={eye}
            data-testid="password-new"
          />
          <PasswordInput
            size="sm"
            label={t('session.again')}
            value={again}
            onChange={(e) => setAgain(e.currentTarget.value)}
            autoComplete="new-password"
            required
            withAsterisk={false}
            error={differs ? t('session.differ') : undefined}
            visibilityToggleButtonProps={eye}
            data-testid="password-again"
          />
          {change.error && <Trouble error={change.error} />}
          <Button type="submit" size="sm" loading={change.isPending} disabled={differs} data-testid="password-submit">
            {t('session.change')}
          </Button>
          <Button variant="subtle" color="gray" size="sm" onClick={() => signOut.mutate()}>
            {t('session.leave')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
