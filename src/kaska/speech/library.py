"""Libraries that a recogniser needs and that are not among ours: large, and of use to few."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from kaska.speech.contract import SpeechProblem


def bring(module: str, package: str) -> Any:
    """The module; raises SpeechProblem that says how to get it."""
    try:
        return importlib.import_module(module)
    except ImportError as problem:
        raise SpeechProblem(
            f"KASKA_SPEECH needs the package {package}: install it into Kaska's Python environment "
            f"(.venv/bin/pip install {package}) and start again ({problem})"
        ) from None


def model_at(path: str) -> str:
    """``path`` when there is a directory; raises SpeechProblem."""
    if not Path(path).is_dir():
        raise SpeechProblem(f"KASKA_SPEECH: {path} is no directory with a model; models are downloaded by hand")
    return path
