"""The publication log: a chain that shows every change, checked by ourselves and by sha256sum."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from portal.base import ledger, ledger_check
from portal.base.models import PublicationEntry

pytestmark = pytest.mark.django_db

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "verify.sh"
HASHES = [hashlib.sha256(word).hexdigest() for word in (b"uno", b"dos", b"tres", b"cuatro")]


@pytest.fixture(autouse=True)
def only_the_chain(monkeypatch):
    """No room speaks here: what stands is told by the tests."""
    monkeypatch.setattr(ledger, "kinds", {})


@pytest.fixture
def log():
    for number, sha256 in enumerate(HASHES, start=1):
        ledger.append("document", f"jornada/documento-{number}", sha256)


def faults():
    return list(ledger_check.faults())


def test_an_entry_is_hashed_as_the_docs_say(log):
    first, second = PublicationEntry.objects.order_by("number")[:2]
    at = first.at.astimezone(timezone.get_fixed_timezone(0)).strftime("%Y-%m-%dT%H:%M:%SZ")
    line = f"1\t{at}\tdocument\tjornada/documento-1\tpublished\t{HASHES[0]}\t{'0' * 64}"
    assert first.entry_hash == hashlib.sha256(line.encode()).hexdigest()
    assert second.previous_hash == first.entry_hash
    assert faults() == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE base_publicationentry SET sha256 = 'x' WHERE number = 2", "2 fue cambiada"),
        ("UPDATE base_publicationentry SET reference = 'x' WHERE number = 1", "1 fue cambiada"),
        ("UPDATE base_publicationentry SET act = 'withdrawn' WHERE number = 4", "4 fue cambiada"),
        ("DELETE FROM base_publicationentry WHERE number = 2", "Falta la entrada 2"),
        ("DELETE FROM base_publicationentry WHERE number = 4", "la última es la 3 de 4"),
        ("DELETE FROM base_publicationentry", "la última es la 0 de 4"),
    ],
)
def test_what_somebody_changes_behind_the_portal_is_found(log, statement, sentence, capsys):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert any(sentence in fault for fault in faults())
    with pytest.raises(SystemExit):
        call_command("verify_log")
    assert sentence in capsys.readouterr().err


def test_who_hashes_the_changed_entry_again_breaks_the_next(log):
    entry = PublicationEntry.objects.get(number=2)
    entry.sha256 = HASHES[3]
    entry.entry_hash = ledger.digest(ledger.line_of(entry).encode())
    entry.save()
    assert faults() == ["La entrada 3 no sigue a la anterior."]


def checked(copy):
    """What a reader's own shell says of a copy: its code and its sentence."""
    command = ["/bin/sh", SCRIPT, copy]
    said = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return said.returncode, said.stdout


def test_sha256sum_alone_checks_a_copy(log, tmp_path):
    copy = tmp_path / "registro.txt"
    copy.write_text("".join(ledger.lines()))
    assert checked(copy)[1].startswith("4 entradas.")
    copy.write_text(copy.read_text().replace(HASHES[2], HASHES[0]))
    assert checked(copy) == (1, "La entrada 3 no es la que se publicó.\n")


def test_nothing_published_is_a_whole_log(capsys):
    call_command("verify_log")
    assert "0 entries" in capsys.readouterr().out


def test_a_publication_is_compared_with_its_newest_entry(log, monkeypatch):
    now = [ledger.Standing("jornada/documento-1", HASHES[1])]
    kind = ledger.Kind(lambda: "Documento", lambda: now)
    monkeypatch.setitem(ledger.kinds, "document", kind)
    found = faults()
    assert found[0] == "document jornada/documento-1 no es lo que se publicó."
    assert "documento-2 se publicó y ya no está" in found[1]
    now[:] = [ledger.Standing("otro/documento-9", HASHES[1])]
    assert "document otro/documento-9 es público y no tiene entrada." in faults()


def test_keeping_up_writes_only_what_changed(log):
    same = ledger.Standing("jornada/documento-1", HASHES[0])
    other = ledger.Standing("jornada/documento-2", HASHES[3])
    new = ledger.Standing("jornada/documento-9", HASHES[3])
    for _time in range(2):
        ledger.keep_up(
            "document", [(same, ""), (other, ""), (new, "")], gone=["jornada/documento-3"]
        )
    written = PublicationEntry.objects.filter(number__gt=4).order_by("number")
    assert [(entry.reference[-1], entry.act) for entry in written] == [
        ("2", "corrected"), ("9", "published"), ("3", "withdrawn"),
    ]  # fmt: skip
