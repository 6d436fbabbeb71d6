"""What the inhabitants say: sentences by espeak-ng when it is there, else murmuring tones."""

from __future__ import annotations

import asyncio
import hashlib
import random
import shutil
from pathlib import Path

from phones import Call, Sound, from_wav, tone

CUSTOMER_LINES = (
    "Здравствуйте, я хотел бы узнать, сколько стоит окно на кухню.",
    "Добрый день! У меня заказ на балконную дверь, когда её привезут?",
    "Скажите, пожалуйста, а замерщик приедет в субботу?",
    "Хорошо, меня это устраивает. А гарантия есть?",
    "Ручка на окне стала туго поворачиваться, что посоветуете?",
    "Да, записываю. Спасибо большое!",
)
OPERATOR_LINES = (
    "Фабрика окон, здравствуйте! Чем могу помочь?",
    "Одну минуту, я посмотрю ваш заказ.",
    "Замерщик может приехать завтра с десяти до двенадцати.",
    "Гарантия на окна пять лет, на фурнитуру два года.",
    "Я всё записала. Будут ещё вопросы?",
    "Спасибо за звонок, всего доброго!",
)
MESSAGE_LINES = (
    "Здравствуйте. Я не дождался ответа. Перезвоните мне, пожалуйста, по поводу замера двух окон. Спасибо.",
    "Добрый вечер. Хотела узнать про москитные сетки. Мой номер у вас определился, перезвоните завтра утром.",
)


class Speech:
    """Sentences as sounds. ``prepare`` makes what is missing in ``folder``; without a voice there are tones."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sounds: dict[str, list[Sound]] = {}
        self._murmurs = [tone(frequency, amplitude=0.1) for frequency in (310, 470)]

    async def prepare(self) -> None:
        if not shutil.which("espeak-ng"):
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        for role, lines, pitch in (
            ("customer", CUSTOMER_LINES, 35),
            ("operator", OPERATOR_LINES, 65),
            ("message", MESSAGE_LINES, 45),
        ):
            self._sounds[role] = [await self._sound(line, pitch) for line in lines]

    async def _sound(self, line: str, pitch: int) -> Sound:
        name = hashlib.sha256(f"{pitch} {line}".encode()).hexdigest()[:16]
        path = self._folder / f"{name}.wav"
        if not path.exists():
            command = ["espeak-ng", "-v", "ru", "-p", str(pitch), "-s", "150", "-a", "80", "-w", str(path), line]
            process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
            await process.wait()
        return await asyncio.to_thread(from_wav, path)

    async def chat(self, call: Call, role: str) -> None:
        """Say sentence after sentence with pauses, until cancelled or the call is over."""
        lines = self._sounds.get(role, [])
        while call.state != "over":
            if lines:
                await self.say(call, random.choice(lines))
                await asyncio.sleep(random.uniform(0.8, 3.0))
            else:
                call.say(random.choice(self._murmurs))
                await asyncio.sleep(random.uniform(1.0, 3.0))

    async def dictate(self, call: Call) -> None:
        """Say a message for the recorder, once."""
        lines = self._sounds.get("message", [])
        if lines:
            await self.say(call, random.choice(lines))
        else:
            call.say(self._murmurs[0])
            await asyncio.sleep(5)

    async def say(self, call: Call, sound: Sound) -> None:
        """As long as it lasts, also when nothing leaves because we are held."""
        call.say(sound)
        await asyncio.sleep(sound.seconds)
