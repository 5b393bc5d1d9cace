"""Words somebody typed into a note and did not enter: kept for their author until they are entered or wiped.

A dialog may be closed by Esc or by the lock of the desk; what was typed is there again when it is next opened.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from desk_app.casework.desk import Work
from desk_app.storage.tables import CentreSetting

LEFT: Final = "words.left"
_LEFT: Final = UUID("b2f0a5d8-4c35-5f0a-9a7e-5f1d9f0c7e21")


def keep(work: Work, about: str, words: str) -> None:
    """Keep what is typed ``about`` something, such as "outcome/<id of the referral>"; empty takes it away."""
    row = work.session.get(CentreSetting, _id(work))
    before = _texts(row)
    texts = {key: text for key, text in {**before, about: words}.items() if text.strip()}
    if texts == before:
        return
    if row is None:
        work.session.add(CentreSetting(id=_id(work), key=f"left:{work.user}", value=texts, **work.made))
    else:
        row.value = texts
        work.touch(row)
    work.session.flush()
    work.note(LEFT, "draft", _id(work), touched="")


def read(work: Work, about: str) -> str:
    """What was kept; "" where nothing was."""
    return _texts(work.session.get(CentreSetting, _id(work))).get(about, "")


def _texts(row: CentreSetting | None) -> dict[str, str]:
    value = row.value if row is not None else None
    return {str(key): str(text) for key, text in value.items()} if isinstance(value, dict) else {}


def _id(work: Work) -> UUID:
    return uuid5(_LEFT, str(work.user))
