"""Is this folder a safe home for a store? Only the fixed disk of this one machine is.

Databases on network shares lose confirmed entries as soon as two machines write, since locks are not carried
across reliably; cloud folders copy half-written files; sticks are pulled out. Warnings are not enough: such
places are refused, with the way out.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath
from typing import Final

from desk_app.domain.errors import StorePlaceRefused
from desk_app.i18n import N_, _

_SHARE: Final = N_(
    "Dieser Ordner liegt auf einem Netzlaufwerk. Dort können Eingaben verloren gehen, "
    "darum wird dort nichts angelegt oder geöffnet. Bitte wählen Sie einen Ordner auf der Festplatte dieses Rechners."
)
_STICK: Final = N_(
    "Dieser Ordner liegt auf einem Wechseldatenträger. Wird er abgezogen, können Eingaben verloren gehen, "
    "darum wird dort nichts angelegt oder geöffnet. Bitte wählen Sie einen Ordner auf der Festplatte dieses Rechners."
)
_CLOUD: Final = N_(
    "Dieser Ordner wird von {service} abgeglichen. Dabei kann der Datenbestand unlesbar werden, "
    "darum wird dort nichts angelegt oder geöffnet. Bitte wählen Sie einen Ordner außerhalb von {service}."
)

_NETWORK_TYPES: Final = frozenset(
    (
        *("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "afpfs", "ncpfs", "ncp", "coda"),
        *("ceph", "glusterfs", "lustre", "beegfs", "gfs2", "ocfs2", "davfs", "webdav", "vboxsf", "vmhgfs", "prl_fs"),
    )
)
_LOCAL_FUSE: Final = frozenset({"fuseblk", "fuse.fuse-overlayfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs"})
"""FUSE file systems over a local disk; every other one may reach over the network."""

_STICK_PLACES: Final = ("/media/", "/run/media/", "/Volumes/")
"""Where desktops mount sticks and external disks by themselves."""

_CLOUD_NAMES: Final = (
    *("OneDrive", "Nextcloud", "ownCloud", "Dropbox", "Google Drive", "GoogleDrive", "iCloud Drive", "iCloudDrive"),
    *("MagentaCLOUD", "HiDrive", "Seafile", "Syncthing", "pCloudDrive", "Tresorit", "Box Sync"),
)
_CLOUD_MARKS: Final = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".sync-exclude.lst": "Nextcloud",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
}
"""Files that the services leave at the top of a folder they look after."""

_CLOUD_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")

DRIVE_REMOVABLE, DRIVE_FIXED, DRIVE_REMOTE = 2, 3, 4
"""Return values of GetDriveTypeW (Windows API, fileapi.h)."""


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of the table of mounted file systems."""

    device: str
    point: str
    kind: str


class Machine:
    """What the operating system says about its disks."""

    platform: str = sys.platform

    def mounts(self) -> list[Mount]:
        """The mounted file systems; empty where there is no such table."""
        try:
            lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []
        return [Mount(*(_unescaped(part) for part in line.split()[:3])) for line in lines if len(line.split()) > 2]

    def is_removable(self, device: str) -> bool:
        """Whether the block device is a stick or card reader."""
        block = Path("/sys/class/block", PurePath(device).name)
        for flag in (block / "removable", block.resolve().parent / "removable"):
            try:
                return flag.read_text(encoding="ascii").strip() == "1"
            except OSError:
                continue
        return False

    def drive_type(self, root: str) -> int:
        """Windows' kind of drive for a root such as ``C:\\``."""
        kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
        return int(kernel.GetDriveTypeW(root))

    def variable(self, name: str) -> str:
        """An environment variable, or the empty text."""
        return os.environ.get(name, "")


def check(folder: Path, machine: Machine | None = None) -> None:
    """Raises ``StorePlaceRefused``, with the German reason, unless ``folder`` lies on a local fixed disk.

    ``folder`` need not exist yet; what counts is the disk it would lie on.
    """
    machine = machine or Machine()
    whole = folder if machine.platform != sys.platform else _resolved(folder)
    reason = _windows(whole, machine) if machine.platform == "win32" else _unix(whole, machine)
    if reason:
        raise StorePlaceRefused(_(reason))
    if service := _cloud_service(whole, machine):
        raise StorePlaceRefused(_(_CLOUD).format(service=service))


def _resolved(folder: Path) -> Path:
    """Links followed, so that a link on the desktop does not hide the share behind it."""
    return Path(os.path.realpath(folder))


def _windows(folder: Path, machine: Machine) -> str | None:
    path = PureWindowsPath(folder)
    if path.drive.startswith("\\\\"):
        return _SHARE
    kind = machine.drive_type(path.drive + "\\")
    if kind == DRIVE_REMOTE:
        return _SHARE
    return None if kind == DRIVE_FIXED else _STICK


def _unix(folder: Path, machine: Machine) -> str | None:
    text = folder.as_posix()
    around = [mount for mount in machine.mounts() if _is_within(text, mount.point)]
    if around:
        # the last of equally long ones lies on top
        mount = max(enumerate(around), key=lambda numbered: (len(numbered[1].point), numbered[0]))[1]
        if mount.kind in _NETWORK_TYPES:
            return _SHARE
        if mount.kind.startswith("fuse") and mount.kind not in _LOCAL_FUSE:
            return _SHARE
        if machine.is_removable(mount.device):
            return _STICK
    return _STICK if text.startswith(_STICK_PLACES) else None


def _is_within(text: str, point: str) -> bool:
    return text == point or text.startswith(point.rstrip("/") + "/")


def _cloud_service(folder: Path, machine: Machine) -> str | None:
    for part in folder.parts:
        for name in _CLOUD_NAMES:
            lower = part.casefold()
            # also with something behind it, as in OneDrive - Stadt or Nextcloud2
            if lower.startswith(name.casefold()) and not lower[len(name) : len(name) + 1].isalpha():
                return name
    for variable in _CLOUD_VARIABLES:
        place = machine.variable(variable)
        if place and _is_within(folder.as_posix().casefold(), Path(place).as_posix().casefold()):
            return "OneDrive"
    return next(_marked(folder), None)


def _marked(folder: Path) -> Iterator[str]:
    for above in (folder, *folder.parents):
        for mark, service in _CLOUD_MARKS.items():
            # ~/.dropbox is a folder of settings in every home with Dropbox; the mark of the same name is a file
            if (above / mark).is_file() or (mark != ".dropbox" and (above / mark).is_dir()):
                yield service


def _unescaped(text: str) -> str:
    """Blanks and the like are written as ``\\040`` in the table of mounts."""
    for code, plain in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, plain)
    return text
