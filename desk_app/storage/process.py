"""What this process does so that nothing personal leaks around the store, and what it asks the machine."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
from pathlib import Path
from typing import TextIO

_PR_SET_DUMPABLE = 4
_ASSUMED_FREE = 512 * 1024 * 1024
_NO_BATTERY, _UNKNOWN = 128, 255
POWER_SUPPLIES = Path("/sys/class/power_supply")

_crash_log: TextIO | None = None


def keep_to_user() -> None:
    """Make new files private to this user, and have no core file of memory written. Call before anything is read."""
    os.umask(0o077)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def protect_process(crash_log: Path | None = None) -> None:
    """The same, and forbid others any look into the memory. Call before a secret is typed.

    A dump would hold the store's key and names. With ``crash_log``, a crash in native code leaves its
    stack of function names there, which holds no values.
    """
    keep_to_user()
    if sys.platform == "linux":
        import ctypes  # which takes a while to load, and the lock screen is painted before

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if crash_log is not None:
        _log_crashes_to(crash_log)


def _log_crashes_to(path: Path) -> None:
    global _crash_log
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = path.open("a", encoding="utf-8")
    faulthandler.enable(opened, all_threads=True)
    if _crash_log is not None:
        _crash_log.close()
    _crash_log = opened


def free_memory() -> int:
    """Bytes of memory a program may take without pushing others out; half a GiB where the machine does not say."""
    if sys.platform == "win32":
        return _free_memory_windows()
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return _ASSUMED_FREE


def _free_memory_windows() -> int:
    import ctypes

    class MemoryStatus(ctypes.Structure):
        """MEMORYSTATUSEX of the Windows API."""

        _fields_ = [("length", ctypes.c_uint32), ("load", ctypes.c_uint32)] + [
            (name, ctypes.c_uint64)
            for name in ("total", "available", "total_page", "free_page", "total_virtual", "free_virtual", "extended")
        ]

    status = MemoryStatus(length=ctypes.sizeof(MemoryStatus))
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
    return int(status.available) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else _ASSUMED_FREE


def has_battery() -> bool:
    """Whether this machine can be carried away while it runs.

    A Mac counts as one that can: its name of model no longer says it. So does a Windows that does not know.
    """
    if sys.platform == "win32":
        return _has_battery_windows()
    if sys.platform == "darwin":
        return True
    return any(_is_battery(supply) for supply in POWER_SUPPLIES.glob("*"))


def _is_battery(supply: Path) -> bool:
    """A battery of the machine itself, not of a mouse or headset (sysfs-class-power: type, scope)."""

    def says(name: str) -> str:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return (supply / name).read_text(encoding="ascii").strip()
        return ""

    return says("type") == "Battery" and says("scope") != "Device"


def _has_battery_windows() -> bool:
    import ctypes

    class PowerStatus(ctypes.Structure):
        """SYSTEM_POWER_STATUS of the Windows API."""

        _fields_ = [(name, ctypes.c_ubyte) for name in ("line", "battery", "percent", "saver")] + [
            (name, ctypes.c_uint32) for name in ("seconds", "full_seconds")
        ]

    status = PowerStatus()
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
    known = kernel.GetSystemPowerStatus(ctypes.byref(status)) and status.battery != _UNKNOWN
    return not known or not status.battery & _NO_BATTERY
