"""Numbers in figures, as they are written: «1 234,56», «1.234.567», «1'234», «2–3», «1250-00», «5-ти»."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.entities.tokens import Line
from extract.rules import alternatives

LONGEST = 14  # tokens of a number or a range
_PIECE = re.compile(r"[\d.,'’`=‑–—−-]{1,40}")
_GROUPED = "|".join(
    (
        r"[1-9]\d{0,2}(?: \d{3}){1,4}(?:[.,]\d{1,9})?",
        r"[1-9]\d{0,2}(?:['’`]\d{3}){1,4}(?:[.,]\d{1,9})?",
        r"[1-9]\d{0,2}(?:\.\d{3}){1,4},\d{1,2}",
        r"[1-9]\d{0,2}(?:,\d{3}){1,4}\.\d{1,2}",
        r"[1-9]\d{0,2}(?:\.\d{3}){2,4}",
        r"[1-9]\d{0,2}(?:,\d{3}){2,4}",
    )
)
_NUMBER = rf"(?:{_GROUPED}|\d{{1,15}}(?:[.,]\d{{1,15}})?)(?!\d)"
_ALONE = re.compile(_NUMBER)
_RANGE = re.compile(rf"({_NUMBER})[-‑–—−]({_NUMBER})")
_COINS = re.compile(rf"({_NUMBER})[-=](\d\d)(?!\d)")
_SUFFIXED = re.compile(rf"(?:(\d{{1,9}})[-‑–—])?(\d{{1,9}})-{alternatives('numerals', 'suffixes', 'words')}")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from the line; of a range the upper one.

    Attributes:
        value: the number, multipliers included.
        end: the position past its last word.
        scale: its largest multiplier, such as a million; 1 where it has none.
        low: of a range the lower number.
        bound: «min» for «пять с лишним», «about» for «тысяч пять»; "" where nothing of the kind is said.
        thousands: how likely the point of «125.000» or «1,250» parts thousands: «likely», «possible», or "".
        partial: True of a mere part, «четверть», «пол», which a percent can have.
        bracket: where the brackets open that say it once more: «1000 (одна тысяча)».
    """

    value: Decimal
    end: int
    scale: Decimal = Decimal(1)
    low: Decimal | None = None
    bound: str = ""
    thousands: str = ""
    bracket: int | None = None
    partial: bool = False

    @property
    def multiplied(self) -> bool:
        """Whether it has a multiplier such as «млн»."""
        return self.scale != 1

    def times(self, factor: Decimal) -> "Number":
        """The number under one more multiplier."""
        low = None if self.low is None else self.low * factor
        value, scale = self.value * factor, self.scale * factor
        return replace(self, value=value, low=low, scale=scale, thousands="", partial=False)

    def in_thousands(self) -> "Number":
        """The number as it is if its point parts thousands."""
        return replace(self.times(Decimal(1000)), scale=self.scale)


def figures_at(line: Line, i: int) -> Number | None:
    """A number or a range of two in figures, without multipliers."""
    suffixed = _SUFFIXED.fullmatch(line.norm[i])
    if suffixed is not None:
        return Number(Decimal(suffixed[2]), i + 1, low=Decimal(suffixed[1]) if suffixed[1] else None)
    run, ends = _run(line, i)
    match = _RANGE.match(run)
    if match is not None and match.end() in ends:
        number = _range(match, ends[match.end()])
        if number is not None:
            return number
    match = _COINS.match(run)
    if match is not None and match.end() in ends:
        return Number(_decimal(match[1]) + Decimal(match[2]) / 100, ends[match.end()])
    match = _ALONE.match(run)
    if match is None or match.end() not in ends:
        return None
    return Number(_decimal(match[0]), ends[match.end()], thousands=_thousands(match[0]))


def _run(line: Line, i: int) -> tuple[str, dict[int, int]]:
    """The figures and marks from a position on as one string, and which position follows where one of them ends."""
    words, run, end = line.words, "", i
    ends: dict[int, int] = {}
    while end < i + LONGEST and _PIECE.fullmatch(line.norm[end]):
        gap = words.start[line.at[end]] - words.end[line.at[end - 1]] if end > i else 0
        if gap > 1:
            break
        run += " " * gap + line.norm[end]
        end += 1
        ends[len(run)] = end
    return run, ends


def _range(match: re.Match[str], end: int) -> Number | None:
    """«5–7»; of «7-5» the second, as of a score or a code; «1250-00» is none."""
    low, high = _decimal(match[1]), _decimal(match[2])
    if low < high:
        return Number(high, end, low=low, thousands=_thousands(match[1]) and _thousands(match[2]))
    if len(match[2]) == 2 and low >= 100:
        return None
    return Number(high, end)


def _thousands(figures: str) -> str:
    """A fraction isn't written with a closing zero, and in Russian not with a point."""
    if _THOUSANDS.fullmatch(figures) is None:
        return ""
    signs = ("." in figures) + figures.endswith("0")
    return ("", "possible", "likely")[signs]


def _decimal(figures: str) -> Decimal:
    """Leave out what parts thousands: blanks, apostrophes, and of points and commas all but a last, single one."""
    plain = re.sub(r"[ '’`]", "", figures)
    marks = re.findall("[.,]", plain)
    if len(marks) > 1 and len(set(marks)) == 1:
        return Decimal(re.sub("[.,]", "", plain))
    whole, mark, fraction = plain.rpartition(marks[-1]) if marks else (plain, "", "")
    return Decimal(re.sub("[.,]", "", whole) + ("." + fraction if mark else ""))
