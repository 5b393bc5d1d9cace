"""Only the fixed disk of this machine is a home for a store."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from desk_app.domain.errors import StorePlaceRefused
from desk_app.storage import place
from desk_app.storage.place import DRIVE_FIXED, DRIVE_REMOTE, DRIVE_REMOVABLE, Machine, Mount

MOUNTS = [
    Mount("/dev/sda2", "/", "ext4"),
    Mount("tmpfs", "/fluechtig", "tmpfs"),
    Mount("overlay", "/overlay", "overlay"),
    Mount("server:/export", "/d/desk/Netz", "nfs4"),
    Mount("//server/share", "/mnt/Team Ordner", "cifs"),
    Mount("desk@server:/", "/d/desk/fern", "fuse.sshfs"),
    Mount("rclone", "/d/desk/wolke", "fuse.rclone"),
    Mount("/dev/sdb1", "/d/desk/platte", "ext4"),
    Mount("/dev/sdc1", "/run/media/desk/STICK", "vfat"),
    Mount("/dev/sda3", "/windows", "fuseblk"),
    Mount("/dev/sda4", "/d/desk/Netz/lokal", "ext4"),
]


class Linux(Machine):
    platform = "linux-elsewhere"

    def mounts(self) -> list[Mount]:
        return MOUNTS

    def is_removable(self, device: str) -> bool:
        return device.startswith(("/dev/sdb", "/dev/sdc"))

    def variable(self, name: str) -> str:
        return ""


class Windows(Machine):
    platform = "win32"

    def drive_type(self, root: str) -> int:
        return {"C:\\": DRIVE_FIXED, "E:\\": DRIVE_REMOVABLE, "H:\\": DRIVE_REMOTE}.get(root, 1)

    def variable(self, name: str) -> str:
        return "C:/Users/desk/Ablage" if name == "OneDriveCommercial" else ""


@pytest.mark.parametrize(
    "folder",
    ["/d/desk/Trittstein", "/fluechtig/probe", "/overlay/store", "/windows/store", "/d/desk/Netz/lokal/store"],
)
def test_a_local_disk_is_a_home(folder: str) -> None:
    place.check(Path(folder), Linux())


@pytest.mark.parametrize(
    "folder",
    [
        "/d/desk/Netz",
        "/d/desk/Netz/tief/unten",
        "/mnt/Team Ordner/x",
        "/d/desk/fern/x",
        "/d/desk/wolke",
    ],
)
def test_a_network_share_is_refused_with_the_way_out(folder: str) -> None:
    with pytest.raises(StorePlaceRefused, match=r"Netzlaufwerk.*Bitte wählen Sie"):
        place.check(Path(folder), Linux())


@pytest.mark.parametrize("folder", ["/d/desk/platte/x", "/run/media/desk/STICK", "/media/desk/anderer", "/Volumes/USB"])
def test_a_stick_is_refused_with_the_way_out(folder: str) -> None:
    with pytest.raises(StorePlaceRefused, match=r"Wechseldatenträger.*Bitte wählen Sie"):
        place.check(Path(folder), Linux())


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/d/desk/OneDrive - Stadt Musterstadt/x", "OneDrive"),
        ("/d/desk/Nextcloud2/x", "Nextcloud"),
        ("/d/desk/dropbox (Privat)", "Dropbox"),
        ("/d/desk/Google Drive/x", "Google Drive"),
        ("/d/desk/Syncthing", "Syncthing"),
    ],
)
def test_a_cloud_folder_is_refused_by_name(folder: str, service: str) -> None:
    with pytest.raises(StorePlaceRefused, match=service):
        place.check(Path(folder), Linux())


def test_a_folder_that_only_begins_like_a_cloud_is_a_home() -> None:
    place.check(Path("/d/desk/Dropboxen und Kisten"), Linux())


@pytest.mark.parametrize(
    ("mark", "service"), [(".dropbox", "Dropbox"), (".sync-exclude.lst", "Nextcloud"), (".stfolder", "Syncthing")]
)
def test_a_cloud_folder_is_known_by_its_mark(tmp_path: Path, mark: str, service: str) -> None:
    if mark == ".stfolder":
        (tmp_path / mark).mkdir()
    else:
        (tmp_path / mark).write_bytes(b"")
    with pytest.raises(StorePlaceRefused, match=service):
        place.check(tmp_path / "tief" / "unten")


def test_settings_of_dropbox_in_the_home_folder_are_no_mark(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    place.check(tmp_path / "Trittstein")


def test_a_link_does_not_hide_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "Nextcloud").mkdir()
    (tmp_path / "harmlos").symlink_to(tmp_path / "Nextcloud")
    with pytest.raises(StorePlaceRefused, match="Nextcloud"):
        place.check(tmp_path / "harmlos" / "store")


def _windows_path(text: str) -> Path:
    return PureWindowsPath(text)  # type: ignore[return-value]  # a Windows path cannot be made elsewhere


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        (r"\\server\team\store", "Netzlaufwerk"),
        (r"\\?\UNC\server\team\store", "Netzlaufwerk"),
        (r"H:\store", "Netzlaufwerk"),
        (r"E:\store", "Wechseldatenträger"),
        (r"Z:\store", "Wechseldatenträger"),
    ],
)
def test_windows_drives_that_are_not_fixed_are_refused(folder: str, reason: str) -> None:
    with pytest.raises(StorePlaceRefused, match=reason):
        place.check(_windows_path(folder), Windows())


def test_the_folder_windows_names_as_onedrive_is_refused_whatever_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_marked", lambda _folder: iter(()))
    place.check(_windows_path(r"C:\Users\desk\Trittstein"), Windows())
    with pytest.raises(StorePlaceRefused, match="OneDrive"):
        place.check(_windows_path(r"C:\Users\desk\ablage\Trittstein"), Windows())


def test_the_real_table_of_mounts_is_read() -> None:
    machine = Machine()
    if not Path("/proc/mounts").exists():
        assert machine.mounts() == []
        return
    assert any(mount.point == "/" for mount in machine.mounts())
    assert not machine.is_removable("no such device")


def test_blanks_in_the_table_of_mounts_are_read() -> None:
    assert place._unescaped(r"/mnt/Team\040Ordner") == "/mnt/Team Ordner"
