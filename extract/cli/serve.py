"""`extract-ru serve`. Heavy modules are imported when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.options import Model, stop

COMMAND = "extract-ru serve"


def serve(
    host: Annotated[
        str, typer.Option(help="The address to bind; any but this machine's own opens it to the network.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8000,
    folder: Annotated[
        Path, typer.Option(help="The folder of which the page may read files.", exists=True, file_okay=False)
    ] = Path(),
    max_chars: Annotated[int, typer.Option(help="Characters that a text may have.", min=1)] = 200_000,
    timeout: Annotated[float, typer.Option(help="Seconds that an answer may take.", min=0.1)] = 30,
    rules: Annotated[
        Path | None, typer.Option(help="A TOML file of your own deal types and lexicons.", metavar="FILE")
    ] = None,
    model: Model = True,
) -> None:
    """Serve a local page to paste articles into, and POST /extract for programs."""
    try:
        import uvicorn

        from extract.serve.app import create_app
        from extract.serve.limits import Limits
    except ModuleNotFoundError as error:
        if error.name not in ("fastapi", "starlette", "uvicorn"):
            raise
        stop("this needs the extra «serve»: pip install 'extract-ru[serve]'", COMMAND)
    import extract

    try:
        extractor = extract.load(rules, model)
    except (extract.RulesError, OSError) as error:
        stop(str(error), COMMAND)
    app = create_app(extractor, Limits(max_chars, timeout), folder if _is_local(host) else None)
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"http://{shown}:{port}/ (Ctrl+C ends it)", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, timeout_graceful_shutdown=5)


def _is_local(host: str) -> bool:
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
