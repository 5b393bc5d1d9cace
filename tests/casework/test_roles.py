"""The table of who may do what, walked deed by deed with the desk's own deeds against a real store."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from builders import CENTRE, NOW, PASSPHRASE, ShutStore, StoredFamily, a_complete_child, store_family
from sqlalchemy import select

import desk_app
from desk_app.casework import (
    centre,
    deeds,
    exports,
    intake,
    lists,
    merging,
    people,
    placements,
    preview,
    schools,
    users,
)
from desk_app.casework.backups import BackupKeeper
from desk_app.casework.desk import Desk, Work
from desk_app.casework.exports import Wanted
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import DateSpan
from desk_app.domain.errors import NotAllowed
from desk_app.domain.lists import Column, Listing, Narrowing
from desk_app.domain.records import RecordKind, Ref
from desk_app.domain.roles import MAY, Role
from desk_app.domain.schools import School
from desk_app.storage import content
from desk_app.storage.tables import AuditEntry, User

NEW = "sechs Otter lesen heimlich Comics"


@dataclass
class Scene:
    """A desk with a family ready to be sent and a colleague, and the folder of a stick."""

    desk: Desk
    family: StoredFamily
    colleague: UUID
    stick: Path

    def do(self, deed: Callable[[Work], object]) -> None:
        self.desk.do(deed)

    @property
    def home(self) -> Ref:
        return Ref(RecordKind.HOUSEHOLD, self.family.household)

    @property
    def child(self) -> Ref:
        return Ref(RecordKind.PERSON, self.family.child)

    @property
    def keeper(self) -> BackupKeeper:
        return BackupKeeper(self.desk)


Deed = Callable[[Scene], object]


def _event(state: str) -> Deed:
    return lambda scene: scene.do(lambda work: placements.record_event(work, scene.family.request, state))


def _note(deed: str) -> Deed:
    """For deeds whose entry is written by something too large for this walk, such as a whole restore."""
    return lambda scene: scene.do(lambda work: work.note(deed, "store", None))


def _another_child(work: Work, scene: Scene) -> None:
    intake.add(work, RecordKind.PERSON, uuid4(), scene.family.household, values=a_complete_child())


def _another_family(work: Work) -> UUID:
    household = uuid4()
    intake.start(work, household, family_name="Haddad")
    return household


def _merge_persons(work: Work, scene: Scene) -> None:
    other = uuid4()
    intake.add_person(work, other, scene.family.household, "child")
    merging.merge(work, scene.family.child, other)


def _recorded(work: Work, scene: Scene) -> UUID:
    with deeds.recorded(work, "intake.changed", "Geändert") as deed:
        intake.set_value(work, scene.child, "given_name", "Kareem")
    return deed.id


_FILTER = uuid4()
_A_LIST = Listing("Familien", (Column("name", "Familie"),), [{"name": "Haddad"}], (), "Familien_2026-11-26")


def _a_filter(work: Work) -> None:
    lists.keep(work, _FILTER, "families", "Still", Narrowing("Haddad"))


def _second(scene: Scene, first: Callable[[Work], object], second: Callable[[Work], object]) -> None:
    """Two deeds that everybody may do, of which the second is the one in question."""
    scene.do(first)
    scene.do(second)


DEEDS: dict[str, Deed] = {
    "intake.started": lambda s: s.do(lambda work: intake.start(work, uuid4())),
    "intake.changed": lambda s: s.do(lambda work: intake.set_value(work, s.home, "phone", "0208 111")),
    "intake.added": lambda s: s.do(lambda work: intake.add_person(work, uuid4(), s.family.household, "child")),
    "intake.finished": lambda s: s.do(lambda work: intake.finish(work, s.family.household)),
    "intake.reopened": lambda s: _second(
        s, lambda work: intake.finish(work, s.family.household), lambda work: intake.reopen(work, s.family.household)
    ),
    "intake.removed": lambda s: s.do(lambda work: intake.remove(work, Ref(RecordKind.PERSON, s.family.mother))),
    "intake.restored": lambda s: _second(
        s,
        lambda work: intake.remove(work, Ref(RecordKind.PERSON, s.family.mother)),
        lambda work: intake.restore(work, Ref(RecordKind.PERSON, s.family.mother)),
    ),
    "request.begun": lambda s: s.do(lambda work: _another_child(work, s)),
    "request.complete": lambda s: s.do(lambda work: _another_child(work, s)),
    "request.withdrawn": lambda s: s.do(
        lambda work: intake.set_value(work, s.child, "birth_date", DateSpan.of_day(date(2026, 1, 1)))
    ),
    "request.draft": lambda s: s.do(lambda work: intake.set_value(work, s.child, "given_name", None)),
    "request.printed": lambda s: s.do(lambda work: preview.pages_to_print(work, s.family.request)),
    "request.sent": _event("sent"),
    "person.merged": lambda s: s.do(lambda work: _merge_persons(work, s)),
    "household.merged": lambda s: s.do(lambda work: merging.merge(work, s.family.household, _another_family(work))),
    "merge.moved": lambda s: s.do(lambda work: merging.merge(work, s.family.household, _another_family(work))),
    "deed.put_back": lambda s: s.do(lambda work: deeds.undo(work, _recorded(work, s))),
    "deed.undone": lambda s: s.do(lambda work: deeds.undo(work, _recorded(work, s))),
    "deed.redone": lambda s: s.do(lambda work: deeds.undo(work, deeds.undo(work, _recorded(work, s)).way_back)),
    "export.written": lambda s: s.do(
        lambda work: exports.export_requests(work, Wanted((s.family.request,), s.stick, pdf=False))
    ),
    "filter.kept": lambda s: s.do(lambda work: _a_filter(work)),
    "filter.removed": lambda s: _second(s, _a_filter, lambda work: lists.remove(work, _FILTER)),
    "filter.restored": lambda s: _second(s, _a_filter, lambda work: lists.restore(work, _FILTER)),
    "list.exported": lambda s: s.do(lambda work: lists.export(work, _A_LIST, s.stick, lists.Form.XLSX)),
    "list.printed": lambda s: s.do(lambda work: lists.to_print(work, _A_LIST)),
    "schools.kept": lambda s: s.do(lambda work: schools.save(work, School("999999", "Schule am Fluss"))),
    "school.removed": lambda s: s.do(lambda work: schools.remove(work, _a_school(work))),
    "school.restored": lambda s: s.do(lambda work: schools.restore(work, _a_school(work))),
    "centre.saved": lambda s: s.do(lambda work: centre.save(work, replace(CENTRE, name="Neu"))),
    "user.added": lambda s: people.add(s.desk, "Petra Neu", Role.COUNSEL),
    "user.renamed": lambda s: people.rename(s.desk, s.colleague, "Jonas Anders"),
    "user.role_changed": lambda s: s.do(lambda work: users.set_role(work, s.colleague, Role.COUNSEL)),
    "user.reset": lambda s: people.reset(s.desk, s.colleague),
    "user.removed": lambda s: people.remove(s.desk, s.keeper, s.colleague),
    "user.code_renewed": lambda s: people.new_recovery_code(s.desk),
    "user.passphrase_changed": lambda s: people.change_passphrase(s.desk, PASSPHRASE, NEW),
    "user.recovered": lambda s: users.note_recovered(s.desk),
    "backup.chosen": lambda s: s.keeper.choose(s.stick),
    "backup.made": lambda s: s.keeper.back_up_now(),
}
"""How each deed is really done. One without a line here writes its entry and nothing else."""


def _a_school(work: Work) -> str:
    return schools.listing(work)[0].school.number


def sit_down(desk: Desk, role: Role) -> None:
    """Let the one at the desk have a role, without asking the table for it."""
    with desk.vault.session() as session:
        session.get_one(User, desk.user).role = role


def entries(desk: Desk) -> list[str]:
    return list(desk.do(lambda work: work.session.scalars(select(AuditEntry.deed).order_by(AuditEntry.sequence)))[0])


def everything(desk: Desk) -> str:
    """One fingerprint of all rows of all tables."""
    return desk.do(lambda work: content.read(work.session.connection().exec_driver_sql))[0].digest


@pytest.fixture(scope="session")
def furnished(shut_store: ShutStore, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, StoredFamily, UUID]:
    """The store with a family and a colleague without a key, shut; taking a family in takes a while."""
    folder, colleague = tmp_path_factory.mktemp("furnished") / "store", uuid4()
    shutil.copytree(shut_store.folder, folder)
    desk = shut_store.open_at(folder, lambda: NOW)
    family = desk.do(store_family)[0]
    desk.do(lambda work: users.add(work, colleague, "Jonas Adeyemi", Role.RECEPTION))
    desk.close()
    return folder, family, colleague


@pytest.fixture
def scene(shut_store: ShutStore, furnished: tuple[Path, StoredFamily, UUID], tmp_path: Path) -> Iterator[Scene]:
    made, family, colleague = furnished
    shutil.copytree(made, tmp_path / "store")
    stick = tmp_path / "Stick"
    stick.mkdir()
    desk = shut_store.open_at(tmp_path / "store", lambda: NOW)
    yield Scene(desk, family, colleague, stick)
    desk.close()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("deed", MAY)
def test_a_deed_is_done_or_refused_as_the_table_says(scene: Scene, deed: str, role: Role) -> None:
    do = DEEDS.get(deed) or (_event(deed.removeprefix("request.")) if deed.startswith("request.") else _note(deed))
    sit_down(scene.desk, role)
    if role in MAY[deed]:
        written = len(entries(scene.desk))
        do(scene)
        assert deed in entries(scene.desk)[written:]
    else:
        before, keys = everything(scene.desk), scene.desk.vault.keys
        with pytest.raises(NotAllowed, match=r"darf nur, wer die Rolle Leitung.* hat\. Sie sind als"):
            do(scene)
        assert everything(scene.desk) == before
        assert scene.desk.vault.keys == keys
        assert not list(scene.stick.iterdir())


def test_a_deed_nobody_put_into_the_table_is_our_mistake(desk: Desk) -> None:
    with pytest.raises(KeyError, match=r"weather\.made"):
        desk.do(lambda work: work.note("weather.made", "weather", None))


# --- the table and the code name the same deeds


def _named(argument: ast.expr) -> Iterator[str]:
    """What the name of a deed may be: a text, one of two, or a text with a part that varies as ``*``."""
    if isinstance(argument, ast.Constant):
        yield str(argument.value)
    elif isinstance(argument, ast.IfExp):
        yield from _named(argument.body)
        yield from _named(argument.orelse)
    elif isinstance(argument, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in argument.values)


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Name) and node.value is not None:
                yield target.id, node.value


def _deeds_in_the_code() -> set[str]:
    found = set[str]()
    for path in Path(desk_app.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = dict(_constants(tree))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            called = ast.unparse(node.func).rpartition(".")[2]
            first = node.args[0]
            if called in ("note", "note_many", "require"):
                found |= set(_named(constants.get(first.id, first) if isinstance(first, ast.Name) else first))
            elif called in ("enter", "recorded") and len(node.args) > 1:
                second = node.args[1]
                found |= set(_named(constants.get(second.id, second) if isinstance(second, ast.Name) else second))
            elif called == "_set_removed" and path.name == "transitions.py":
                found |= set(_named(node.args[-1]))
            elif called == "_end" and path.name == "appointment_deeds.py":
                found |= set(_named(constants.get(ast.unparse(node.args[2]), node.args[2])))
            elif called == "_note" and path.name == "backups.py":
                found |= {f"backup.{name}" for name in _named(first)}
    states = {f"request.{code.key}" for code in code_list("request_states").entries}
    return {name.replace("**", "backup.*") for name in found if "." in name and "*" not in name} | states


def test_the_table_names_every_deed_of_the_code_and_no_other() -> None:
    assert _deeds_in_the_code() | {"backup.restored"} == set(MAY)


def test_what_follows_from_the_answers_is_everybodys_else_an_answer_would_be_refused() -> None:
    for state in placements._FOLLOWS_ANSWERS:
        assert MAY[f"request.{state}"] == frozenset(Role)


# --- who is whom


def test_somebody_the_files_do_not_name_may_do_the_least(desk: Desk) -> None:
    stranger = Desk(desk.vault, uuid4(), desk.clock)
    assert stranger.do(lambda work: work.role)[0] is Role.RECEPTION


def test_a_role_of_a_later_version_may_do_the_least(desk: Desk) -> None:
    with desk.vault.session() as session:
        session.get_one(User, desk.user).role = "auditor"
    assert desk.do(lambda work: work.role)[0] is Role.RECEPTION


def test_who_opens_a_store_whose_making_was_cut_short_is_its_leitung(desk: Desk) -> None:
    with desk.vault.session() as session:
        session.delete(session.get_one(User, desk.user))
    users.seat(desk)
    assert [(person.name, person.role) for person in people.everybody(desk)] == [("Carla Brandt", Role.LEAD)]


def test_the_leitung_cannot_end_itself(desk: Desk) -> None:
    me = desk.user
    with pytest.raises(NotAllowed, match="eigene Rolle"):
        desk.do(lambda work: users.set_role(work, me, Role.COUNSEL))
    with pytest.raises(NotAllowed, match="Sich selbst"):
        people.remove(desk, BackupKeeper(desk), me)
    assert desk.do(lambda work: work.role)[0] is Role.LEAD
