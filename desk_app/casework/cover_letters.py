"""The letters that go with shipments: what is in it, how many, how to answer; never a child's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desk_app.casework import request_list
from desk_app.casework.sending_choice import LeftOut
from desk_app.casework.told import NEW_HERE
from desk_app.domain.centre import Centre
from desk_app.domain.child import ChildView
from desk_app.domain.clock import local
from desk_app.domain.cover_page import CoverPage, Part, Table
from desk_app.domain.dates import show_day
from desk_app.domain.request_sheet import Fact
from desk_app.domain.schooling import Office
from desk_app.i18n import _, ngettext
from desk_app.storage.tables import Shipment


@dataclass(frozen=True, slots=True)
class Sent:
    """One request in a shipment: its running number, and the file with its PDF (empty for none)."""

    place: str
    child: ChildView
    file: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Struck:
    """One request to be struck: what it was sent with, and why it is over."""

    number: str
    told_on: str
    shipment: str
    reason: str


def of_requests(
    shipment: Shipment,
    centre: Centre,
    author: str,
    sent: Sequence[Sent],
    files: Sequence[str],
    left_out: Sequence[LeftOut],
    *,
    changes: bool = False,
) -> CoverPage:
    """The letter with requests, or with changes to such that were sent before, and a page that sums it up."""
    parts = [
        Part(texts=(_("Guten Tag,"), *_openings(sent, changes=changes)), table=_counts([each.child for each in sent])),
        Part(_("Beigefügt"), tuple(_inclosed(files, sent))),
        Part(_("So antworten Sie"), _answering(centre)),
        Part(texts=(_("Mit freundlichen Grüßen"), ", ".join(filter(None, (author, centre.name))))),
        Part(_("Zusammenfassung"), table=_rows(sent, changes=changes)),
    ]
    if left_out:
        parts.append(_stayed(left_out))
    title = _("Änderungen zu Schulplatzanfragen") if changes else _("Schulplatzanfragen")
    return _page(shipment, centre, author, title, parts)


def _openings(sent: Sequence[Sent], *, changes: bool) -> list[str]:
    if not changes:
        words = ngettext(
            "anbei erhalten Sie {n} Schulplatzanfrage mit der Bitte um Zuweisung.",
            "anbei erhalten Sie {n} Schulplatzanfragen mit der Bitte um Zuweisung.",
            len(sent),
        )
        return [words.format(n=len(sent))]
    new = sum(each.changed == _(NEW_HERE) for each in sent)
    there = len(sent) - new
    told_before = ngettext(
        "zu {n} Anfrage, die Ihnen schon vorliegt, haben sich Angaben geändert. Bitte ersetzen Sie die früheren "
        "Angaben durch diese. Was sich geändert hat, steht in der Spalte „geändert“ und oben auf jedem PDF.",
        "zu {n} Anfragen, die Ihnen schon vorliegen, haben sich Angaben geändert. Bitte ersetzen Sie die früheren "
        "Angaben durch diese. Was sich geändert hat, steht in der Spalte „geändert“ und oben auf jedem PDF.",
        there,
    )
    told_now = ngettext(
        "{n} Anfrage ist neu bei Ihnen, mit der Bitte um Zuweisung.",
        "{n} Anfragen sind neu bei Ihnen, mit der Bitte um Zuweisung.",
        new,
    )
    return [words.format(n=n) for words, n in ((told_before, there), (told_now, new)) if n]


def of_retraction(shipment: Shipment, centre: Centre, author: str, struck: Sequence[Struck]) -> CoverPage:
    """The sheet that asks for requests to be struck: their numbers and why, and nothing else about anybody."""
    words = ngettext(
        "bitte streichen Sie die folgende Anfrage. Angaben, die Ihnen dazu vorliegen, werden nicht mehr gebraucht; "
        "bitte löschen Sie sie nach Ihren Regeln.",
        "bitte streichen Sie die folgenden {n} Anfragen. Angaben, die Ihnen dazu vorliegen, werden nicht mehr "
        "gebraucht; bitte löschen Sie sie nach Ihren Regeln.",
        len(struck),
    )
    table = Table(
        heads=(_("Anfrage"), _("Gesendet am"), _("mit Sendung"), _("Warum")),
        rows=tuple((each.number, each.told_on, each.shipment, each.reason) for each in struck),
        widths=(0.2, 0.18, 0.22, 0.4),
    )
    parts = [
        Part(texts=(_("Guten Tag,"), words.format(n=len(struck)))),
        Part(_("Bitte streichen"), table=table),
        Part(texts=(_("Mit freundlichen Grüßen"), ", ".join(filter(None, (author, centre.name))))),
    ]
    return _page(shipment, centre, author, _("Bitte streichen"), parts)


def of_school(
    shipment: Shipment, centre: Centre, author: str, to: Sequence[str], form: str, files: Sequence[str], children: int
) -> CoverPage:
    """The page of a PDF that holds the files of one form for a school: what is inside and how to get at it.

    ``form`` also names the folder to put them in.
    """
    opening = ngettext(
        "in diesem PDF liegen die Daten von {n} Kind, dem ein Platz an Ihrer Schule zugewiesen ist. Sie lesen sie in "
        "Ihr Programm ein und müssen nichts abtippen.",
        "in diesem PDF liegen die Daten von {n} Kindern, denen ein Platz an Ihrer Schule zugewiesen ist. Sie lesen "
        "sie in Ihr Programm ein und müssen nichts abtippen.",
        children,
    )
    steps = (
        _(
            "1. Die Dateien sind Anlagen dieses PDF. Adobe Acrobat Reader, Firefox, Chrome und Edge zeigen sie am Rand "
            "(Büroklammer)."
        ),
        _(
            "2. Legen Sie einen Ordner {folder} an, an den nur Ihr Sekretariat kommt. Speichern Sie alle Anlagen dort, "
            "ohne ihre Namen zu ändern."
        ).format(folder=form),
        _("3. Lesen Sie zuerst Hinweise_zum_Import.txt. Dort steht jeder Schritt."),
        _("4. Löschen Sie den Ordner und dieses PDF, wenn die Kinder aufgenommen sind."),
    )
    parts = [
        Part(texts=(_("Guten Tag,"), opening.format(n=children))),
        Part(_("So kommen Sie an die Dateien"), steps),
        Part(texts=(_("Mit freundlichen Grüßen"), ", ".join(filter(None, (author, centre.name))))),
        Part(_("Anlagen"), tuple(files)),
    ]
    page = _page(shipment, centre, author, _("Daten zum Einlesen: {form}").format(form=form), parts)
    return replace(page, recipient=tuple(to))


def address(centre: Centre, recipient: str) -> tuple[str, ...]:
    """The lines of an office's address field."""
    office = centre.district_government if recipient == Office.BEZIRKSREGIERUNG else centre.school_authority
    return tuple(part for part in (office.name, office.unit, office.street, office.place) if part)


