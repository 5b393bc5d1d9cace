"""The bytes of SchILD-NRW's text files, and the two texts that go with a set for a school.

Texts open in Windows' own editor: UTF-8 with its mark, lines ended by CR LF.
"""

from __future__ import annotations

import textwrap
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.domain.ansi import WINDOWS_1252
from desk_app.domain.dates import show_day
from desk_app.domain.schild import Expressed, LeftOut, Loss
from desk_app.domain.school_columns import Form, SchoolFile, school_files
from desk_app.i18n import N_, _, ngettext

SEPARATOR = "|"
SUFFIX = ".dat"
_NEW_LINE = "\r\n"
_WIDTH = 78

_FOLDERS = {
    Form.UTF_8: (N_("Ordner UTF-8"), N_("für SchILD-NRW, mit allen Buchstaben der Namen")),
    Form.ANSI: (N_("Ordner ANSI"), N_("für SchILD-NRW, wenn es UTF-8 nicht richtig liest")),
    Form.SVWS: (N_("Ordner SVWS-Import"), N_("drei Excel-Tabellen für den SVWS-Server")),
}
_REPORT = (N_("Verlustbericht.txt"), N_("was in welcher Fassung anders ist als in unserer Akte"))
_SCHILD_STEPS = (
    N_("Sichern Sie zuerst Ihre SchILD-Daten."),
    N_("Öffnen Sie Verwaltung, Import, Schnittstelle SchILD-NRW und wählen Sie den Ordner UTF-8. "
       "Haken Sie alle vier Dateien an."),
    N_("Wählen Sie Schulwechsel-Import. Er übernimmt nur Stammdaten, Erziehungsberechtigte, Telefonnummern und "
       "Anschriften. Der normale Import legt fehlende Einträge in Ihren Katalogen von selbst an."),
    N_("Haken Sie „Keine Änderungen an vorhandenen Datensätzen“ an. Dann wird ergänzt, was fehlt, und nichts "
       "überschrieben, was bei Ihnen schon steht."),
    N_("Lassen Sie „Keine Schüler neu anlegen“ frei, sonst kommt kein neues Kind an."),
    N_("Lesen Sie das Protokoll und sichern Sie es. Sehen Sie sich bei einem Kind den Namen an."),
)  # fmt: skip
_SCHILD_NOTES = (
    N_("Bitte lesen Sie nur einen der beiden Ordner ein. SchILD erkennt ein Kind an Nachname, Vorname und "
       "Geburtsdatum: Mit „Şahin“ aus dem einen und „Sahin“ aus dem anderen Ordner stünde es zweimal da."),
    N_("Sind nach dem Einlesen Buchstaben falsch, löschen Sie die neu angelegten Kinder und lesen Sie den Ordner ANSI "
       "ein. Bitte tragen Sie die Namen danach so ein, wie sie im Ausweis stehen."),
)  # fmt: skip
_SVWS_STEPS = (
    N_("Nehmen Sie die drei Tabellen nacheinander: Stammdaten, Schulbesuch, Erzieher. Die Spaltennamen stehen in der "
       "ersten Zeile."),
    N_("Ordnen Sie die Spalte Status zu. Ohne sie legt der Assistent die Kinder als aktiv an, sie sind aber "
       "Neuaufnahmen."),
    N_("Die Klasse verlangt der Assistent. Ist sie leer, tragen Sie sie vorher in die Tabelle ein; sie muss bei Ihnen "
       "schon angelegt sein."),
    N_("Die Spalte Anfrage KI brauchen Sie nur zum Nachschlagen im Verlustbericht. Ordnen Sie sie nicht zu."),
)  # fmt: skip
_FIXED_NOTES = (
    N_("Status 0 (Neuaufnahme) und Anschreiben J stehen bei allen."),
    N_("Sprachförderkurs (Verpflichtung, Teilnahme), Schwerstbehinderung und Autist stehen bei allen auf N. Die "
       "Schnittstelle verlangt dort einen Wert; wir fragen nicht danach und wissen es nicht."),
    N_("Was wir nicht sicher wissen, ist leer. Geraten ist nichts. Konfession und Aufenthalt erheben wir nicht."),
    N_("Die Nummer unserer Anfrage steht in SchILD bei Externe ID-Nr. Unter ihr finden Sie ein Kind im "
       "Verlustbericht, der keine Namen nennt."),
)  # fmt: skip
_CARE_NOTES = (
    N_("Die Familien haben in die Weitergabe an Ihre Schule eingewilligt. Bitte löschen Sie die Dateien, wenn die "
       "Kinder aufgenommen sind."),
    N_("Bitte melden Sie uns, wann ein Kind angefangen hat oder dass es nicht gekommen ist."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who sends a set to whom, and when."""

    school_number: str
    school_name: str
    sender: str
    phone: str
    made_on: date


def dat_files(expressed: Expressed) -> tuple[tuple[str, bytes], ...]:
    """The four files of one form under the exact names that SchILD-NRW looks for."""
    return tuple(
        (file.name + SUFFIX, dat_bytes(file, expressed.rows[file.name], expressed.form))
        for file in school_files(expressed.form)
    )


def dat_bytes(file: SchoolFile, rows: Iterable[Sequence[str]], form: Form) -> bytes:
    """The header line, which SchILD does not evaluate, then one line a row with a separator between all columns.

    How the import tells encodings apart is not documented, so UTF-8 carries its mark: it can only fall into the header.
    Raises ``UnicodeEncodeError`` where a row was not written for this form.
    """
    lines = [SEPARATOR.join(cells) for cells in ([column.header for column in file.columns], *rows)]
    text = "".join(line + _NEW_LINE for line in lines)
    return text.encode(WINDOWS_1252) if form is Form.ANSI else BOM_UTF8 + text.encode()


def text_bytes(text: str) -> bytes:
    """A text for people."""
    return BOM_UTF8 + text.replace("\n", _NEW_LINE).encode()


def advice(head: Letterhead, children: int, forms: Sequence[Form]) -> str:
    """What the secretary does with the files, which boxes are to be ticked, and why; speaks of ``forms`` only."""
    count = ngettext("{count} Kind", "{count} Kinder", children).format(count=children)
    lines = _heading(_("Hinweise zum Import"), head, count)
    lines += _section(_("Was liegt bei?"))
    lines += [f"  {_(name):<20}{_(what)}" for name, what in (*(_FOLDERS[form] for form in forms), _REPORT)]
    if Form.UTF_8 in forms:
        lines += [*_section(_("SchILD-NRW")), *_numbered(_SCHILD_STEPS)]
    if Form.ANSI in forms:
        lines += _paragraphs(_SCHILD_NOTES)
    if Form.SVWS in forms:
        lines += [*_section(_("SVWS-Server")), *_numbered(_SVWS_STEPS)]
    lines += [*_section(_("Was bedeuten die Einträge?")), *_bullets(map(_, _FIXED_NOTES))]
    lines += [*_section(_("Und danach?")), *_bullets(map(_, _CARE_NOTES))]
    return "\n".join((*lines, ""))


def loss_report(head: Letterhead, losses: Sequence[Loss], left_out: Sequence[LeftOut]) -> str:
    """Every letter, every cut, everything left open and every child left out, by the number of the request."""
    count = ngettext("{count} Eintrag", "{count} Einträge", len(losses) + len(left_out))
    lines = _heading(_("Verlustbericht"), head, count.format(count=len(losses) + len(left_out)))
    intro = _(
        "Hier steht, was die Dateien anders sagen als unsere Akte. Kinder stehen mit der Nummer ihrer Anfrage. "
        "Ersatzbuchstaben folgen der Suchform der DIN 91379."
    )
    lines += ["", *textwrap.wrap(intro, _WIDTH)]
    if left_out:
        lines += _section(_("Nicht in den Dateien"))
        forms: dict[tuple[str, str], list[str]] = {}
        for item in left_out:
            forms.setdefault((item.number, item.reason), []).append(_form(item.form))
        lines += _bullets(
            _("{number} ({forms}): {reason}").format(number=number, forms=", ".join(where), reason=reason)
            for (number, reason), where in sorted(forms.items())
        )
    numbers = dict.fromkeys(loss.number for loss in losses)
    for number in numbers:
        lines += _section(_("Anfrage {number}").format(number=number))
        own = [loss for loss in losses if loss.number == number]
        for form in (None, *Form):
            lines += _losses_of(form, [loss for loss in own if loss.form is form])
    if not losses and not left_out:
        lines += ["", _("Nichts ging verloren.")]
    return "\n".join((*lines, ""))


def _losses_of(form: Form | None, losses: Sequence[Loss]) -> Iterator[str]:
    if losses:
        yield f"{_form(form)}:"
        said = (_("{column}: {says}").format(column=loss.column, says=loss.says) for loss in losses)
        yield from _bullets(said)


def _form(form: Form | None) -> str:
    if form is None:
        return _("alle Fassungen")
    return _("SVWS-Import") if form is Form.SVWS else _("SchILD {form}").format(form=form)


def _heading(title: str, head: Letterhead, count: str) -> list[str]:
    school = _("Schule {number} {name}").format(number=head.school_number, name=head.school_name).strip()
    sender = ", ".join(part for part in (head.sender, head.phone) if part)
    return [title, "=" * len(title), *filter(None, (school, sender)), f"{show_day(head.made_on)}, {count}"]


def _section(title: str) -> list[str]:
    return ["", title, "-" * len(title)]


def _numbered(steps: Sequence[str]) -> Iterator[str]:
    for place, step in enumerate(steps, 1):
        yield from textwrap.wrap(_(step), _WIDTH, initial_indent=f"  {place}. ", subsequent_indent="     ")


def _bullets(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from textwrap.wrap(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")


def _paragraphs(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield ""
        yield from textwrap.wrap(_(text), _WIDTH)
