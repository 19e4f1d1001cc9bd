"""Tells a person what a run did and where to look: the last screen of ``up`` and ``trigger --wait``."""

from __future__ import annotations

import textwrap
from typing import Any

from .runs import RunReport, TaskEnd
from .setup import LocalSetup

_WIDTH = 100


def places(setup: LocalSetup, clock: str | None) -> str:
    """Where everything is and how to get in."""
    host, port = setup.gateway
    gateway = f"{host}:{port}"
    if setup.simulated:
        gateway += f"  simulated, real history, stands at {clock or 'an unknown time'}"
    airflow = setup.airflow_api()
    return "\n".join(
        (
            f"  Artifacts  {setup.service_url}/artifacts",
            f"             log in with the token in {setup.viewer_token_file}",
            f"  Airflow    {airflow.url}",
            f"             user admin, password in {airflow.password_file}",
            f"  Gateway    {gateway}",
            f"  Settings   {setup.home.settings_file}",
        )
    )


def run_story(report: RunReport) -> str:
    word = {"success": "succeeded", "failed": "FAILED"}.get(report.state, f"is {report.state}")
    lines = [f"  Run {report.run_id} {word} in {report.seconds:.1f} s", ""]
    lines += [task_line(task, report.results.get(task.task_id, {})) for task in report.tasks]
    lines.append("")
    if report.service_note:
        lines.append(
            f"  Artifacts: not all known, {report.service_note.rstrip('.')}. What the service lacks waits in the spool."
        )
    else:
        lines.append(f"  {report.artifacts} artifacts")
    for signal in report.signals:
        lines += ["", *signal_lines(signal)]
    lines += ["", f"  The run's page  {report.url}", f"  In Airflow      {report.airflow_url}"]
    return "\n".join(lines)


def task_line(task: TaskEnd, result: dict[str, Any]) -> str:
    text = f"    {task.task_id:<24} {task.state:<16} {task.seconds:6.1f} s"
    notes = []
    if result.get("degraded"):
        notes.append(f"degraded: {result.get('degraded_reason') or 'no reason given'}")
    if task.state != "success" and result.get("reason"):
        notes.append(str(result["reason"]))
    return "\n".join([text, *(_indented(note, 8) for note in notes)])


def signal_lines(signal: dict[str, Any]) -> list[str]:
    """A symbol's signal in words: action, confidence, what confidence means, reasons."""
    data = signal.get("signal_data") or {}
    what = str(signal.get("action") or data.get("outcome") or "no decision")
    confidence = signal.get("confidence")
    if confidence is not None:
        what += f", confidence {float(confidence):.2f} {data.get('confidence_level') or ''}".rstrip()
        if data.get("confidence_meaning"):
            what += f" ({data['confidence_meaning']})"
    lines = [f"  {signal.get('symbol') or '?'}: {what}, origin {signal.get('origin') or 'unknown'}"]
    reasons = [*_texts(data.get("key_factors")), *_texts(data.get("reasons"))] or _texts(data.get("reasoning"))
    return lines + [_indented(f"- {reason}", 4) for reason in reasons]


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value)] if value else []


def _indented(text: str, spaces: int) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=" " * spaces, subsequent_indent=" " * (spaces + 2))