def _page(shipment: Shipment, centre: Centre, author: str, title: str, parts: Sequence[Part]) -> CoverPage:
    stamp = local(shipment.at)
    info = [
        (_("Sendung"), shipment.number),
        (_("Datum"), show_day(stamp.date())),
        (_("Auskunft"), author),
        (_("Telefon"), centre.phone),
        (_("E-Mail"), centre.email),
    ]
    return CoverPage(
        number=f"Sendung-{shipment.number}",
        title=title,
        subtitle=_("Sendung {number}").format(number=shipment.number),
        centre_name=centre.name,
        centre_place=centre.city,
        sender=" · ".join(part for part in (centre.name, centre.street, centre.place) if part),
        recipient=address(centre, shipment.recipient),
        info=tuple(Fact(label, value) for label, value in info if value),
        parts=tuple(parts),
        created_at=stamp,
        demo=centre.demo,
    )


def _counts(children: Sequence[ChildView]) -> Table:
    rows = [(each.label, each.words, str(count)) for each, count in request_list.counts(children)]
    return Table(
        heads=(_("Gruppe"), _("Bedeutung"), _("Anfragen")),
        rows=(*rows, ("", _("zusammen"), str(len(children)))),
        widths=(0.15, 0.6, 0.25),
        total=True,
    )


def _inclosed(files: Sequence[str], sent: Sequence[Sent]) -> list[str]:
    lists = [name for name in files if name.endswith(".xlsx")]
    papers = [name for name in files if name.endswith(".pdf")]
    told = [_("Excel-Liste: {name}").format(name=name) for name in lists]
    if len(papers) == 1 and len(sent) > 1:
        told.append(_("Alle Anfragen in einem PDF, in der Reihenfolge der Liste: {name}").format(name=papers[0]))
    elif papers:
        words = ngettext("{n} PDF: {first}", "{n} PDF, eines je Anfrage, nummeriert wie die Liste: {first} bis {last}",
                         len(papers))  # fmt: skip
        told.append(words.format(n=len(papers), first=papers[0], last=papers[-1]))
    return told


def _answering(centre: Centre) -> tuple[str, ...]:
    contact = ", ".join(part for part in (centre.phone, centre.email) if part)
    told = [
        _(
            "Am einfachsten in der Excel-Liste: Bitte füllen Sie die gelben Spalten unter „Rückmeldung“ aus und senden "
            "Sie die Liste auf dem vereinbarten sicheren Weg zurück, mit derselben Passphrase geschützt. Wenn "
            "etwas unklar ist, wählen Sie „Rückfrage“."
        ),
        _(
            "Sonst schriftlich oder am Telefon: Bitte nennen Sie Anfrage und Prüfcode. Beide stehen in jeder Zeile der "
            "Liste und auf jedem PDF."
        ),
        _("Sie erreichen uns unter {contact}.").format(contact=contact) if contact else "",
    ]
    return tuple(part for part in told if part)


def _rows(sent: Sequence[Sent], *, changes: bool) -> Table:
    rows = []
    for each in sent:
        request = each.child.request
        number = request.text("number") if request else ""
        last = each.changed if changes else each.file
        rows.append((each.place, number, request_list.band(each.child).label, request_list.row(each.child).grade, last))
    return Table(
        heads=(_("Nr."), _("Anfrage"), _("Gruppe"), _("Klasse"), _("Geändert") if changes else _("Datei")),
        rows=tuple(rows),
        widths=(0.08, 0.2, 0.12, 0.1, 0.5),
    )


def _stayed(left_out: Sequence[LeftOut]) -> Part:
    causes = Counter(each.cause for each in left_out)
    rows = tuple((cause.label, str(count)) for cause, count in causes.items())
    return Part(
        _("Nicht dabei"),
        (_("Nicht Teil dieser Sendung, aber mit ausgewählt waren:"),),
        Table(heads=(_("Grund"), _("Anfragen")), rows=rows, widths=(0.75, 0.25)),
    )
