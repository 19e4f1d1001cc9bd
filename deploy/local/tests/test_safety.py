"""Tokens, backup and restore as a user calls them, on a checkout whose parts are tiny stand-ins."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from stand_ins import StandIn


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    made = StandIn.make(tmp_path_factory.mktemp("safety"))
    up = made.run("up", "--no-run")
    assert up.returncode == 0, up.stdout + up.stderr
    yield made
    made.run("down")


def test_a_token_is_made_shown_once_listed_and_revoked(checkout: StandIn) -> None:
    made = checkout.run("token", "create", "ana", "--role", "viewer", "--expires", "P90D")
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines()[-1] == "swt_only-now"

    again = checkout.run("token", "create", "ana", "--role", "viewer")
    assert again.returncode == 1
    assert "exists" in again.stderr

    listed = checkout.run("token", "list", "--json")
    assert [one["name"] for one in json.loads(listed.stdout)["tokens"]] == ["ana"]
    assert "swt_" not in listed.stdout

    assert checkout.run("token", "revoke", "ana").returncode == 0
    gone = checkout.run("token", "revoke", "ana")
    assert gone.returncode == 1
    assert "No token named ana" in gone.stderr
    assert "revoked" in checkout.run("token", "list").stdout


def test_backup_runs_the_services_own_program_beside_it(checkout: StandIn, tmp_path: Path) -> None:
    done = checkout.run("backup", str(tmp_path / "all.backup"))

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"backup {tmp_path}/all.backup"
    asked = checkout.run("backup", "--despite-losses", str(tmp_path / "all.backup"))
    assert asked.stdout.strip() == f"backup {tmp_path}/all.backup --despite-losses"
    assert checkout.run("verify-backup", "x").stdout.strip().startswith("verify-backup /")


def test_restore_wants_the_service_stopped(checkout: StandIn, tmp_path: Path) -> None:
    refused = checkout.run("restore", str(tmp_path / "all.backup"))
    assert refused.returncode == 1
    assert "stop artifact-service" in refused.stderr

    assert checkout.run("stop", "artifact-service").returncode == 0
    done = checkout.run("restore", str(tmp_path / "all.backup"))
    assert done.stdout.strip().endswith(f"restore {tmp_path}/all.backup")
