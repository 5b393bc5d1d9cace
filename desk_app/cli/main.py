"""Reading the command line and choosing the command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from desk_app import __version__
from desk_app.cli import check, console, demo, export, restore, screens
from desk_app.cli.console import Paint
from desk_app.domain.clock import system_clock
from desk_app.domain.errors import WorldError
from desk_app.i18n import _
from desk_app.presenters.unlock import words_of
from desk_app.settings import THEMES


class _Parser(argparse.ArgumentParser):
    """An ``ArgumentParser`` that speaks German and ends with one sentence when it does not understand."""

    def __init__(self, **settings: object) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **settings)  # type: ignore[arg-type]  # passed on as given
        self._optionals.title = _("Optionen")
        self._positionals.title = _("Angaben")
        self.add_argument("-h", "--help", action="help", help=_("diese Hilfe zeigen"))

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", _("Aufruf: "), 1)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", _("Aufruf: "), 1)

    def error(self, message: str) -> NoReturn:
        words = _("Das habe ich nicht verstanden. „{prog} --help“ zeigt, wie der Befehl geht.").format(prog=self.prog)
        self.exit(console.FAILED, f"{self.format_usage()}{words} ({message})\n")


def parser() -> argparse.ArgumentParser:
    """The parser of all commands; the README is checked against it."""
    root = _Parser(
        prog="trittstein",
        description=_("Von der ersten Beratung bis zum Schulplatz. Ohne Befehl öffnet sich das Fenster."),
        epilog=_("Die Passphrase kommt von der Eingabe oder aus TRITTSTEIN_PASSPHRASE, nie aus der Befehlszeile."),
    )
    root.add_argument("--version", action="version", version=f"Trittstein {__version__}", help=_("die Version zeigen"))
    verbs = root.add_subparsers(title=_("Befehle"), metavar=_("BEFEHL"), required=True, parser_class=_Parser)
    _add_demo(verbs)
    _add_screens(verbs)
    _add_export(verbs)
    _add_check(verbs)
    _add_restore(verbs)
    return root


def main(argv: Sequence[str], paint: Paint | None = None) -> int:
    """Run one command and answer its exit status; ``paint`` makes pictures of the window where a command needs it."""
    try:
        asked = parser().parse_args(argv)
        status: int = asked.run(asked, paint)
    except WorldError as error:
        console.complain(words_of(error, system_clock()))
        return console.FAILED
    except KeyboardInterrupt:
        console.complain(_("Abgebrochen."))
        return 130
    except SystemExit as stop:  # argparse ends the program itself, after help or a word it does not know
        return stop.code if isinstance(stop.code, int) else console.FAILED
    return status


_Verbs = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _add_demo(verbs: _Verbs[_Parser]) -> None:
    words = _("einen Datenbestand mit erfundenen Familien anlegen und zeigen, wie alles geht")
    verb = verbs.add_parser("demo", help=words, description=words)
    verb.add_argument("folder", type=Path, metavar=_("ORDNER"), help=_("neuer oder leerer Ordner"))
    verb.add_argument("--families", type=_count, default=9, metavar=_("ZAHL"), help=_("wie viele Familien (sonst 9)"))
    verb.add_argument(
        "--seed", type=int, default=1, metavar=_("ZAHL"), help=_("andere Zahl, andere Familien (sonst 1)")
    )
    verb.set_defaults(run=demo.run)


def _add_screens(verbs: _Verbs[_Parser]) -> None:
    words = _("jede Seite des Programms als Bild speichern")
    verb = verbs.add_parser("screens", help=words, description=words)
    verb.add_argument("folder", type=Path, metavar=_("ORDNER"), help=_("wohin die Bilder kommen"))
    _add_store(verb)
    verb.add_argument(
        "--size", type=_size, default=(1366, 768), metavar=_("BxH"), help=_("Fenstergröße (sonst 1366x768)")
    )
    verb.add_argument("--theme", choices=THEMES[1:], default=THEMES[1], help=_("hell oder dunkel (sonst light)"))
    verb.add_argument(
        "--scale", type=_scale, default=1.0, metavar=_("FAKTOR"), help=_("Textgröße von 0.9 bis 1.5 (sonst 1)")
    )
    verb.set_defaults(run=screens.run)


def _add_export(verbs: _Verbs[_Parser]) -> None:
    words = _("Dateien für andere Stellen erstellen")
    verb = verbs.add_parser("export", help=words, description=words)
    what = verb.add_subparsers(title=_("Was"), metavar=_("WAS"), required=True, parser_class=_Parser)
    words = _("alle vollständigen, noch nicht übermittelten Schulplatzanfragen als Excel-Liste und PDF")
    requests = what.add_parser("requests", help=words, description=words)
    _add_store(requests)
    requests.add_argument("--to", type=Path, required=True, metavar=_("ORDNER"), help=_("wohin die Dateien kommen"))
    requests.add_argument("--xlsx", action="store_true", help=_("nur die Excel-Liste"))
    requests.add_argument("--pdf", action="store_true", help=_("nur die PDFs"))
    requests.set_defaults(run=export.run)
    words = _("für jede Schule, die darauf wartet, die Daten ihrer Kinder zum Einlesen in SchILD-NRW oder SVWS")
    schools = what.add_parser("schools", help=words, description=words)
    _add_store(schools)
    schools.add_argument("--to", type=Path, required=True, metavar=_("ORDNER"), help=_("wohin die Dateien kommen"))
    schools.set_defaults(run=export.run_schools)


def _add_check(verbs: _Verbs[_Parser]) -> None:
    words = _("prüfen, ob ein Datenbestand in Ordnung ist")
    verb = verbs.add_parser("check", help=words, description=words)
    _add_store(verb)
    verb.set_defaults(run=check.run)


def _add_restore(verbs: _Verbs[_Parser]) -> None:
    words = _("eine Sicherung zurückholen; der bisherige Datenbestand wird aufgehoben")
    verb = verbs.add_parser("restore", help=words, description=words)
    verb.add_argument("--store", type=Path, required=True, metavar=_("ORDNER"), help=_("Ordner des Datenbestands"))
    verb.add_argument(
        "--from", type=Path, required=True, dest="backup", metavar=_("ORDNER"),
        help=_("eine Sicherung, oder der Ordner mit allen (dann die neueste)"),
    )  # fmt: skip
    verb.add_argument(
        "--user", metavar=_("NAME"), help=_("wessen Passphrase die Sicherung öffnet (sonst die erste Person)")
    )
    verb.set_defaults(run=restore.run)


def _add_store(verb: _Parser) -> None:
    verb.add_argument("--store", type=Path, required=True, metavar=_("ORDNER"), help=_("Ordner des Datenbestands"))
    verb.add_argument("--user", metavar=_("NAME"), help=_("wer sich anmeldet (sonst die erste Person)"))


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= 20_000:
        raise argparse.ArgumentTypeError(_("eine Zahl von 1 bis 20000"))
    return count


def _size(text: str) -> tuple[int, int]:
    width, _x, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 320 <= int(width) <= 8000 and 240 <= int(height) <= 8000):
        raise argparse.ArgumentTypeError(_("Breite und Höhe wie 1366x768"))
    return int(width), int(height)


def _scale(text: str) -> float:
    scale = float(text.replace(",", "."))
    if not 0.9 <= scale <= 1.5:
        raise argparse.ArgumentTypeError(_("eine Zahl von 0.9 bis 1.5"))
    return scale
