"""Locks files with a passphrase, and believes it only after opening them again.

PDF: AES-256 after ISO 32000-2, 7.6.4 (revision 6), metadata included. Excel: agile encryption after [MS-OFFCRYPTO]
2.3.4.10, where the library draws 128 random bits for the key of 256; the passphrase is the weaker part of either.
All of it happens in memory: nothing readable ever lies on the disk, not even for a moment.
"""

import io
import re
import secrets
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Literal

import pikepdf
import pypdfium2
from msoffcrypto.exceptions import FileFormatError, InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile

from desk_app.documents.files import WrittenFile, write_whole
from desk_app.domain.errors import NotProtected, StrangeTable, WrongFilePassphrase
from desk_app.i18n import _

MOST_TURNS = 1_000_000  # of the key derivation of a foreign workbook; Excel makes 100,000, more only cost time

_LONGEST = 127  # bytes of a passphrase; a PDF ignores the rest (ISO 32000-2, 7.6.4.3.3)
_TELLING = 12  # characters; anything shorter may stand in encrypted bytes by chance
_UNREADABLE = (pikepdf.PdfError, pikepdf.PasswordError)
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file: an encrypted workbook, or one from before 2007
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_KEPT = ("/Lang", "/PageMode", "/PageLayout", "/ViewerPreferences")
_FRAME = ("/ObjStm", "/XRef", "/Metadata")  # streams that belong to the file, not to its content
_PIECE, _STRIDE = 64, 4096  # bytes; a file that is not locked shows one of these pieces


def write_protected(
    target: Path, fill: Callable[[BinaryIO], object], passphrase: str | None, kind: Literal["pdf", "xlsx"]
) -> WrittenFile:
    """Let `fill` make a file in memory, lock it, and put it at `target` once it was read back and found good.

    Without a passphrase the file is written as it is. Size and hash are of the bytes on the disk. Raises
    NotProtected and what `files.write_whole` raises; nothing new is in the folder then.
    """
    if passphrase is None:
        return write_whole(target, fill)
    stream = io.BytesIO()
    fill(stream)
    plain = stream.getvalue()
    protect, check = (protect_pdf, check_pdf) if kind == "pdf" else (protect_xlsx, check_xlsx)
    protected = protect(plain, passphrase)
    return write_whole(
        target, lambda out: out.write(protected), lambda path: check(path.read_bytes(), passphrase, plain)
    )


