"""Write the migration from the newest schema to the mapped classes.

    python packaging/new_migration.py "Give persons a nickname"
    python packaging/new_migration.py --fold        the one of the unreleased version anew, from an empty database

Read what it wrote before committing: Alembic sees a renamed column as one dropped and one added. Afterwards
`HEAD` in desk_app/storage/schema.py names the new migration, and tests/old_vaults/make.py makes its specimen
store before a release.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desk_app.storage import schema  # noqa: E402 - only importable once the checkout is on the path

VERSIONS = ROOT / "desk_app" / "storage" / "migrations" / "versions"
FIRST = "The tables of the first version"


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the next migration of the store.")
    parser.add_argument("message", nargs="?", default=FIRST)
    parser.add_argument("--fold", action="store_true", help="write the newest, not yet released migration anew")
    asked = parser.parse_args()
    numbers = sorted(path.stem[:4] for path in VERSIONS.glob("[0-9]*.py"))
    if asked.fold and numbers:
        next(VERSIONS.glob(f"{numbers.pop()}_*.py")).unlink()
    number = f"{int(numbers[-1]) + 1 if numbers else 1:04d}"
    written = _autogenerate(asked.message, number)
    head = ROOT / "desk_app" / "storage" / "schema.py"
    head.write_text(re.sub(r'HEAD: Final = "\d+"', f'HEAD: Final = "{number}"', head.read_text("utf-8")), "utf-8")
    written.write_text(re.sub(r"^ *# ### .*\n", "", written.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    for step in (["format"], ["check", "--fix"]):
        subprocess.run([sys.executable, "-m", "ruff", *step, "--quiet", str(written)], check=True)
    print(f"{written.relative_to(ROOT)} is written; read it before you commit it.")


def _autogenerate(message: str, number: str) -> Path:
    engine = create_engine("sqlite://", module=dbapi2, poolclass=StaticPool)
    with engine.connect() as connection:
        settings = schema.config(connection)
        settings.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        if any(VERSIONS.glob("[0-9]*.py")):
            command.upgrade(settings, "head")
        made = command.revision(settings, message, autogenerate=True, rev_id=number)
    if made is None or isinstance(made, list):
        raise SystemExit("Alembic wrote nothing.")
    written = Path(made.path)
    return written.rename(written.with_name(f"{number}_initial.py")) if number == "0001" else written


if __name__ == "__main__":
    main()
