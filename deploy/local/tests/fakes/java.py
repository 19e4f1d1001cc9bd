"""Stands in for the JDK's java: the simulator, the artifact service and the worker's delivery as tiny servers.

What a test wants to go wrong it writes into files of the folder FAULTS (beside this file): see ``fault``.
"""

import http.server
import json
import os
import socketserver
import sys
import time
from pathlib import Path

TOKENS = []
FAULTS = Path(__file__).resolve().parent / "faults"


def fault(name):
    return (FAULTS / name).exists()


class Control(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            if line.strip() == b"next-session":
                self.server.day += 1
            self.wfile.write(f"clock 2012-09-{self.server.day}T09:00:00-04:00\n".encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    day = 20


def simulator(words):
    options = dict(zip(words[::2], words[1::2], strict=True))
    assert Path(options["--bars"]).is_dir()
    gateway = Server(("127.0.0.1", int(options["--port"])), Control)
    control = Server(("127.0.0.1", int(options["--control-port"])), Control)
    print("simulator listens on", gateway.server_address, flush=True)
    control.serve_forever()


class Service(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        token = (Path(os.environ["SIGNALWRIGHT_HOME"]) / "tokens" / "viewer").read_text().strip()
        if self.path.startswith("/q/health"):
            self.answer(503 if fault("service-never-ready") else 200, {"status": "UP"})
        elif self.path == "/api/tokens":
            self.answer(200 if self.is_operator() else 403, {"tokens": TOKENS})
        elif self.headers["Authorization"] != f"Bearer {token}":
            self.answer(401, {"title": "who are you"})
        elif "type=signal" in self.path:
            data = {"outcome": "DECIDED", "confidence_level": "MEDIUM", "key_factors": ["SuperTrend is up"]}
            data["confidence_meaning"] = "rule agreement, not a probability"
            signal = {"symbol": "AAPL", "action": "BUY", "confidence": 0.6, "origin": "replayed", "signal_data": data}
            self.answer(200, {"artifacts": [signal, {**signal, "action": "SELL"}]})
        elif "type=task_result" in self.path:
            self.answer(200, {"artifacts": [{"task_id": "preflight", "data": {"reason": "the market is closed"}}]})
        else:
            self.answer(200, {"artifacts": [], "total": 7})

    def do_POST(self):
        wish = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.is_operator():
            self.answer(403, {"title": "not allowed"})
        elif wish["name"] in [one["name"] for one in TOKENS if "revoked_at" not in one]:
            self.answer(409, {"detail": "A token of that name exists."})
        else:
            TOKENS.insert(0, {"id": str(len(TOKENS)), "created_by": "operator", **wish})
            self.answer(201, {**TOKENS[0], "token": "swt_only-now"})

    def do_DELETE(self):
        for one in TOKENS if self.is_operator() else []:
            if one["id"] == self.path.rsplit("/", 1)[1]:
                one["revoked_at"] = "2026-11-26T00:00:00Z"
        self.answer(204 if self.is_operator() else 403, None)

    def is_operator(self):
        token = (Path(os.environ["SIGNALWRIGHT_HOME"]) / "tokens" / "operator").read_text().strip()
        return self.headers["Authorization"] == f"Bearer {token}"

    def answer(self, status, body):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


def service():
    if fault("service-dies"):
        sys.exit("the database folder is of another version")
    http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["ARTIFACT_SERVICE_PORT"])), Service).serve_forever()


def deliver():
    assert "ARTIFACT_SERVICE_TOKEN_FILE" in os.environ
    pending = Path(os.environ["SPOOL_DIR"]) / "pending"
    sent = [record.unlink() for record in pending.glob("*")]
    time.sleep(0.1)
    print(json.dumps({"sent": len(sent), "waiting": 0, "quarantined": 0}))


def doctor_gateway():
    """As the worker: one object a finding, 65 when one is missing."""
    steps = [("port", "ok", "something listens"), ("market data", "warn", "delayed")]
    if fault("no-gateway"):
        steps = [("port", "missing", "Nobody listens at 127.0.0.1:4002. Start IB Gateway.")]
    if fault("doctor-breaks"):
        sys.exit("Error: could not find the main class")
    for step, state, text in steps:
        print(json.dumps({"step": step, "state": state, "text": text}), flush=True)
    sys.exit(65 if fault("no-gateway") else 0)


def main(words):
    if words == ["-version"]:
        print('openjdk version "25.0.9" 2026-01-20', file=sys.stderr)
    elif words == ["@simulator.args", "--help"]:
        print("usage: simulator --participation RATE")
    elif words[0] == "@simulator.args":
        simulator(words[1:])
    elif words[0] == "@service.args":
        service()
    elif words[0] == "@backup.args":
        assert "SIGNALWRIGHT_HOME" in os.environ
        print(" ".join(words[1:]))
    elif words == ["@worker.args", "deliver"]:
        deliver()
    elif words == ["@worker.args", "doctor-gateway"]:
        doctor_gateway()


if __name__ == "__main__":
    main(sys.argv[1:])
