"""Files of foreign systems: any encoding, packed or not, as text in large pieces."""

from __future__ import annotations

import codecs
import gzip
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

PIECE = 1 << 17
SAMPLE = 1 << 16
SAMPLES = 12
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class UnreadableFile(Exception):
    """A file that cannot be opened or holds no text; the message is for a person."""


@dataclass(frozen=True, slots=True)
class Source:
    path: Path
    encoding: str
    """a name that Python knows"""
    sample: str
    """the beginning, decoded"""
    digest: str
    """equal for files of equal size and beginning"""
    progress: Callable[[int], None] = lambda size: None
    """told how many bytes were read"""

    @property
    def name(self) -> str:
        return self.path.name

    def pieces(self) -> Iterator[str]:
        """The whole text, decoded; what cannot be decoded becomes U+FFFD. Lines may be cut by the pieces' borders."""
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        first = True
        for data in self._bytes():
            text = decoder.decode(data)
            yield text.removeprefix("\ufeff") if first else text
            first = False
        yield decoder.decode(b"", final=True)

    def raw_pieces(self) -> Iterator[str]:
        """As ``pieces``, but each character stands for a byte of a superset of ASCII: fast. See ``raw_encoding``."""
        if self.encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"):
            for text in self.pieces():
                yield text.encode("utf-8", "replace").decode("latin-1")
            return
        for data in self._bytes():
            yield data.decode("latin-1")

    @property
    def raw_encoding(self) -> str:
        return "utf-8" if self.encoding.startswith("utf") else self.encoding

    def _bytes(self) -> Iterator[bytes]:
        try:
            with _open(self.path) as file:
                while data := file.read(PIECE):
                    self.progress(len(data))
                    yield data
        except (OSError, EOFError) as error:
            raise UnreadableFile(f"{self.path}: {error}") from None


def open_source(path: Path, progress: Callable[[int], None] = lambda size: None) -> Source:
    """Looks at the file and decides its encoding. Raises UnreadableFile."""
    try:
        samples = _samples(path)
    except (OSError, EOFError) as error:
        raise UnreadableFile(f"{path}: {error}") from None
    encoding = encoding_of(samples)
    text = samples[0].decode(encoding, "replace").removeprefix("\ufeff")
    size = path.stat().st_size
    digest = hashlib.sha256(b"%d:" % size + b"".join(samples)).hexdigest()
    return Source(path, encoding, text, digest, progress)


def _open(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[return-value]  # GzipFile is a BinaryIO


def _samples(path: Path) -> list[bytes]:
    """The beginning and places all over the file; of a packed file only the beginning."""
    with _open(path) as file:
        found = [file.read(SAMPLE * 4)]
        size = path.stat().st_size
        if isinstance(file, gzip.GzipFile) or size <= SAMPLE * 4:
            return found
        for number in range(1, SAMPLES):
            file.seek(size * number // SAMPLES & ~1)
            found.append(file.read(SAMPLE))
        return found


def encoding_of(samples: list[bytes]) -> str:
    """utf-8-sig, utf-8, utf-16 (with or without its mark), cp1251 or koi8-r."""
    head = samples[0]
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head[:2] in _WIDE:
        return "utf-16"
    if head[:SAMPLE].count(0) > len(head[:SAMPLE]) // 5:
        return "utf-16-le" if head[1:SAMPLE:2].count(0) >= head[0:SAMPLE:2].count(0) else "utf-16-be"
    if all(_is_utf8(sample) for sample in samples):
        return "utf-8"
    everything = b"".join(samples)
    small_in_cp1251 = sum(byte >= 0xE0 for byte in everything)
    small_in_koi8 = sum(0xC0 <= byte < 0xE0 for byte in everything)
    return "cp1251" if small_in_cp1251 >= small_in_koi8 else "koi8-r"


def _is_utf8(sample: bytes) -> bool:
    """Whether it is UTF-8 but for a few broken places. Letters cut by the sample's borders do not count."""
    inner = sample.lstrip(bytes(range(0x80, 0xC0))) if sample[:1] >= b"\x80" else sample
    broken = codecs.getincrementaldecoder("utf-8")("replace").decode(inner).count("\ufffd")
    return not broken or broken * 4 <= sum(byte >= 0x80 for byte in inner)
