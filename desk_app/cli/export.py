"""``export requests`` and ``export schools``: send out what is complete, and what schools wait for."""

from __future__ import annotations

import argparse

from desk_app.casework import exports, school_files, school_sending
from desk_app.casework.exports import Exported, Wanted
from desk_app.cli import console
from desk_app.i18n import _, ngettext

_STEPS = {"pdf": "PDF", "xlsx": "Excel"}


def run(asked: argparse.Namespace, _paint: console.Paint | None) -> int:
    """Exit status 0 when all open requests went out, 2 when some were left out, 1 when nothing could be sent."""
    with console.opened(asked.store, asked.user) as desk:
        requests, _touched = desk.do(exports.not_yet_sent)
        left_out, _touched = desk.do(exports.incomplete)
        if not requests:
            _say_left_out(left_out)
            console.say(
                _("Es gibt keine vollständige Anfrage, die noch nicht übermittelt ist. Es entstand keine Datei.")
            )
            return console.INCOMPLETE if left_out else console.FINE
        neither = not (asked.xlsx or asked.pdf)
        wanted = Wanted(requests, asked.to, xlsx=asked.xlsx or neither, pdf=asked.pdf or neither)
        done, _touched = desk.do(lambda work: exports.export_requests(work, wanted, progress()))
    say_exported(done)
    left_out = (*left_out, *done.left_out)
    _say_left_out(left_out)
    return console.INCOMPLETE if left_out else console.FINE


def run_schools(asked: argparse.Namespace, _paint: console.Paint | None) -> int:
    """Exit status 0 when every assigned child's data went to its school, 2 when some were left out, 1 for none."""
    with console.opened(asked.store, asked.user) as desk:
        due, _touched = desk.do(school_files.sets_due)
        if not due:
            console.say(_("Zurzeit wartet keine Schule auf Daten. Es entstand keine Datei."))
            return console.FINE
        wanted = Wanted((), asked.to)
        done, _touched = desk.do(lambda work: school_sending.send(work, due, wanted))
    words = ngettext(
        "Daten von {count} Kind sind geschrieben:", "Daten von {count} Kindern sind geschrieben:", done.sent
    )
    console.say(words.format(count=done.sent))
    _say_shipments(done)
    _say_left_out(done.left_out)
    return console.INCOMPLETE if done.left_out else console.FINE


def progress() -> exports.Progress:
    """Shows on the console how far an export is."""
    counter = console.Counter()

    def told(step: str, done: int, total: int) -> None:
        counter(f"{_STEPS[step]} {done}/{total}" if done < total else "")

    return told


def say_exported(done: Exported) -> None:
    words = ngettext("{count} Anfrage ist übermittelt:", "{count} Anfragen sind übermittelt:", done.sent)
    console.say(words.format(count=done.sent))
    _say_shipments(done)
    for note in done.notes:
        console.say(note)


def _say_shipments(done: Exported) -> None:
    for shipment in done.shipments:
        words = _("Sendung {number} an: {office}").format(number=shipment.number, office=shipment.label)
        console.say(words)
        for path in shipment.files:
            console.say(f"  {path}")
        if shipment.passphrase:
            console.say(_("  Passphrase, bitte nur am Telefon nennen: {words}").format(words=shipment.passphrase))


def _say_left_out(left_out: tuple[exports.LeftOut, ...]) -> None:
    if left_out:
        console.say(_("Nicht dabei:"))
    for item in left_out:
        console.say(f"  {item.reason}")
