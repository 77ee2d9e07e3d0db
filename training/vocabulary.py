"""Keep the pieces that Russian news is written in: `python training/vocabulary.py WORK ARTICLES...`.

ARTICLES are JSON Lines files with `text`, gzipped or not, or folders of `.txt`. WORK, which holds what
`pretrained.py` made, gets `vocabulary.json`: pieces, scores and the rows of the pretrained embedding.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from join import lines

from extract.learned.pieces import LONGEST_PIECE, Pieces

LEAST = 3  # times that a piece occurs
SPECIAL = 4  # «<s>», «<pad>», «</s>», «<unk>» come first, in this order
USABLE = re.compile(r"[\u2581\dA-Za-zÀ-žА-яЁёЄєІіЇїҐґЎў\W]+")
LETTERS = re.compile(r"\u2581?[\dA-Za-zА-яЁёЄєІіЇїҐґЎў\W]")
WORD = re.compile(r"(\s?)(\w+|[^\w\s])")


def texts(paths: list[Path]) -> Iterator[str]:
    """All texts."""
    for path in paths:
        if path.is_dir():
            yield from (file.read_text("utf-8") for file in sorted(path.rglob("*.txt")))
        else:
            yield from (json.loads(line)["text"] for line in lines(path))


def main() -> None:
    """Count, choose, write."""
    work, paths = Path(sys.argv[1]), [Path(path) for path in sys.argv[2:]]
    whole = json.loads((work / "pretrained-vocabulary.json").read_text("utf-8"))
    known, scores = whole["pieces"], whole["scores"]
    usable = [
        piece if i >= SPECIAL and len(piece) <= LONGEST_PIECE and USABLE.fullmatch(piece) else ""
        for i, piece in enumerate(known)
    ]
    cutter = Pieces(usable, scores, whole["unknown"])
    words: Counter[tuple[str, bool]] = Counter()
    for text in texts(paths):
        words.update((match[2], bool(match[1])) for match in WORD.finditer(" " + text))
    counts: Counter[int] = Counter()
    for (word, begins), count in words.items():
        counts.update(dict.fromkeys(cutter.of(word, begins), count))
    kept = [
        *range(SPECIAL),
        *sorted(i for i in range(SPECIAL, len(known)) if usable[i] and _keeps(usable[i], counts[i])),
    ]
    pieces = list(chain(("",) * SPECIAL, (known[i] for i in kept[SPECIAL:])))
    vocabulary = {"pieces": pieces, "scores": [scores[i] for i in kept], "rows": kept, "unknown": whole["unknown"]}
    (work / "vocabulary.json").write_text(json.dumps(vocabulary, ensure_ascii=False), "utf-8")
    covered = sum(counts[i] for i in kept) / max(counts.total(), 1)
    print(f"{len(kept)} of {len(known)} pieces, {covered:.4f} of the text")


def _keeps(piece: str, count: int) -> bool:
    return count >= LEAST or bool(LETTERS.fullmatch(piece))


if __name__ == "__main__":
    main()
