"""The command line: ``python -m bot COMMAND``; without one it lists them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict

from bot.errors import BotError


def _serve(_: list[str]) -> int:
    """Run the bot, its actions and the web page in one process."""
    from bot.server import serve

    serve()
    return 0


def _shell(_: list[str]) -> int:
    """Talk to the bot in the terminal."""
    from bot.shell import run

    return run()


def _train(_: list[str]) -> int:
    """Train the model into models/guide.tar.gz."""
    from bot.train import run

    return run()


def _doctor(arguments: list[str]) -> int:
    """Say what is set up well, what is missing and what to do; ``--online`` asks the messengers, ``--json``."""
    from bot.doctor.command import run

    return run(arguments)


def _plan(arguments: list[str]) -> int:
    """Compute a plan from a JSON file."""
    from bot.plan.command import run

    return run(arguments)


def _facts(arguments: list[str]) -> int:
    """List the facts with their grade and expiry."""
    from bot.knowledge.command import run

    return run(arguments)


def _parse(_: list[str]) -> int:
    """Read lines from standard input and print what was understood as JSON lines."""
    from bot.parse import run

    return run(sys.stdin, sys.stdout)


def _simulate(arguments: list[str]) -> int:
    """Hold conversations with simulated users and report: ``simulate --users 1000 --seed N``."""
    from bot.simulate.command import run

    return run(arguments)


def _records(arguments: list[str]) -> int:
    """Print the records of one person: ``records USER``; ``records --migrate`` updates the database only."""
    from bot.bootstrap import records

    if arguments == ["--migrate"]:
        print(json.dumps({"revision": records().revision}))
        return 0
    for record in records().of(_person(arguments)):
        print(json.dumps(asdict(record), ensure_ascii=False, default=str))
    return 0


def _export(arguments: list[str]) -> int:
    """Print all data of one person as JSON; ``export USER FOLDER`` writes the pack of papers as well."""
    from bot.export import export

    if len(arguments) not in (1, 2):
        raise BotError("name one user, and a folder for the papers")
    print(export(*arguments))
    return 0


def _forget(arguments: list[str]) -> int:
    """Delete everything of one person, answers that wait in a messenger too, and check: ``forget USER``."""
    import asyncio

    from bot.bootstrap import forget
    from bot.channels.forget import forget_waiting
    from bot.records.conversations import forget_unsaved

    person = _person(arguments)
    waiting, done = forget_waiting(person), forget(person)
    asyncio.run(forget_unsaved(person))
    print(json.dumps({**asdict(done), "waiting": waiting, "left": 0}))
    return 0


def _retention(arguments: list[str]) -> int:
    """Delete what nobody has touched for GUIDE_RETENTION_DAYS days."""
    from bot.bootstrap import expire

    if arguments:
        raise BotError("retention takes nothing; the days are GUIDE_RETENTION_DAYS")
    done = expire()
    print(json.dumps({"events": done.events, "cases": done.records}))
    return 0


def _rotate_keys(_: list[str]) -> int:
    """Seal all that is kept with the first key of GUIDE_KEYS; afterwards the others can be taken away."""
    from bot.bootstrap import reseal

    events, values = reseal()
    print(json.dumps({"events": events, "values": values}))
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "serve": _serve,
    "shell": _shell,
    "train": _train,
    "doctor": _doctor,
    "plan": _plan,
    "facts": _facts,
    "parse": _parse,
    "simulate": _simulate,
    "records": _records,
    "export": _export,
    "forget": _forget,
    "retention": _retention,
    "rotate-keys": _rotate_keys,
}


def _person(arguments: list[str]) -> str:
    if len(arguments) != 1:
        raise BotError("name one user")
    return arguments[0]


def _usage() -> str:
    rows = [f"  {name:<12}{(command.__doc__ or '').splitlines()[0]}" for name, command in COMMANDS.items()]
    return "\n".join(["python -m bot COMMAND", "", *rows])


def main(argv: list[str]) -> int:
    """Run one command; 2 when it cannot be run as it was written."""
    if not argv or argv[0] in ("-h", "--help", "help"):
        print(_usage())
        return 0 if argv else 2
    command = COMMANDS.get(argv[0])
    if command is None:
        print(f"unknown command {argv[0]!r}\n\n{_usage()}", file=sys.stderr)
        return 2
    try:
        return command(argv[1:])
    except BotError as error:
        print(error, file=sys.stderr)
        return 2
