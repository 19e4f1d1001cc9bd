"""Every setting a user can write into ``settings.env``: meaning, local default, and what a good value looks like."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

Check = Callable[[str], str | None]


@dataclass(frozen=True)
class Setting:
    """One setting.

    default: what the local set-up uses when nothing is written; None = absent.
    check: returns what is wrong with a value, or None.
    """

    name: str
    default: str | None
    meaning: str
    check: Check
    secret: bool = False


def _text(value: str) -> str | None:
    return None if value.strip() else "it is empty"


def _one_of(*choices: str) -> Check:
    def check(value: str) -> str | None:
        return None if value in choices else f"it must be one of {', '.join(choices)}"

    return check


def _port(value: str) -> str | None:
    return None if value.isdigit() and 1 <= int(value) <= 65535 else "it must be a port, 1 to 65535"


def _number(value: str) -> str | None:
    return None if value.isdigit() else "it must be a whole number, 0 or more"


def _url(value: str) -> str | None:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "it must be an address like http://host:port"
    return "it must not hold a user or password; give secrets by their own settings" if parts.username else None


def _database(value: str) -> str | None:
    return None if value.startswith("jdbc:postgresql://") else "it must begin with jdbc:postgresql://"


def _blob_store(value: str) -> str | None:
    fits = re.fullmatch(r"postgresql|(directory:)?/.+|s3://[a-z0-9][a-z0-9.\-]+(/.*)?", value)
    return None if fits else "it must be postgresql, directory:/path or s3://bucket/prefix"


def _retention(value: str) -> str | None:
    rule = r"[a-z_]+=P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?"
    return None if re.fullmatch(rf"{rule}(, *{rule})*", value) else "it must look like chart=P90D,llm=P1Y"


def _zone(value: str) -> str | None:
    if value == "UTC" or value in zoneinfo.available_timezones() or not zoneinfo.available_timezones():
        return None
    return "it must be a time zone like America/New_York"


def _duration(value: str) -> str | None:
    fits = re.fullmatch(r"PT(?=\d)(\d+H)?(\d+M)?(\d+S)?", value)
    return None if fits else "it must be an ISO 8601 duration like PT30M"


def _symbols(value: str) -> str | None:
    names = [name.strip() for name in value.split(",")]
    bad = [name for name in names if not re.fullmatch(r"[A-Z0-9][A-Z0-9.\-]{0,11}", name)]
    return f"these are not tickers: {', '.join(repr(name) for name in bad)}" if bad else None


def _schedule(value: str) -> str | None:
    if value == "none" or value.startswith("@") or len(value.split()) == 5:
        return None
    return "it must be a cron expression of five fields, a preset like @daily, or none"


def _dag_id(value: str) -> str | None:
    return (
        None if re.fullmatch(r"[A-Za-z0-9_.\-]{1,250}", value) else "only letters, digits, dots, dashes and underscores"
    )


def _fingerprint(value: str) -> str | None:
    fits = re.fullmatch(r"[0-9a-fA-F]{64}", value.replace(":", ""))
    return None if fits else "it must be 64 hexadecimal digits, with or without colons"


def _list(value: str) -> str | None:
    fits = all(re.fullmatch(r"[A-Za-z0-9.:/\[\]_*\-]+", one.strip()) for one in value.split(","))
    return None if fits else "it must be entries separated by commas, without spaces inside or empty ones"


def _header(value: str) -> str | None:
    return None if re.fullmatch(r"[A-Za-z0-9\-]+", value) else "it must be a header's name like X-Forwarded-User"


def _strategy(value: str) -> str | None:
    return None if re.fullmatch(r"[a-z0-9\-]+@\d+", value) else "it must look like llm-chart@1"


GROUPS: tuple[tuple[str, tuple[Setting, ...]], ...] = (
    (
        "When and what",
        (
            Setting(
                "WORKFLOW_SCHEDULE",
                "0 9 * * 1-5",
                "when Airflow starts a run: a cron expression; none = by hand only",
                _schedule,
            ),
            Setting("WORKFLOW_TIMEZONE", "America/New_York", "the time zone of the schedule", _zone),
            Setting("WORKFLOW_LATE_AFTER", "PT30M", "a scheduled run later than this is skipped", _duration),
            Setting("SYMBOLS", "AAPL,MSFT,IBM", "tickers, separated by commas", _symbols),
            Setting(
                "STRATEGY",
                "llm-chart@1",
                "name and version of the strategy; part of an order's identity",
                _strategy,
            ),
            Setting("DAG_ID", "ibkr_trading_signal_workflow", "the workflow's name in Airflow", _dag_id),
        ),
    ),
    (
        "Orders",
        (
            Setting(
                "TRADING_MODE",
                "simulated",
                "off, simulated, paper or live: orders go only to an account of exactly that kind",
                _one_of("off", "simulated", "paper", "live"),
            ),
            Setting("LIVE_TRADING_ACCOUNT", None, "live orders need the account's number here as well", _text),
        ),
    ),
    (
        "Broker (absent = the gateway simulator on public-domain history, started here)",
        (
            Setting("IBKR_HOST", None, "host of a real TWS or IB Gateway", _text),
            Setting("IBKR_PORT", None, "its port: 4002 IB Gateway paper (used when absent), 7497 TWS paper", _port),
            Setting("IBKR_CLIENT_ID", "1", "the client id used there", _number),
            Setting("IBKR_CONTRACTS", None, "what a ticker stands for: AAPL=265598,BMW=IBIS/EUR", _text),
            Setting("IBKR_MARKET_DATA", "live", "live or delayed", _one_of("live", "delayed")),
            Setting("IBKR_RESTART_TIME", None, "when the gateway restarts every day, such as 23:45", _text),
            Setting("IBKR_ADAPTER", "tws", "tws or client-portal", _one_of("tws", "client-portal")),
            Setting(
                "IBKR_PORTAL_CERTIFICATE_SHA256",
                None,
                "client-portal: fingerprint of the one certificate to accept",
                _fingerprint,
            ),
            Setting("IBKR_PORTAL_CA_FILE", None, "client-portal: authorities (PEM) to accept instead", _text),
            Setting(
                "IBKR_PORTAL_TLS",
                "on",
                "client-portal: off speaks plain HTTP, only to this machine",
                _one_of("on", "off"),
            ),
        ),
    ),
    (
        "Analyst",
        (
            Setting(
                "LLM_PROVIDER",
                "rules",
                "who reads the charts: rules, openai or anthropic",
                _one_of("rules", "openai", "anthropic"),
            ),
            Setting("LLM_MODEL", None, "the model's name at its provider", _text),
            Setting("LLM_API_KEY", None, "the provider's key, or LLM_API_KEY_FILE=/path/to/it", _text, secret=True),
            Setting("LLM_API_BASE_URL", None, "another address of the provider, or a compatible server", _url),
        ),
    ),
    (
        "Artifacts (absent = the artifact service and its database are started here)",
        (
            Setting("ARTIFACT_SERVICE_URL", None, "an artifact service that runs elsewhere", _url),
            Setting("ARTIFACT_SERVICE_TOKEN", None, "the worker's token there, or ..._FILE", _text, secret=True),
            Setting("ARTIFACT_DB_URL", None, "an external database: jdbc:postgresql://host:5432/name", _database),
            Setting("ARTIFACT_DB_USER", None, "its user", _text),
            Setting("ARTIFACT_DB_PASSWORD", None, "its password, or ..._FILE", _text, secret=True),
            Setting(
                "ARTIFACT_BLOB_STORE",
                None,
                "where pictures are kept: postgresql (when absent), directory:/path or s3://bucket/prefix",
                _blob_store,
            ),
            Setting("ARTIFACT_BLOB_S3_ENDPOINT", None, "address of a bucket that is not at AWS", _url),
            Setting("ARTIFACT_BLOB_S3_REGION", None, "the bucket's region", _text),
            Setting("ARTIFACT_BLOB_S3_ACCESS_KEY", None, "its access key, or ..._FILE", _text, secret=True),
            Setting("ARTIFACT_BLOB_S3_SECRET_KEY", None, "its secret key, or ..._FILE", _text, secret=True),
            Setting(
                "ARTIFACT_RETENTION",
                None,
                "how long content is kept, like chart=P90D,llm=P1Y; absent = for ever",
                _retention,
            ),
            Setting(
                "SPOOL_DIR",
                None,
                "where artifacts wait for the service; absent = spool in this folder",
                _text,
            ),
        ),
    ),
    (
        "Who may look (absent = this machine, with tokens; docs/access.md)",
        (
            Setting("ARTIFACT_ALLOWED_HOSTS", None, "more host names the service answers under, by commas", _list),
            Setting("ARTIFACT_FRAME_ANCESTORS", None, "more origins that may show its pages in a frame", _list),
            Setting("ARTIFACT_TRUSTED_PROXIES", None, "addresses of sign-on proxies, like 10.0.0.5,10.1.0.0/16", _list),
            Setting("ARTIFACT_PROXY_USER_HEADER", None, "header in which they name the person", _header),
            Setting("ARTIFACT_PROXY_ROLES_HEADER", None, "header in which they list the person's groups", _header),
            Setting("ARTIFACT_PROXY_ROLES_FILE", None, "file of lines like: ana operator, or: @desk viewer", _text),
        ),
    ),
    (
        "Tracking",
        (Setting("MLFLOW_TRACKING_URI", None, "address of an MLflow server; absent = nothing is tracked", _url),),
    ),
    (
        "Ports of the local parts (absent = chosen once and remembered)",
        (
            Setting("ARTIFACT_SERVICE_PORT", None, "artifact service", _port),
            Setting("AIRFLOW_PORT", None, "Airflow", _port),
            Setting("SIMULATOR_PORT", None, "gateway simulator", _port),
            Setting("SIMULATOR_CONTROL_PORT", None, "its control port", _port),
        ),
    ),
)

SETTINGS: dict[str, Setting] = {setting.name: setting for _, group in GROUPS for setting in group}


def template() -> str:
    """The text of a fresh ``settings.env``."""
    lines = [
        "# Settings of this local set-up. A value here is overridden by the environment.",
        "# After a change: ./signalwright up (it restarts what the change concerns).",
        "# Every secret may be given as NAME_FILE, the path of a file that holds it.",
    ]
    for title, group in GROUPS:
        lines += ["", f"## {title}"]
        for setting in group:
            lines.append(f"# {setting.name}: {setting.meaning}")
            if setting.default is None:
                lines.append(f"#{setting.name}=")
            else:
                value = f'"{setting.default}"' if " " in setting.default else setting.default
                lines.append(f"{setting.name}={value}")
    return "\n".join(lines) + "\n"
