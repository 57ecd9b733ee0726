"""``pacecalc pantry``: what there is to eat and drink."""

from __future__ import annotations

from pathlib import Path

import typer

from pacecalc.cli.output import deliver

app = typer.Typer(help="Foods and drinks: the bundled products and your own.", no_args_is_help=True)
PANTRY = typer.Option(None, "--pantry", help="Your pantry file; the bundled one without it.")


@app.callback()
def _group() -> None:
    """Foods and drinks."""


@app.command("init")
def write_starter(
    output: Path | None = typer.Argument(None, help="File to write, e.g. pantry.yaml; the terminal without it."),
    force: bool = typer.Option(False, "--force", help="Overwrite an existing file."),
) -> None:
    """Write a commented starter file: own products, what you bring, what stations offer."""
    from pacecalc.documents.starters import pantry_starter

    deliver(pantry_starter(), output=output, force=force)


@app.command("list")
def list_products(pantry: Path | None = PANTRY) -> None:
    """All products, one line each."""
    from pacecalc.documents.pantry import load_pantry
    from pacecalc.render.pantry import render_product_list

    typer.echo(render_product_list(load_pantry(pantry)), nl=False)


@app.command("show")
def show_product(
    product: str = typer.Argument(help="Product id; pacecalc pantry list shows them."), pantry: Path | None = PANTRY
) -> None:
    """One product with its figures, source and standing."""
    from pacecalc.documents.pantry import load_pantry
    from pacecalc.render.pantry import render_product

    typer.echo(render_product(load_pantry(pantry), product), nl=False)


@app.command("check")
def check(pantry: Path | None = typer.Argument(None, help="Pantry file; the bundled one without it.")) -> None:
    """Read a pantry and say what is wrong or doubtful in its figures."""
    from pacecalc.documents.pantry import load_pantry
    from pacecalc.documents.pantry_checks import find_pantry_doubts

    loaded = load_pantry(pantry)
    doubts = find_pantry_doubts(loaded)
    for doubt in doubts:
        typer.echo(f"doubt: {doubt}")
    typer.echo(f"{len(loaded.products)} products, {len(doubts)} doubts")
