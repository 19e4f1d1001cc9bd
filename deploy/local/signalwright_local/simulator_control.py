"""Talks to the gateway simulator's control port: one command a line, one answer a line."""

from __future__ import annotations

import socket

from .failure import Failure

_LINE_LIMIT = 4096


def clock(port: int) -> str | None:
    """The instant the simulator stands at; None when it does not answer."""
    try:
        return _command(port, "clock").removeprefix("clock ")
    except (OSError, Failure):
        return None


def next_session(port: int) -> str:
    """Moves the simulator one session on; returns its new clock."""
    try:
        answer = _command(port, "next-session", seconds=30)
    except OSError as error:
        raise Failure(
            "The gateway simulator does not answer, so it cannot be moved: start it with ./signalwright start simulator."
        ) from error
    return answer.partition(" ")[2]


def _command(port: int, command: str, seconds: float = 3) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(f"{command}\n".encode())
        with connection.makefile("r", encoding="utf-8", errors="replace") as answers:
            answer = answers.readline(_LINE_LIMIT).strip()
    if not answer or answer.startswith("error"):
        raise Failure(f"The gateway simulator refused {command!r}: {answer or 'it closed the connection'}")
    return answer
