"""``ccsim erlang``: exact formulas, for whatever of agents, service level and volume is left out."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads annotations when it runs)
from typing import Annotated

import typer

from ccsim.cli.options import Json
from ccsim.cli.sentences import sentences

app = typer.Typer(
    help="Agents, service level or volume by exact formulas, without simulation.",
    epilog='Example: ccsim erlang a --volume "100 per 30 min" --handle-time "3 min" --patience "2 min" '
    '--target "80% in 20 s" --shrinkage 30%',
    no_args_is_help=True,
)

Text = str | None
Volume = Annotated[Text, typer.Option(metavar="RATE", help='Contacts offered: "100 per 30 min". Left out: solved for.')]
HandleTime = Annotated[Text, typer.Option(metavar="TIME", help='Mean handle time: "3 min".')]
Agents = Annotated[Text, typer.Option(metavar="N", help="Agents at work. Left out: solved for.")]
Goal = Annotated[Text, typer.Option("--target", metavar="LEVEL", help='Service level to keep: "80% in 20 s".')]
Within = Annotated[Text, typer.Option(metavar="TIME", help="Threshold of the service level where no target says it.")]
Speed = Annotated[Text, typer.Option("--asa", metavar="TIME", help='Mean speed of answer to keep: "30 s".')]
Busy = Annotated[Text, typer.Option(metavar="SHARE", help="Occupancy to stay below: 85%.")]
Lost = Annotated[Text, typer.Option(metavar="SHARE", help="Abandonment to stay below: 5%.")]
Formula = Annotated[str, typer.Option(metavar="NAME", help="offered, answered, ignored, positive or virtual.")]
Patience = Annotated[Text, typer.Option(metavar="TIME", help='Mean time after which customers give up: "2 min".')]
Shrinkage = Annotated[Text, typer.Option(metavar="SHARE", help="Of scheduled time, not available: 30%.")]
Room = Annotated[Text, typer.Option(metavar="N", help="Waiting places; no limit if not given.")]
Balk = Annotated[Text, typer.Option(metavar="SHARE", help="Of those who would wait, leave at once.")]


@app.command()
def c(
    volume: Volume = None,
    handle_time: HandleTime = None,
    agents: Agents = None,
    goal: Goal = None,
    within: Within = None,
    asa: Speed = None,
    max_occupancy: Busy = None,
    shrinkage: Shrinkage = None,
    json: Json = False,
) -> None:
    """Erlang C: everybody waits until answered."""
    with sentences():
        from ccsim.cli.erlang.asked import Asked
        from ccsim.cli.erlang.models import erlang_c
        from ccsim.cli.erlang.told import tell

        asked = Asked("c")
        asked.team(volume, agents, shrinkage)
        asked.target(goal, within, asa=asa, max_occupancy=max_occupancy)
        tell(erlang_c(asked, handle_time), json=json)


@app.command()
def a(
    volume: Volume = None,
    handle_time: HandleTime = None,
    patience: Patience = None,
    agents: Agents = None,
    goal: Goal = None,
    formula: Formula = "offered",
    within: Within = None,
    asa: Speed = None,
    abandonment: Lost = None,
    max_occupancy: Busy = None,
    room: Room = None,
    balk: Balk = None,
    shrinkage: Shrinkage = None,
    json: Json = False,
) -> None:
    """Erlang A: customers give up after an exponential patience.

    Without --patience, or without --handle-time, finds the one that explains the --abandonment of a team.
    """
    with sentences():
        from ccsim.cli.erlang.asked import Asked
        from ccsim.cli.erlang.models import erlang_a
        from ccsim.cli.erlang.told import tell

        asked = Asked("a")
        asked.team(volume, agents, shrinkage)
        asked.target(goal, within, formula, asa, abandonment, max_occupancy)
        tell(erlang_a(asked, handle_time, patience, room, balk), json=json)


@app.command()
def x(
    volume: Volume = None,
    handle_time: HandleTime = None,
    patience: Patience = None,
    again: Annotated[Text, typer.Option(metavar="SHARE", help="Of those who give up, call again: 40%.")] = None,
    again_blocked: Annotated[Text, typer.Option(metavar="SHARE", help="Of those blocked, call again: 60%.")] = None,
    volume_cv: Annotated[
        Text, typer.Option(metavar="SHARE", help="Or: standard deviation / mean of the volume over days: 10%.")
    ] = None,
    agents: Agents = None,
    goal: Goal = None,
    formula: Formula = "offered",
    within: Within = None,
    asa: Speed = None,
    abandonment: Lost = None,
    max_occupancy: Busy = None,
    room: Room = None,
    shrinkage: Shrinkage = None,
    json: Json = False,
) -> None:
    """Erlang X: Erlang A where customers call again, or where the volume is uncertain."""
    with sentences():
        from ccsim.cli.erlang.asked import Asked
        from ccsim.cli.erlang.models import erlang_x
        from ccsim.cli.erlang.told import tell

        asked = Asked("x")
        asked.team(volume, agents, shrinkage)
        asked.target(goal, within, formula, asa, abandonment, max_occupancy)
        tell(erlang_x(asked, handle_time, patience, room, again, again_blocked, volume_cv), json=json)


@app.command()
def b(
    volume: Volume = None,
    handle_time: HandleTime = None,
    agents: Annotated[Text, typer.Option("--lines", metavar="N", help="Lines. Left out: solved for.")] = None,
    blocking: Annotated[Text, typer.Option(metavar="SHARE", help="Share of calls to be lost at most: 1%.")] = None,
    json: Json = False,
) -> None:
    """Erlang B: nobody waits; who finds all lines taken is lost."""
    with sentences():
        from ccsim.cli.erlang.asked import Asked
        from ccsim.cli.erlang.models import erlang_b
        from ccsim.cli.erlang.told import tell

        asked = Asked("b")
        asked.team(volume, agents, None, people="--lines")
        asked.target(None, None, blocking=blocking)
        tell(erlang_b(asked, handle_time), json=json)


@app.command()
def chat(
    volume: Volume = None,
    work: Annotated[Text, typer.Option(metavar="TIME", help="Mean length of a chat that has its agent alone.")] = None,
    speed: Annotated[
        Text, typer.Option(metavar="LIST", help='Speed of each of 1, 2, ... chats at once: "1, 0.8, 0.65".')
    ] = None,
    patience: Patience = None,
    agents: Agents = None,
    goal: Goal = None,
    within: Within = None,
    asa: Speed = None,
    abandonment: Lost = None,
    max_occupancy: Busy = None,
    shrinkage: Shrinkage = None,
    json: Json = False,
) -> None:
    """Chat: agents hold several conversations, each slower the more are open."""
    with sentences():
        from ccsim.cli.erlang.asked import Asked
        from ccsim.cli.erlang.models import chat
        from ccsim.cli.erlang.told import tell

        asked = Asked("chat")
        asked.team(volume, agents, shrinkage)
        asked.target(goal, within, asa=asa, abandonment=abandonment, max_occupancy=max_occupancy)
        tell(chat(asked, work, speed, patience), json=json)


@app.command()
def deferred(
    volume: Volume = None,
    handle_time: HandleTime = None,
    arriving: Annotated[str, typer.Option(metavar="FROM-TO", help="When items come, evenly.")] = "00:00-24:00",
    arriving_days: Annotated[str, typer.Option(metavar="DAYS", help="On which days items come.")] = "daily",
    open_: Annotated[str, typer.Option("--open", metavar="FROM-TO", help="When agents work.")] = "00:00-24:00",
    open_days: Annotated[str, typer.Option(metavar="DAYS", help="On which days agents work: mon-fri.")] = "daily",
    business_hours: Annotated[
        bool, typer.Option("--business-hours", help="Response times run in opening hours only.")
    ] = False,
    backlog: Annotated[str, typer.Option(metavar="N", help="Items open on Monday at 00:00.")] = "0",
    agents: Agents = None,
    goal: Annotated[
        Text, typer.Option("--target", metavar="LEVEL", help='Response level to keep: "90% in 4 h".')
    ] = None,
    shrinkage: Shrinkage = None,
    json: Json = False,
) -> None:
    """Deferred work (email, back office): a backlog that is worked off in opening hours."""
    with sentences():
        from ccsim.cli.erlang.asked import Asked
        from ccsim.cli.erlang.backlog import tell, week

        asked = Asked("deferred")
        asked.team(volume, agents, shrinkage)
        asked.level(goal)
        around = week(asked, handle_time, (arriving, arriving_days), (open_, open_days), business_hours, backlog)
        tell(asked, around, json=json)


@app.command()
def table(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="A row per interval.", show_default=False)],
    goal: Goal = None,
    formula: Formula = "offered",
    asa: Speed = None,
    abandonment: Lost = None,
    max_occupancy: Busy = None,
    patience: Patience = None,
    shrinkage: Shrinkage = None,
    interval: Annotated[
        Text, typer.Option(metavar="TIME", help="Length of an interval, where one row does not tell.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Where to write it; stdout if not given.")
    ] = None,
) -> None:
    """Required agents of every interval of a table: Erlang C, or A where patience is given.

    Columns in: interval_start, offered (or volume), handle_time_s, and if wanted agents and patience_s; others are
    kept. Columns out: required, scheduled, and the service level of the given agents.
    """
    with sentences():
        from ccsim.cli.erlang.asked import Asked
        from ccsim.cli.erlang.intervals import staffed

        asked = Asked("table")
        asked.team(None, None, shrinkage)
        asked.target(goal, None, formula, asa, abandonment, max_occupancy)
        asked.finish()
        text = staffed(file, asked, patience, interval)
        if out is None:
            typer.echo(text, nl=False)
        else:
            out.write_text(text, encoding="utf-8", newline="")
            typer.echo(f"Written: {out}")
