"""``demo``: a store with invented families, and what a day at the desk makes of it."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from desk_app import bootstrap
from desk_app.casework import demo
from desk_app.casework.demo import Made
from desk_app.cli import console
from desk_app.domain.errors import StorePlaceRefused, TargetNotWritable
from desk_app.i18n import N_, _, ngettext

STORE, PAPERS, PICTURES = "Datenbestand", "Anfragen", "Bilder"
_SIZE = (1366, 768)

_OCCUPIED = N_(
    "Im Ordner „{folder}“ liegt schon etwas anderes. Es wurde nichts geändert. "
    "Bitte nennen Sie einen neuen oder leeren Ordner."
)
_OTHER_DEMO = N_(
    "Im Ordner „{folder}“ liegt schon ein anderer Musterbestand ({families} Familien, --seed {seed}). "
    "Es wurde nichts geändert. Bitte nennen Sie einen anderen Ordner oder löschen Sie diesen."
)


def run(asked: argparse.Namespace, paint: console.Paint | None) -> int:
    """Make the demo, or show again the one that is there; only its pictures are made anew then.

    It appears in its folder whole or not at all.
    """
    folder: Path = asked.folder.absolute()
    made = demo.noted_in(folder)
    if made is None:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise StorePlaceRefused(_(_OCCUPIED).format(folder=folder))
        made = _make(folder, asked.families, asked.seed)
    elif (made.families, made.seed) != (asked.families, asked.seed):
        raise StorePlaceRefused(_(_OTHER_DEMO).format(folder=folder, families=made.families, seed=made.seed))
    else:
        console.say(_("Der Musterbestand ist schon da; er bleibt, wie er ist."))
    pictures = _paint(folder, paint) if paint else []
    _say(folder, made, len(pictures))
    return console.FINE


def _make(folder: Path, families: int, seed: int) -> Made:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        passing = tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent)
    except OSError as error:
        raise TargetNotWritable from error
    with passing as name:
        draft = Path(name) / "fertig"
        (draft / PAPERS).mkdir(parents=True)
        made = _fill(draft, families, seed)
        demo.note_in(draft, made)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    return made


def _fill(draft: Path, families: int, seed: int) -> Made:
    counter = console.Counter()

    def told(done: int, total: int) -> None:
        counter(_("Familie {done} von {total}").format(done=done, total=total))

    desk = bootstrap.create(draft / STORE, demo.CENTRE, demo.USER, demo.PASSPHRASE).desk
    try:
        filled = demo.fill(desk, draft / PAPERS, families, seed, told)
    finally:
        counter.done()
        desk.vault.close()
    return Made(filled.families, seed, filled.children, filled.earlier + (filled.now.sent if filled.now else 0))


def _paint(folder: Path, paint: console.Paint) -> list[Path]:
    pictures: list[Path] = []
    for name, theme in (("hell", "light"), ("dunkel", "dark")):
        with console.opened(folder / STORE, None, demo.PASSPHRASE) as desk:
            pictures += paint(desk, folder / PICTURES / name, size=_SIZE, theme=theme, scale=1.0)
    return pictures


def _say(folder: Path, made: Made, pictures: int) -> None:
    papers = sorted((folder / PAPERS).iterdir())
    lists = sum(path.suffix == ".xlsx" for path in papers)
    console.say(_("Alle Personen sind erfunden."))
    words = ngettext("{count} Familie", "{count} Familien", made.families).format(count=made.families)
    children = ngettext("{count} Kind", "{count} Kinder", made.children).format(count=made.children)
    sent = ngettext("{count} Anfrage übermittelt", "{count} Anfragen übermittelt", made.sent).format(count=made.sent)
    console.say(f"{words}, {children}, {sent}.")
    console.say()
    console.say(_("Datenbestand:  {path}").format(path=folder / STORE))
    found = _("{lists} Excel-Listen, {pdfs} PDF").format(lists=lists, pdfs=len(papers) - lists)
    console.say(_("Anfragen:      {path} ({found})").format(path=folder / PAPERS, found=found))
    if pictures:
        console.say(_("Bilder:        {path} ({count})").format(path=folder / PICTURES, count=pictures))
    console.say(_("Anmeldung:     {user}").format(user=demo.USER))
    console.say(_("Passphrase:    {passphrase}   (nur für Musterdaten)").format(passphrase=demo.PASSPHRASE))
    console.say()
    console.say(_('Im Fenster öffnen:  trittstein --store "{path}"').format(path=folder / STORE))
