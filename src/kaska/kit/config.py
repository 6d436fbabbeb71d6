"""Settings of one installation, from environment variables ``KASKA_*`` or ``STATE/kaska.env``.

Everything that people configure in the product (numbers, queues, people) lives in the database, not here.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

UNFINISHED = "unfinished"
ROLES = ("web", "engine", "jobs")
TWO_PROCESSES = "engine;web,jobs"
"""what decides calls, and apart from it what people look at: a large report makes no caller wait"""


class Settings(BaseSettings):
    """Ports are all on loopback unless their ``*_host`` says otherwise."""

    model_config = SettingsConfigDict(env_prefix="KASKA_", env_file=".state/kaska.env", extra="ignore")

    state: Path = Path(".state")
    roles: str = TWO_PROCESSES
    """what runs; each group between semicolons is a process with those roles"""
    node: str = "kaska"
    """name of this machine in identifiers; also Asterisk's system name"""
    log_level: str = "INFO"

    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=1, le=65535)
    web_secure: bool = False
    """set when the page is served over HTTPS: cookies become Secure"""

    database_url: str = ""
    """postgresql://… of a server with a database for us; "" = a private cluster under ``state``"""
    postgres_port: int = Field(default=5442, ge=1, le=65535)

    asterisk: str = ""
    """path of an asterisk binary to use; "" = PATH, else our own unpacked tree under ``state``"""
    sip_host: str = "127.0.0.1"
    sip_port: int = Field(default=5060, ge=1, le=65535)
    asterisk_http_port: int = Field(default=8088, ge=1, le=65535)
    """ARI and SIP over WebSocket; always bound to loopback, browsers come through our own web port"""
    ari_port: int = Field(default=0, ge=0, le=65535)
    """where the application reaches ARI when that is not ``asterisk_http_port`` itself (a tunnel); 0 = the same"""
    rtp_start: int = 10000
    rtp_end: int = 11999

    speech: str = ""
    """recogniser of speech in menus, e.g. "vosk:ru=/models/ru"; "" = keys only (see kaska.speech.recognisers)"""

    page_lease: float = Field(default=60.0, ge=10.0, le=600.0)
    """seconds without a word from his pages after which an agent who works in a browser is signed out"""

    compare_every: float = Field(default=60.0, gt=0)
    """seconds between two comparisons of the books"""
    compare_after: float = Field(default=60.0, ge=0)
    """seconds after its end until a contact is compared, and until a recording that was left behind is taken care of"""

    smtp_host: str = ""
    """mail server for alerts; "" = no mail is sent. The password of ``smtp_user`` is the file ``secrets/smtp``"""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_from: str = "kaska@localhost"
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    webhooks_private: bool = False
    """webhooks may lead to addresses inside our own network"""

    @cached_property
    def active_roles(self) -> frozenset[str]:
        """All that run on this machine, in however many processes."""
        chosen = frozenset(r.strip() for r in self.roles.replace(";", ",").split(",") if r.strip())
        unknown = chosen - set(ROLES)
        if unknown or not chosen:
            raise ValueError(
                f"KASKA_ROLES: {', '.join(sorted(unknown)) or 'nothing'} — choose among {', '.join(ROLES)}"
            )
        return chosen

    @cached_property
    def processes(self) -> tuple[str, ...]:
        """``roles`` of each process."""
        return tuple(group.strip(" ,") for group in self.roles.split(";") if group.strip(" ,"))

    @property
    def root(self) -> Path:
        """``state`` as an absolute path."""
        return self.state.resolve()

    @property
    def engine_door(self) -> Path:
        """The unix socket by which other processes of this machine ask the engine."""
        return self.root / "run" / "engine.sock"

    @property
    def speech_socket(self) -> Path:
        """The unix socket of the process with the recogniser."""
        return self.root / "run" / "speech.sock"

    @property
    def recordings_dir(self) -> Path:
        """The finished stereo files."""
        return self.root / "recordings"

    @property
    def unfinished_dir(self) -> Path:
        """What Asterisk writes while people talk. Apart from what is finished: that grows for years, and this is looked
        through every minute."""
        return self.recordings_dir / UNFINISHED

    @property
    def messages_dir(self) -> Path:
        return self.root / "messages"

    @property
    def faxes_dir(self) -> Path:
        """What fax machines sent, as the switch wrote it down."""
        return self.root / "faxes"

    @property
    def secrets_dir(self) -> Path:
        """Mode 0700; one file per secret, made at the first start."""
        return self.root / "secrets"


class SettingsProblem(Exception):
    """The settings cannot be used. The message names each one and says what is wrong with it."""


def load() -> Settings:
    """The settings of this process, checked. Raises SettingsProblem."""
    try:
        chosen = Settings()
        _ = chosen.active_roles
    except ValidationError as error:
        lines = [f"  KASKA_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors()]
        raise SettingsProblem("\n".join(["These settings cannot be used:", *lines])) from None
    except ValueError as error:
        raise SettingsProblem(f"These settings cannot be used:\n  {error}") from None
    return chosen
