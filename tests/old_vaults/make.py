"""Make the specimen store of the newest schema: run once when a version is released, never again for that version.

    python tests/old_vaults/make.py

It holds one invented user and one running number; passphrases are in tests/specimen_store.py.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent)]

from specimen_store import make_specimen  # noqa: E402 - only importable once the checkout is on the path

from desk_app.storage import lockfile, schema  # noqa: E402
from desk_app.storage.tables import Counter, User  # noqa: E402

MADE = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)


def main() -> None:
    folder = HERE / schema.HEAD
    shutil.rmtree(folder, ignore_errors=True)
    os.environ["TRITTSTEIN_CONFIG"] = tempfile.mkdtemp()
    specimen = make_specimen(folder)
    with specimen.unlock() as opened, opened.session() as session:
        carla = specimen.carla
        stamp = {"created_at": MADE, "created_by": carla, "changed_at": MADE, "changed_by": carla}
        session.add(User(id=carla, name="Carla Brandt", role="admin", **stamp))
        session.add(Counter(series="SP", year=2026, last=147))
    (folder / lockfile.NAME).unlink()


if __name__ == "__main__":
    main()
