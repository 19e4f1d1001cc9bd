"""``up``: from a fresh clone, or from whatever is running, to a healthy system and a run to look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from . import credentials, ports, runs, settings, simulator_control, story
from .airflow_api import AirflowApi
from .build import JavaBuild, install, remove_others
from .desk import Desk
from .failure import Failure
from .parts import AIRFLOW, NAMES, parts_of
from .setup import Built, LocalSetup
from .spool import deliver, waiting_records
from .together import together
from .toolchain import find_jdk, find_maven, find_node

_WORKFLOW_SECONDS = 90


@dataclass(frozen=True)
class Wish:
    """What the user asked for. run: None = only when no run has succeeded yet."""

    run: bool | None
    new_ports: bool
    wait_seconds: float


def up(desk: Desk, wish: Wish) -> int:
    with desk.home.alone(desk.screen.say):
        setup = _start_everything(desk, wish)
    clock = simulator_control.clock(setup.ports.simulator_control) if setup.simulated else None
    told = _run(desk, setup, wish)
    desk.screen.say()
    if told is not None:
        desk.screen.say(story.run_story(told) + "\n")
    desk.screen.say(story.places(setup, clock))
    desk.screen.say(
        "\n  Next: ./signalwright trigger --next-session --wait   ./signalwright status   ./signalwright down"
    )
    return 0 if told is None or told.succeeded else 1


def _start_everything(desk: Desk, wish: Wish) -> LocalSetup:
    desk.screen.say(f"Signalwright in {desk.home.root}")
    desk.home.create()
    settings.write_template(desk.home)
    if wish.new_ports:
        ports.forget(desk.home)
    setup = desk.load_to_start()
    for warning in setup.settings.warnings:
        desk.screen.say(f"  ! {warning}")
    credentials.make_missing(desk.home)
    life = desk.lifecycle(setup)
    built = _build(desk, setup)
    with desk.screen.step("preparing Airflow's database") as step:
        step.note = "" if life.migrate_airflow(built) else "up to date"
    wanted = parts_of(setup)
    life.stop(set(NAMES) - {part.name for part in wanted})
    life.start(wanted, built)
    remove_others(desk.home, built.key)
    with desk.screen.step("reading the workflow"):
        runs.await_workflow(setup.airflow_api(), setup.dag_id, _WORKFLOW_SECONDS)
    if waiting_records(setup.spool):
        with desk.screen.step("delivering what the spool holds") as step:
            step.note = deliver(setup, built).sentence
    return setup


def _build(desk: Desk, setup: LocalSetup) -> Built:
    with desk.screen.step("looking for tools") as step:
        jdk = find_jdk(desk.environment)
        maven = find_maven(desk.environment)
        find_node(desk.environment)
        step.note = f"JDK {jdk.version}"
    java = JavaBuild(desk.checkout, jdk, maven, desk.home.logs / "build.log")
    python = desk.airflow_python()
    if not python.is_current():
        # Running processes must not lose their files under way; the Java parts run from copies of their own.
        desk.lifecycle(setup).end_runs()
        desk.lifecycle(setup).stop(AIRFLOW)
    together([partial(_build_java, desk, java), partial(_install_airflow, desk)])
    install(desk.checkout, desk.home, java.key)
    desk.home.remember({"build_key": java.key})
    return desk.built()


def _build_java(desk: Desk, java: JavaBuild) -> None:
    with desk.screen.step("building the Java parts") as step:
        step.note = "" if java.run(desk.tools(), desk.screen.say) else "sources unchanged"


def _install_airflow(desk: Desk) -> None:
    with desk.screen.step("installing Airflow") as step:
        step.note = "" if desk.airflow_python().make(desk.tools()) else "up to date"


def _run(desk: Desk, setup: LocalSetup, wish: Wish) -> runs.RunReport | None:
    if wish.run is False:
        return None
    api = setup.airflow_api()
    newest = api.newest_run(setup.dag_id)
    state = newest["state"] if newest else None
    if newest is not None and wish.run is None and state == "success":
        desk.screen.say("  A run has succeeded here already; ./signalwright trigger starts another.")
        return runs.report(api, setup.service_api(), setup.dag_id, newest["dag_run_id"])
    if newest is not None and wish.run is None and state in ("running", "queued"):
        return watch(desk, setup, newest["dag_run_id"], wish.wait_seconds)
    return watch(desk, setup, api.trigger(setup.dag_id, {}), wish.wait_seconds)


def watch(desk: Desk, setup: LocalSetup, run_id: str, seconds: float) -> runs.RunReport:
    """Follows a run on the screen to its end."""
    api: AirflowApi = setup.airflow_api()
    with desk.screen.step(f"run {run_id}"):
        runs.follow(
            api,
            setup.dag_id,
            run_id,
            seconds,
            lambda task: desk.screen.say(f"      {task.task_id:<24} {task.state} {task.seconds:.1f} s"),
        )
    try:
        return runs.report(api, setup.service_api(), setup.dag_id, run_id)
    except KeyError as error:
        raise Failure(f"Airflow's answer lacks {error}: see {api.run_page(setup.dag_id, run_id)}") from error
