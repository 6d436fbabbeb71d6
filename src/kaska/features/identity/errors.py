"""Refusals of identity."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class NotSignedIn(ProductError):
    status = 401
    code = "not_signed_in"
    texts: ClassVar[dict[str, str]] = {"ru": "Войдите в систему.", "en": "Sign in first."}


class WrongCredentials(ProductError):
    """One text for an unknown login, a wrong password and a disabled person: none of them is disclosed."""

    status = 401
    code = "wrong_credentials"
    texts: ClassVar[dict[str, str]] = {"ru": "Неверный логин или пароль.", "en": "Wrong login or password."}


class TooManyAttempts(ProductError):
    status = 429
    code = "too_many_attempts"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Слишком много попыток входа. Повторите через {seconds} с.",
        "en": "Too many attempts to sign in. Try again in {seconds} s.",
    }

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds=max(1, seconds))

    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.details["seconds"])}


class Forbidden(ProductError):
    status = 403
    code = "forbidden"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Вашей роли это не разрешено.",
        "en": "Your role does not allow this.",
    }


class CsrfFailed(ProductError):
    status = 403
    code = "csrf_failed"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Страница устарела. Обновите её и повторите.",
        "en": "The page is out of date. Reload it and try again.",
    }


class ForeignOrigin(ProductError):
    status = 403
    code = "foreign_origin"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Запрос пришёл с чужой страницы.",
        "en": "The request came from a foreign page.",
    }


class PasswordChangeRequired(ProductError):
    status = 403
    code = "password_change_required"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Сначала смените одноразовый пароль.",
        "en": "Change the one-time password first.",
    }


class WeakPassword(ProductError):
    status = 400
    code = "weak_password"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Пароль должен быть не короче {least} знаков и не совпадать с логином или прежним паролем.",
        "en": "The password must have at least {least} characters and differ from the login and the old password.",
    }


class LoginTaken(ProductError):
    status = 409
    code = "login_taken"
    texts: ClassVar[dict[str, str]] = {"ru": "Такой логин уже занят.", "en": "This login is already taken."}


class LastAdministrator(ProductError):
    status = 409
    code = "last_administrator"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Это последний администратор: сначала назначьте другого.",
        "en": "This is the last administrator: appoint another one first.",
    }


class WrongPassword(ProductError):
    status = 400
    code = "wrong_password"
    texts: ClassVar[dict[str, str]] = {"ru": "Прежний пароль неверен.", "en": "The old password is wrong."}
