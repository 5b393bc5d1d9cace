"""``screens``: every page of the program as a picture."""

from __future__ import annotations

import argparse

from desk_app.cli import console
from desk_app.i18n import ngettext


def run(asked: argparse.Namespace, paint: console.Paint | None) -> int:
    assert paint is not None, "python -m desk_app hands over the window that paints itself"
    with console.opened(asked.store, asked.user) as desk:
        pictures = paint(desk, asked.folder, size=asked.size, theme=asked.theme, scale=asked.scale)
    words = ngettext("{count} Bild ist gespeichert:", "{count} Bilder sind gespeichert:", len(pictures))
    console.say(words.format(count=len(pictures)))
    for path in pictures:
        console.say(f"  {path}")
    return console.FINE
