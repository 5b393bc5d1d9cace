"""Errors of the world: things that go wrong without anybody having written a bug.

A full disk, a mistyped passphrase, a workbook of unknown shape. Each class stands for one situation a
caller may want to tell apart; its text is the one German message shown to staff, made of at most three
short sentences: what happened, that nothing was lost, what to do next. The message carries no personal
data, so it may be logged.

Raised with a text of its own (``DiskFull(_("…"))``) or, where the situation needs no detail, without
arguments: then the class's ``default`` is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from desk_app.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from desk_app.domain.holder import Holder


class WorldError(Exception):
    """A situation outside the program's control, told in one German message.

    ``str(error)`` and ``error.message`` are that message. Everything that is not a ``WorldError`` is a bug.
    """

    default: ClassVar[str] = N_(
        "Das hat nicht geklappt. Ihre gespeicherten Daten sind unverändert. Bitte versuchen Sie es noch einmal."
    )

    def __init__(self, message: str = "") -> None:
        self.message = message or _(self.default)
        super().__init__(self.message)


class StoreError(WorldError):
    """The encrypted store could not be made, opened, read or written."""


class WrongPassphrase(StoreError):
    """Passphrase or recovery code does not open the key slot."""

    default = N_(
        "Die Passphrase passt nicht. An den Daten wurde nichts geändert. "
        "Bitte prüfen Sie Feststelltaste und Tastatursprache und geben Sie sie noch einmal ein."
    )


class RecoveryCodeMistyped(WrongPassphrase):
    """The recovery code fails its check character or length: a typing error, not a foreign code."""

    default = N_(
        "Im Wiederherstellungscode ist ein Tippfehler. An den Daten wurde nichts geändert. "
        "Bitte vergleichen Sie ihn Gruppe für Gruppe mit dem Ausdruck."
    )


class PassphraseTooWeak(StoreError):
    """A new passphrase fails the strength check; the message says why."""

    default = N_("Diese Passphrase ist zu leicht zu erraten. Bitte wählen Sie eine längere.")


class VaultMissing(StoreError):
    """There is no store at the place, or a file of it is missing."""

    default = N_(
        "An diesem Ort liegt kein Datenbestand. Es wurde nichts angelegt oder geändert. "
        "Bitte wählen Sie den richtigen Ordner."
    )


class VaultExists(StoreError):
    """A new store was to be made where traces of one are lying."""

    default = N_(
        "In diesem Ordner liegt schon ein Datenbestand. Er wurde nicht angerührt. "
        "Bitte öffnen Sie ihn oder wählen Sie einen leeren Ordner."
    )


class VaultTooNew(StoreError):
    """The store was written by a later version of the program."""

    default = N_(
        "Dieser Datenbestand wurde mit einer neueren Version von Trittstein gespeichert. "
        "Es wurde nichts geändert. Bitte installieren Sie die neue Version auch auf diesem Rechner."
    )


class VaultDamaged(StoreError):
    """Database and keys do not belong together, or a file cannot be read as what it should be."""

    default = N_(
        "Der Datenbestand lässt sich nicht lesen. Es wurde nichts geändert. "
        "Bitte holen Sie die letzte Sicherung oder fragen Sie Ihre Technik."
    )


class VaultBusy(StoreError):
    """Another window or process holds the store. ``holder`` says who; the message, which may be logged, does not."""

    default = N_(
        "Dieser Datenbestand ist schon geöffnet. Es wurde nichts geändert. "
        "Bitte wechseln Sie in das andere Fenster oder schließen Sie es."
    )

    def __init__(self, message: str = "", *, holder: Holder | None = None) -> None:
        super().__init__(message)
        self.holder = holder


class TooSoon(StoreError):
    """A secret was tried again before the wait after a wrong one was over; ``seconds`` is what is left of it."""

    def __init__(self, seconds: int) -> None:
        words = ngettext(
            "Nach falschen Eingaben wartet Trittstein jedes Mal etwas länger. An den Daten wurde nichts geändert. "
            "Bitte versuchen Sie es in {seconds} Sekunde noch einmal.",
            "Nach falschen Eingaben wartet Trittstein jedes Mal etwas länger. An den Daten wurde nichts geändert. "
            "Bitte versuchen Sie es in {seconds} Sekunden noch einmal.",
            seconds,
        )
        super().__init__(words.format(seconds=seconds))
        self.seconds = seconds


class StorePlaceRefused(StoreError):
    """The folder is no safe home for a store (network share, cloud folder, stick)."""

    default = N_(
        "Dieser Ordner eignet sich nicht für den Datenbestand. Es wurde nichts angelegt. "
        "Bitte wählen Sie einen Ordner auf der Festplatte dieses Rechners."
    )


class TargetNotWritable(WorldError):
    """A file or folder may not be written (read-only medium, missing right, open in another program)."""

    default = N_(
        "In diesen Ordner darf nicht geschrieben werden. Ihre gespeicherten Daten sind unverändert. "
        "Bitte wählen Sie einen anderen Ordner."
    )


class TargetGone(WorldError):
    """The folder to write to has disappeared (stick pulled, folder moved)."""

    default = N_(
        "Der Zielordner ist nicht mehr da. Ihre gespeicherten Daten sind unverändert. "
        "Bitte wählen Sie einen anderen Ordner."
    )


class DiskFull(WorldError):
    """No space left on the medium."""

    default = N_(
        "Der Datenträger ist voll. Was schon gespeichert war, ist unverändert. "
        "Bitte schaffen Sie Platz und versuchen Sie es noch einmal."
    )


class ExportCancelled(WorldError):
    """The user stopped an export; no half file is left."""

    default = N_("Der Export wurde abgebrochen. Es wurde keine Datei angelegt.")


class ImportStopped(WorldError):
    """The user stopped bringing in a list; nothing of it is kept."""

    default = N_("Das Holen der Liste wurde abgebrochen. Es wurde nichts übernommen.")


class StrangeTable(WorldError):
    """A foreign table or workbook cannot be read as what it should be."""

    default = N_(
        "Diese Tabelle lässt sich nicht lesen. Es wurde nichts übernommen. "
        "Bitte prüfen Sie, ob es die richtige Datei ist."
    )


class WrongFilePassphrase(StrangeTable):
    """The passphrase does not open this locked file; another one may."""

    default = N_(
        "Diese Passphrase öffnet die Datei nicht. Es wurde nichts übernommen. "
        "Bitte vergleichen Sie sie Wort für Wort und geben Sie sie noch einmal ein."
    )


class NotProtected(WorldError):
    """A locked file was opened again as a test and did not hold what it should, or stood open."""

    default = N_(
        "Die Datei ließ sich nicht sicher verschlüsseln und wurde nicht angelegt. "
        "Ihre gespeicherten Daten sind unverändert. Bitte versuchen Sie es noch einmal."
    )


class SecondPersonNeeded(WorldError):
    """Files about children may leave unlocked only when a second person, who may send as well, agrees."""

    default = N_(
        "Unverschlüsselt geht nur, wenn eine zweite Person zustimmt, die selbst übermitteln darf. Es wurde nichts "
        "übermittelt. Bitte lassen Sie sie ihre Passphrase eingeben, oder senden Sie verschlüsselt."
    )


class AnswerNotPlaced(WorldError):
    """Number and check code of a typed answer do not lead to one request that was sent."""

    default = N_(
        "Nummer und Prüfcode gehören nicht zusammen. Es wurde nichts eingetragen. "
        "Bitte vergleichen Sie beide noch einmal; sie stehen auf Liste und PDF nebeneinander."
    )


class RecordGone(WorldError):
    """Somebody took the record out while it was open here."""

    default = N_(
        "Dieser Eintrag wurde inzwischen entfernt. Alles andere ist gespeichert. Mit Strg+Z lässt er sich zurückholen."
    )


class NothingToSend(WorldError):
    """None of the chosen requests may leave yet."""

    default = N_(
        "Keine der gewählten Anfragen ist vollständig. Es wurde nichts übermittelt. "
        "Was noch fehlt, steht in der Spalte „Nächster Schritt“."
    )


class NotAllowed(WorldError):
    """The role of the person at the desk does not cover this deed; the message says which one does."""

    default = N_(
        "Das gehört nicht zu Ihrer Rolle. Es wurde nichts geändert. Bitte fragen Sie jemanden aus der Leitung."
    )


class SlipCodeMistyped(WorldError):
    """The code of a referral slip fails its check letter or length."""

    default = N_(
        "In diesem Code ist ein Tippfehler. Es wurde nichts eingetragen. "
        "Bitte vergleichen Sie ihn mit dem Abschnitt: sechs Buchstaben, wie KHR-XLP."
    )


class SlipUnknown(WorldError):
    """The code is right in itself, but no referral of this store has it."""

    default = N_(
        "Zu diesem Code gibt es hier keine Vermittlung. Es wurde nichts eingetragen. "
        "Vielleicht stammt der Abschnitt von einer anderen Stelle, oder die Vermittlung wurde zurückgenommen."
    )
