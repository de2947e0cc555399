"""A second reader on this machine: an encoder in ONNX form that names the mode of a post.

Needs ``rukun[onnx]``. Nothing is ever fetched: the operator brings the folder, with ``model.onnx``
(inputs ``input_ids`` and ``attention_mask``, and ``token_type_ids`` where the model has it; first
output: one row of scores), ``tokenizer.json`` (Hugging Face tokenizers) and ``modes.json`` (the
mode of each score, in order; a word that is no mode counts as no answer).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np

from rukun.errors import UserError
from rukun.talk.screen.frames import MODES

#: Tokens of a post that are read; what is longer is cut.
LONGEST: Final = 256
PARTS: Final = ("model.onnx", "tokenizer.json", "modes.json")


@dataclass(frozen=True)
class EncoderReader:
    """The reader of one folder; see ``SecondReader``."""

    name: str
    session: Any
    tokenizer: Any
    modes: tuple[str, ...]

    def mode(self, text: str) -> str | None:
        """The mode with the highest score, or None where that is no mode."""
        read = self.tokenizer.encode(text)
        wanted = {i.name for i in self.session.get_inputs()}
        given = {
            "input_ids": read.ids,
            "attention_mask": read.attention_mask,
            "token_type_ids": read.type_ids,
        }
        rows = {k: np.array([v], dtype=np.int64) for k, v in given.items() if k in wanted}
        scores = np.asarray(self.session.run(None, rows)[0]).reshape(-1)
        word = self.modes[int(scores.argmax())] if scores.size == len(self.modes) else ""
        return word if word in MODES else None


def encoder(folder: Path) -> EncoderReader:
    """The reader of a folder. Raises ``UserError``: ``encoder-extra`` without the packages,
    ``encoder-folder`` where a part is missing or cannot be read."""
    runtime, tokenizers = _needed("onnxruntime"), _needed("tokenizers")
    missing = [part for part in PARTS if not (folder / part).is_file()]
    if missing:
        raise _unusable(folder, f"lacks {', '.join(missing)}", f"tidak memuat {', '.join(missing)}")
    try:
        modes = tuple(map(str, json.loads((folder / "modes.json").read_text("utf-8"))))
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.enable_truncation(LONGEST)
        session = runtime.InferenceSession(
            str(folder / "model.onnx"), providers=["CPUExecutionProvider"]
        )
    except Exception as err:  # these libraries raise their own kinds, and bare ones
        reason = (str(err).splitlines() or [type(err).__name__])[0]
        said = f"cannot be read ({reason})", f"tidak dapat dibaca ({reason})"
        raise _unusable(folder, *said) from err
    return EncoderReader(folder.name, session, tokenizer, modes)


def _unusable(folder: Path, en: str, id: str) -> UserError:
    return UserError(
        "encoder-folder",
        f"the folder of the second reader {en}.",
        f"It must hold {', '.join(PARTS)}.",
        str(folder),
        message_id=f"folder pembaca kedua {id}.",
        hint_id=f"Folder harus memuat {', '.join(PARTS)}.",
    )


def _needed(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError as err:
        raise UserError(
            "encoder-extra",
            "a second reader on this machine needs further packages.",
            "Install them with: pip install 'rukun[onnx]'",
            message_id="pembaca kedua di mesin ini memerlukan paket tambahan.",
            hint_id="Pasang dengan: pip install 'rukun[onnx]'",
        ) from err
