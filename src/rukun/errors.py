"""The one family of errors that reaches people, and the problems a reader lists."""

from __future__ import annotations

from dataclasses import dataclass


class UserError(Exception):
    """Something a person can put right.

    ``code`` is stable (kebab-case), ``message`` says what is wrong, ``hint`` what to do,
    ``where`` the file, row, place or field; ``message_id`` and ``hint_id`` say the same in
    Indonesian. Anything else that is raised is a bug.
    """

    def __init__(
        self,
        code: str,
        message: str,
        hint: str = "",
        where: str = "",
        *,
        message_id: str = "",
        hint_id: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.where = where
        self.message_id = message_id
        self.hint_id = hint_id

    def say(self, lang: str) -> tuple[str, str]:
        """What is wrong and what to do, in ``id`` or ``en``."""
        if lang == "id":
            return self.message_id or self.message, self.hint_id or self.hint
        return self.message, self.hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.hint}" if self.hint else ""
        return f"{place}{self.message}{advice} [{self.code}]"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a reader could not take, with the way to put it right.

    ``row`` counts as a person counts in the file (the header is row 1; 0 where the problem
    is with the whole file). ``blocking`` problems keep the row out; others are only said.
    """

    code: str
    file: str
    row: int
    column: str
    value: str
    why: str
    hint: str
    sheet: str = ""
    blocking: bool = True
    why_id: str = ""
    hint_id: str = ""

    def say(self, lang: str) -> str:
        """Why and what to do, in ``id`` or ``en``."""
        if lang == "id" and self.why_id:
            return f"{self.why_id} {self.hint_id}"
        return f"{self.why} {self.hint}"

    def __str__(self) -> str:
        sheet = f", sheet {self.sheet}" if self.sheet else ""
        row = f", row {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        value = f" “{self.value}”" if self.value else ""
        return f"{self.file}{sheet}{row}{column}:{value} {self.why} {self.hint} [{self.code}]"
