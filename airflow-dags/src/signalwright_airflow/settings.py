"""What the DAG file needs to know, read from the environment when Airflow parses it.

Every bad value is a ValueError with one plain sentence; Airflow shows it as the DAG's import error. Pure Python apart
from croniter, no file is opened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from croniter import croniter

DEFAULT_SCHEDULE = "0 9 * * 1-5"
DEFAULT_TIMEZONE = "America/New_York"
DEFAULT_SYMBOLS = "AAPL,MSFT,IBM"
DEFAULT_DAG_ID = "ibkr_trading_signal_workflow"

#: One ticker, as it may reach a process: nothing a shell, a path or a URL could misread.
_SYMBOL = r"[A-Za-z][A-Za-z0-9.\-]{0,14}"
#: Pattern of the trigger form's `symbols`; blank means "the setting".
SYMBOLS_PATTERN = rf"^\s*({_SYMBOL}(\s*,\s*{_SYMBOL})*)?\s*$"
#: Pattern of the trigger form's `as_of`: an instant with its zone, or a date; blank means "now".
AS_OF_PATTERN = r"^(\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?)?$"
#: A run works through its symbols in one process; more than this is another product.
MAX_SYMBOLS = 50

_DAG_ID = re.compile(r"[A-Za-z0-9_.\-]{1,200}")
# Airflow knows these too, but its own table of presets has failed validation before; so none reaches it.
_PRESETS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_SCHEDULE_HELP = (
    "Give five cron fields such as '0 9 * * 1-5', a preset such as '@daily', or 'none' for manual runs only."
)
# Any fixed moment will do: it only has to exist so that a date which never comes is noticed here.
_CRON_BASE = datetime(2024, 1, 1)


@dataclass(frozen=True)
class WorkflowSettings:
    """The settings of one DAG, valid by construction through `from_environment`.

    :param dag_id: `DAG_ID`
    :param schedule: `WORKFLOW_SCHEDULE` as five cron fields; None for manual runs only
    :param timezone: `WORKFLOW_TIMEZONE`, an IANA name
    :param symbols: `SYMBOLS`, upper case, in order, without doubles
    :param java: `WORKFLOW_JAVA`, absolute path of the java executable on the machine that runs tasks
    :param worker_home: `WORKFLOW_WORKER_HOME`, absolute path of the worker's folder there
    """

    dag_id: str
    schedule: str | None
    timezone: str
    symbols: tuple[str, ...]
    java: Path
    worker_home: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> WorkflowSettings:
        """Read and check all settings.

        :raises ValueError: a value cannot be used; the message names it and says what to write instead
        """
        timezone = parse_timezone(_value(environment, "WORKFLOW_TIMEZONE", DEFAULT_TIMEZONE))
        return cls(
            dag_id=_parse_dag_id(_value(environment, "DAG_ID", DEFAULT_DAG_ID)),
            schedule=parse_schedule(_value(environment, "WORKFLOW_SCHEDULE", DEFAULT_SCHEDULE)),
            timezone=timezone,
            symbols=parse_symbols(_value(environment, "SYMBOLS", DEFAULT_SYMBOLS), "SYMBOLS"),
            java=_absolute_path(environment, "WORKFLOW_JAVA", "the java executable"),
            worker_home=_absolute_path(environment, "WORKFLOW_WORKER_HOME", "the worker's folder"),
        )


def parse_schedule(text: str) -> str | None:
    """Return five cron fields, or None when the text says that runs are only started by hand."""
    if text.lower() == "none":
        return None
    cron = _PRESETS.get(text.lower(), text)
    if len(cron.split()) != 5:  # noqa: PLR2004 - croniter would take six and seven, with other meanings
        raise ValueError(f"WORKFLOW_SCHEDULE '{text}' is not a schedule. {_SCHEDULE_HELP}")
    try:
        croniter(cron, _CRON_BASE).get_next()
    except ValueError as error:  # all of croniter's errors; a date that never comes is one of them
        raise ValueError(f"WORKFLOW_SCHEDULE '{text}' cannot be used: {error}. {_SCHEDULE_HELP}") from error
    return cron


def parse_timezone(text: str) -> str:
    """Return the name of a zone that this machine knows."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:  # unknown name, name with a path in it, name of a folder
        raise ValueError(
            f"WORKFLOW_TIMEZONE '{text}' is not a time zone. Give an IANA name such as 'America/New_York'."
        ) from error
    return text


def parse_symbols(text: str, source: str) -> tuple[str, ...]:
    """Return tickers in upper case, in order, without doubles.

    :param source: who gave the text, for the error message
    """
    symbols = tuple(dict.fromkeys(part.strip().upper() for part in text.split(",")))
    for symbol in symbols:
        if not re.fullmatch(_SYMBOL, symbol):
            raise ValueError(
                f"{source} holds '{symbol[:40]}', which is not a ticker. Give a comma list such as "
                "'AAPL,MSFT,IBM': letters, digits, dots and hyphens, at most 15 characters, a letter first."
            )
    if len(symbols) > MAX_SYMBOLS:
        raise ValueError(f"{source} holds {len(symbols)} tickers; at most {MAX_SYMBOLS} are worked through in one run.")
    return symbols


def _parse_dag_id(text: str) -> str:
    if not _DAG_ID.fullmatch(text):
        raise ValueError(
            f"DAG_ID '{text[:40]}' cannot be used. Give letters, digits, underscores, dots and hyphens, "
            "at most 200 characters."
        )
    return text


def _absolute_path(environment: Mapping[str, str], name: str, what: str) -> Path:
    # Only the form is checked here: the machine that parses the DAG need not be the one that runs its tasks.
    text = _value(environment, name, "")
    if not text:
        raise ValueError(f"{name} is not set. Set it to the absolute path of {what}.")
    if not Path(text).is_absolute():
        raise ValueError(f"{name} '{text}' is not absolute. Set it to the absolute path of {what}.")
    return Path(text)


def _value(environment: Mapping[str, str], name: str, default: str) -> str:
    """Return the value without surrounding blanks; an empty one counts as not set."""
    return environment.get(name, "").strip() or default
