"""The reference of all commands, made from what the parser knows: ``python -m kg.cli.reference`` writes it.

Help and reference cannot say different things: a test holds the file to the parser.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from kg.cli.arguments import EXIT_CODES, make_parser

PATH = Path(__file__).with_name("REFERENCE.md")
_EVERYWHERE = frozenset({"-h", "--debug", "--color", "--version"})
_HEAD = """\
# Commands

Made by `python -m kg.cli.reference` from what `kg --help` knows; a test holds it to that.

Results go to standard output, everything else to standard error, a line each. In a window tables fit its
width and have colours; in a pipe or a file they are as wide as they are, and plain. `--format json` and `csv`
are for programs.

## For all commands
"""
_CONFIGURATION = """
## Configuration

An option wins over a variable, a variable over the configuration file, and that over the default. `kg config`
shows each setting with its value and where that comes from; `kg doctor` tells what is wrong. It is TOML: the
file that `KG_CONFIG` names (empty: none), else `kg.toml` in the working directory, else
`yte-kg/config.toml` in `$XDG_CONFIG_HOME` (`~/.config`); one file counts, and they are not joined.

```toml
store = "graph"            # for commands that take --store, but not for those that destroy
language = "en"            # of cards, lists and answers
color = "auto"
query_seconds = 30         # any setting, by the name of its option: --query-seconds
trusted_proxies = ["10.0.0.0/8"]
write_token_file = "token" # or write_token, where nobody else may read the file
```

Paths count from where the file is. A key that nobody knows is an error, and a `kg.toml` of another user
counts only where `KG_CONFIG` names it. Every key but `write_token_file` is a variable too: `KG_STORE`,
`KG_LANGUAGE`, `KG_COLOR`, `KG_QUERY_SECONDS` and so on.

## Colours

`--color always|never` decides. Without it `NO_COLOR` switches colours off, `FORCE_COLOR` or `CLICOLOR_FORCE`
switch them on, `CLICOLOR=0` off, and then `KG_COLOR` counts; else they show in a window that can show them.
"""


def render() -> str:
    """Return the reference as Markdown."""
    parser = make_parser()
    parts = [_HEAD, *_table(parser, everywhere=True), "## Exit codes\n", "| code | meaning |\n|---|---|"]
    parts += [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES]
    parts.append("\nInterrupted 130, reader gone 141, a fault of kg itself 70.")
    parts.append(_CONFIGURATION)
    for name, command in _commands(parser):
        parts += _section(name, command, "##")
        for inner, each in _commands(command):
            parts += _section(f"{name} {inner}", each, "###")
    return "\n".join(parts).rstrip() + "\n"


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _section(name: str, command: argparse.ArgumentParser, level: str) -> Iterator[str]:
    yield f"{level} kg {name}\n"
    yield f"{command.description}\n"
    positionals = [_positional(each) for each in command._actions if not each.option_strings]
    yield f"    kg {' '.join([name, *positionals, '[options]'])}\n"
    yield from _table(command)
    _, _, examples = (command.epilog or "").partition("\n")
    yield "```sh"
    yield from (line.strip() for line in examples.splitlines())
    yield "```\n"


def _positional(action: argparse.Action) -> str:
    shown = str(action.metavar or action.dest.upper())
    match action.nargs:
        case "*":
            return f"[{shown}…]"
        case "+":
            return f"{shown}…"
        case "?":
            return f"[{shown}]"
        case _:
            return shown


def _table(parser: argparse.ArgumentParser, *, everywhere: bool = False) -> Iterator[str]:
    """Yield the rows of the arguments; those that all commands take are told once for all."""
    rows = [
        f"| `{_written(action)}` | {_about(action, parser)} |"
        for action in parser._actions
        if (not _EVERYWHERE.isdisjoint(action.option_strings)) is everywhere
        and not isinstance(action, argparse._SubParsersAction)
    ]
    if rows:
        yield from ("| argument | is |", "|---|---|", *rows, "")


def _written(action: argparse.Action) -> str:
    if not action.option_strings:
        return _cell(str(action.metavar or action.dest.upper()))
    takes = "" if action.nargs == 0 else f" {_takes(action)}"
    return _cell(f"{action.option_strings[-1]}{takes}{' …' if action.nargs == '+' else ''}")


def _takes(action: argparse.Action) -> str:
    if action.metavar is not None:
        return str(action.metavar)
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()


def _about(action: argparse.Action, parser: argparse.ArgumentParser) -> str:
    told = (action.help or "") % {**vars(action), "prog": parser.prog}
    if action.choices and action.metavar is None and not action.option_strings:
        told += f" ({', '.join(map(str, action.choices))})"
    return _cell(told)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PATH.write_text(render(), encoding="utf-8")
