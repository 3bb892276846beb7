"""kiosk demo, run, calls, doctor: the kiosk on the whole screen, and whether it could run."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import openssl
from kiosk.commands.arguments import settings
from kiosk.commands.codes import EXIT_RUNNING

if TYPE_CHECKING:
    from kiosk.commands.arguments import Commands
    from kiosk.post import Post


def add(commands: Commands) -> None:
    demo = commands.add_parser("demo", help="the kiosk with made-up people and devices")
    demo.add_argument("--state", type=Path, metavar="DIR", help="keep the demo's folder there")
    demo.set_defaults(run=_demo)

    run = commands.add_parser("run", help="the kiosk, as config.toml says")
    run.set_defaults(run=_run)

    calls = commands.add_parser(
        "calls", help="the tickets called now, for a second monitor in the waiting room"
    )
    calls.set_defaults(run=_calls)

    doctor = commands.add_parser("doctor", help="check this kiosk and say what to do")
    doctor.add_argument("--json", action="store_true", help="one JSON list")
    doctor.set_defaults(run=_doctor)


def _demo(arguments: argparse.Namespace) -> int:
    openssl.leave_out()
    from kiosk.demo.post import DemoPost

    post = DemoPost(arguments.state)
    return _full_screen(post)


def _run(arguments: argparse.Namespace) -> int:
    openssl.leave_out()
    from kiosk.post import GatePost

    return _full_screen(GatePost(settings(arguments)))


def _calls(arguments: argparse.Namespace) -> int:
    openssl.leave_out()
    from kiosk.call_post import CallPost

    return _full_screen(CallPost(settings(arguments)))


def _full_screen(post: Post) -> int:
    from kiosk.terminal import prepare_environment, run

    prepare_environment()
    from kiosk import log_file
    from kiosk.app import KioskApp
    from kiosk.cli import complain
    from kiosk.errors import AlreadyRunning

    log_file.keep(post.log_path)
    app = KioskApp(post)
    code = run(app)
    if app.fatal is not None:
        complain(app.fatal)
        return EXIT_RUNNING if isinstance(app.fatal, AlreadyRunning) else code
    return code


def _doctor(arguments: argparse.Namespace) -> int:
    from kiosk.support.doctor import check, report

    return report(check(arguments.config), as_json=arguments.json)