def protect_pdf(plain: bytes, passphrase: str) -> bytes:
    """The PDF, to be opened with `passphrase` alone; who can open it may print it. Title and author say nothing.

    Raises ValueError for a passphrase that not every reader takes: other than 1 to 127 characters of ASCII.
    """
    _require_usable(passphrase)
    lock = _new_lock(passphrase)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as source, _opened(lock.pdf, lock.key, hex_password=True) as pdf:
        pdf.pages.extend(source.pages)
        del pdf.pages[0]
        _keep_view(source, pdf)
        pdf.docinfo["/Title"] = _("Vertraulich")
        pdf.docinfo["/Author"] = pdf.docinfo["/Creator"] = "Trittstein"
        # no stream is packed anew, so that each can be compared bit for bit
        pdf.save(out, encryption=True, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def check_pdf(protected: bytes, passphrase: str, plain: bytes) -> None:
    """Raise NotProtected unless this is `plain` behind the lock that `passphrase`, and nothing else, opens."""
    try:
        with _reopened(protected, passphrase) as pdf, pikepdf.open(io.BytesIO(plain)) as source:
            streams = _streams(source)
            same = _pages(pdf) == _pages(source) and _streams(pdf) == streams and _attached(pdf) == _attached(source)
    except _UNREADABLE:
        raise NotProtected from None
    if not same or _stands_open(protected, (content[:_PIECE] for content, _coded in streams)):
        raise NotProtected


def protect_xlsx(plain: bytes, passphrase: str) -> bytes:
    """The workbook, to be opened with `passphrase` alone. Raises ValueError as `protect_pdf` does."""
    _require_usable(passphrase)
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(passphrase, out)
    return out.getvalue()


def check_xlsx(protected: bytes, passphrase: str, plain: bytes) -> None:
    """Raise NotProtected unless `passphrase`, and nothing else, opens this and it is `plain` byte for byte."""
    stands_open = _stands_open(protected, _pieces(plain)) or _stands_open(_readable(protected), _texts(plain))
    if stands_open or not protected.startswith(_CONTAINER):
        raise NotProtected
    try:
        same = _unlocked(OOXMLFile(io.BytesIO(protected)), passphrase) == plain
    except Exception:  # noqa: BLE001 - damaged bytes break the reader in any way they like
        raise NotProtected from None
    if not same or _opens_xlsx(protected, _another(passphrase)):
        raise NotProtected


def is_locked(content: bytes) -> bool:
    """Whether this is a workbook behind a passphrase; one from before Excel 2007 lies in such a container as well."""
    return content.startswith(_CONTAINER) and _PACKAGE in content


def open_xlsx(content: bytes, passphrase: str) -> bytes:
    """The plain workbook in `content`; anything that is not locked comes back as it is.

    Raises WrongFilePassphrase, or StrangeTable if it is damaged or from before Excel 2007.
    """
    if not content.startswith(_CONTAINER):
        return content
    try:
        book = OOXMLFile(io.BytesIO(content))
        if not passphrase or not _right(book, passphrase):
            raise WrongFilePassphrase
        return _decrypted(book)
    except FileFormatError:
        raise StrangeTable(
            _(
                "Diese Arbeitsmappe ist im alten Format .xls gespeichert. Es wurde nichts übernommen. "
                "Bitte speichern Sie sie in Excel als .xlsx."
            )
        ) from None
    except StrangeTable:
        raise
    except Exception:  # noqa: BLE001 - a crafted file can break the reader in any way it likes
        raise StrangeTable from None


@dataclass(frozen=True)
class _PdfLock:
    """A passphrase tried on a PDF: `entry` is what says in the file how to open it, `key` what that comes to.

    Deriving the key takes three times as long as writing a page, so the files of one sending share it: what a
    passphrase opens depends on nothing but `entry`.
    """

    pdf: bytes
    entry: bytes
    key: str


@lru_cache(maxsize=1)
def _new_lock(passphrase: str) -> _PdfLock:
    """A lock on an empty page."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        # nobody knows the owner's passphrase; without one of its own everybody would be the owner
        pdf.save(out, encryption=pikepdf.Encryption(owner=secrets.token_hex(32), user=passphrase, R=6))
    return _tried(out.getvalue(), passphrase)


def _reopened(protected: bytes, passphrase: str) -> pikepdf.Pdf:
    lock = _new_lock(passphrase)
    try:
        pdf = _opened(protected, lock.key, hex_password=True)
        if _entry(pdf) == lock.entry:
            return pdf
    except _UNREADABLE:
        pass  # it has another lock
    _tried(protected, passphrase)
    return _opened(protected, passphrase)


def _tried(content: bytes, passphrase: str) -> _PdfLock:
    """The lock of a PDF, after two readers that share no code opened it with `passphrase` and with no other."""
    let_in = {words: _readers_opening(content, words) for words in (passphrase, _another(passphrase), "")}
    if not all(let_in.pop(passphrase)) or any(map(any, let_in.values())):
        raise NotProtected
    with _opened(content, passphrase) as pdf:
        how = pdf.encryption
        strong = how.R == 6 and how.stream_method == how.string_method == pikepdf.models.EncryptionMethod.aesv3
        if not strong or pdf.trailer.Encrypt.get("/EncryptMetadata", True) is not True:
            raise NotProtected
        return _PdfLock(content, _entry(pdf), how.encryption_key.hex())


def _readers_opening(content: bytes, passphrase: str) -> tuple[bool, bool]:
    try:
        _opened(content, passphrase).close()
        first = True
    except _UNREADABLE:
        first = False
    try:
        pypdfium2.PdfDocument(content, password=passphrase).close()
        second = True
    except pypdfium2.PdfiumError:
        second = False
    return first, second


def _opened(content: bytes, password: str, *, hex_password: bool = False) -> pikepdf.Pdf:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said where no passphrase was needed
        return pikepdf.open(io.BytesIO(content), password=password, hex_password=hex_password)


def _entry(pdf: pikepdf.Pdf) -> bytes:
    return pdf.trailer.Encrypt.unparse(resolved=True) if pdf.is_encrypted else b""


def _keep_view(source: pikepdf.Pdf, pdf: pikepdf.Pdf) -> None:
    """Take over what the document says about itself as a whole; fail where something would be lost."""
    names = source.Root.get("/Names", pikepdf.Dictionary())
    lost = set(source.Root.keys()) - {"/Type", "/Pages", "/Metadata", "/Names", *_KEPT}
    lost |= set(names.keys()) - {"/EmbeddedFiles"}
    if lost:
        raise ValueError(f"a protected PDF would lose {sorted(lost)}")
    for key in _KEPT:
        if key in source.Root:
            value = source.Root[key]
            pdf.Root[key] = pdf.copy_foreign(value) if value.is_indirect else value
    if "/EmbeddedFiles" in names:
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pdf.copy_foreign(names.EmbeddedFiles))


def _pages(pdf: pikepdf.Pdf) -> list[tuple[list[float], bytes]]:
    """The format in points and the drawing of each page."""
    return [([float(edge) for edge in page.mediabox], page.Contents.read_raw_bytes()) for page in pdf.pages]


def _attached(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    """The files inside, by name."""
    return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}


def _streams(pdf: pikepdf.Pdf) -> Counter[tuple[bytes, str]]:
    """All drawings, fonts and pictures, as they are packed in the file, and how they are."""
    streams = (made for made in pdf.objects if isinstance(made, pikepdf.Stream))
    return Counter(
        (stream.read_raw_bytes(), repr(stream.get("/Filter")))
        for stream in streams
        if stream.get("/Type") not in _FRAME
    )


def _right(book: OOXMLFile, passphrase: str) -> bool:
    if book.type == "agile" and book.info["spinValue"] > MOST_TURNS:
        raise StrangeTable
    try:
        book.load_key(password=passphrase, verify_password=True)
    except InvalidKeyError:
        return False
    return True


def _unlocked(book: OOXMLFile, passphrase: str) -> bytes:
    """Raises InvalidKeyError for a wrong passphrase and for damage alike: the seal over the content tells both."""
    book.load_key(password=passphrase)
    return _decrypted(book)


def _decrypted(book: OOXMLFile) -> bytes:
    out = io.BytesIO()
    book.decrypt(out, verify_integrity=True)
    return out.getvalue()


def _opens_xlsx(protected: bytes, passphrase: str) -> bool:
    try:
        _unlocked(OOXMLFile(io.BytesIO(protected)), passphrase)
    except InvalidKeyError:
        return False
    return True


def _pieces(plain: bytes) -> Iterator[bytes]:
    return (plain[at : at + _PIECE] for at in range(0, len(plain), _STRIDE))


def _texts(workbook: bytes) -> set[bytes]:
    """What is written in the cells and in the properties, cut where letters are more than plain ones."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    texts = (text for part in parts for text in re.findall(rb">([^<]+)<", part))
    return {piece.strip() for text in texts for piece in re.findall(rb"[ -~]+", text)}


def _readable(content: bytes) -> bytes:
    """Every longer run of plain letters, of one byte or of two."""
    narrow = re.findall(rb"[ -~]{%d,}" % _TELLING, content)
    wide = re.findall(rb"(?:[ -~]\0){%d,}" % _TELLING, content)
    return b"\n".join([*narrow, *(run[::2] for run in wide)])


def _stands_open(protected: bytes, pieces: Iterable[bytes]) -> bool:
    return any(len(piece) >= _TELLING and piece in protected for piece in pieces)


def _another(passphrase: str) -> str:
    return passphrase[:-1] + ("y" if passphrase.endswith("x") else "x")


def _require_usable(passphrase: str) -> None:
    if not (passphrase.isascii() and passphrase.isprintable() and 0 < len(passphrase) <= _LONGEST):
        raise ValueError("not a passphrase that every reader takes")
