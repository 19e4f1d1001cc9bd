"""Settings: what is written, what overrides it, what is refused, and where secrets go."""

import stat
from pathlib import Path

import pytest

from signalwright_local import settings
from signalwright_local.catalogue import SETTINGS
from signalwright_local.failure import Failure
from signalwright_local.places import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.create()
    settings.write_template(made)
    return made


def write(home: Home, *lines: str) -> None:
    with home.settings_file.open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def test_a_fresh_file_is_private_valid_and_names_every_setting(home: Home) -> None:
    found = settings.load(home, {}, starting=True)

    assert stat.S_IMODE(home.settings_file.stat().st_mode) == 0o600
    text = home.settings_file.read_text(encoding="utf-8")
    assert all(f"{name}=" in text for name in SETTINGS)
    assert found.warnings == ()
    assert found.need("TRADING_MODE") == "simulated"
    assert found.need("WORKFLOW_SCHEDULE") == "0 9 * * 1-5"
    assert found.get("IBKR_HOST") is None


def test_a_written_file_is_never_overwritten(home: Home) -> None:
    write(home, "SYMBOLS=IBM")

    assert settings.write_template(home) is False
    assert settings.load(home, {}, starting=False).need("SYMBOLS") == "IBM"


def test_the_environment_wins_over_the_file(home: Home) -> None:
    write(home, "SYMBOLS=IBM", "STRATEGY=mine@2")

    found = settings.load(home, {"SYMBOLS": "MSFT", "UNRELATED": "x"}, starting=False)

    assert (found.need("SYMBOLS"), found.need("STRATEGY")) == ("MSFT", "mine@2")
    assert "UNRELATED" not in found.values


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('WORKFLOW_SCHEDULE="30 9 * * *"', "30 9 * * *"),
        ("WORKFLOW_SCHEDULE='none'", "none"),
        ("export WORKFLOW_SCHEDULE=@daily  # once", "@daily"),
    ],
)
def test_values_are_read_as_a_shell_would(home: Home, line: str, expected: str) -> None:
    write(home, line)

    assert settings.load(home, {}, starting=False).need("WORKFLOW_SCHEDULE") == expected


@pytest.mark.parametrize(
    "line",
    [
        "TRADING_MODE=yes",
        "IBKR_PORT=70000",
        "SYMBOLS=AAPL,not a ticker",
        "WORKFLOW_TIMEZONE=Mars/Olympus",
        "WORKFLOW_LATE_AFTER=30 minutes",
        "WORKFLOW_SCHEDULE=9 o'clock",
        "LLM_API_BASE_URL=http://user:secret@host/",
        "ARTIFACT_DB_URL=postgres://host/db",
        "ARTIFACT_BLOB_STORE=ftp://somewhere",
        "ARTIFACT_RETENTION=chart=90",
        "STRATEGY=unversioned",
        "DAG_ID=with space",
        "LLM_API_KEY_FILE=/nowhere/key",
        "ARTIFACT_SERVICE_URL=http://elsewhere:8480",
    ],
)
def test_a_bad_value_is_refused_by_name(home: Home, line: str) -> None:
    write(home, line)

    with pytest.raises(Failure, match=line.partition("=")[0]):
        settings.load(home, {}, starting=True)


def test_an_unknown_name_and_an_odd_pair_are_warned_about(home: Home) -> None:
    write(home, "SYMBLOS=IBM", "LLM_PROVIDER=openai", "IBKR_PORT=4001")

    warnings = settings.load(home, {}, starting=True).warnings

    assert [warning.split()[0] for warning in warnings] == ["SYMBLOS", "LLM_PROVIDER", "IBKR_PORT"]


def test_a_secret_is_handed_on_as_a_private_file_only(home: Home) -> None:
    write(home, "LLM_API_KEY=sk-very-secret")

    found = settings.load(home, {}, starting=True)

    handed_on = found.environment()
    assert "sk-very-secret" not in str(handed_on)
    file = Path(handed_on["LLM_API_KEY_FILE"])
    assert file.read_text(encoding="utf-8") == "sk-very-secret\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_secret_from_the_environment_survives_commands_that_do_not_start_anything(home: Home) -> None:
    file = settings.load(home, {"LLM_API_KEY": "once"}, starting=True).secret_files["LLM_API_KEY"]

    assert settings.load(home, {}, starting=False).secret_files["LLM_API_KEY"] == file
    assert file.read_text(encoding="utf-8") == "once\n"
    assert "LLM_API_KEY" not in settings.load(home, {}, starting=True).secret_files
    assert not file.exists()
