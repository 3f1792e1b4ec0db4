"""The least that a command can cost: Typer and SQLModel, one row changed and committed.

The collector of garbage rests as it does in tickler, so that both sides are alike.
"""

from __future__ import annotations

import gc

gc.disable()

from typing import Annotated  # noqa: E402  # nothing is loaded before the collector rests

import typer  # noqa: E402

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def move(
    name: Annotated[str, typer.Argument(help="Which row.")],
    when: str,
    db: Annotated[str, typer.Option(envvar="FLOOR_DB")],
) -> None:
    """Change one row."""
    # Only where they are needed: Typer alone is the floor of --help.
    from sqlmodel import Field, Session, SQLModel, create_engine, select  # noqa: PLC0415

    gc.freeze()

    class Dossier(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        name: str
        next_on: str = ""

    with Session(create_engine(f"sqlite:///{db}")) as session:
        row = session.exec(select(Dossier).where(Dossier.name == name)).one()
        row.next_on = when
        session.commit()
    print(f"{name} → {when}")


if __name__ == "__main__":
    try:
        app()
    finally:
        gc.freeze()
