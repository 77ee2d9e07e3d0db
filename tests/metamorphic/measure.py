"""Try all variants, and tell which change breaks what: `python tests/metamorphic/measure.py`.

`--share 0.1` tries a tenth, `--wrong FILE` writes what went wrong, a line each; `--no-model` tries the frames alone.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from outcomes import outcomes, table
from variants import every_variant

import extract
from extract.chunks import chunks


def main() -> None:
    """Try and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="try one variant of so many, and all bases")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--wrong", type=Path, help="where what went wrong is written")
    parser.add_argument("--no-model", action="store_true")
    options = parser.parse_args()
    everything = every_variant()
    chosen = [v for number, v in enumerate(everything) if v.change == "base" or number % options.every == 0]
    extractor = extract.load(model=not options.no_model)
    found = [pair for batch in chunks(chosen, 500) for pair in outcomes(extractor, batch, options.workers)]
    bases = {variant.base: what for variant, what in found if variant.change == "base"}
    print("\n".join(table(found, bases)))
    right = sum(what == "right" for what in bases.values())
    based = [what for variant, what in found if variant.change != "base" and bases[variant.base] == "right"]
    print(f"\n{right} of {len(bases)} sentences right ({right / len(bases):.3f}): {dict(Counter(bases.values()))}")
    kept = sum(what == "right" for what in based)
    print(
        f"{kept} of {len(based)} variants of these right ({kept / len(based):.4f}); {len(everything)} variants in all"
    )
    if options.wrong:
        with options.wrong.open("w", encoding="utf-8") as out:
            for variant, what in found:
                if what != "right":
                    row = {"id": variant.id, "change": variant.change, "outcome": what, "text": variant.text}
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
