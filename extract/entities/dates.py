"""The component that finds dates: reads calendar expressions and places them on the calendar."""

from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Date, Mention
from extract.entities.date_expressions import Moment, Shift, read
from extract.entities.date_resolution import Context, Tense, resolve
from extract.entities.periods import Period
from extract.entities.tense import tense_at
from extract.entities.tokens import Line
from extract.language.words import words_of


@Language.component("ru_dates", assigns=["doc._.dates"])
def find_dates(doc: Doc) -> Doc:
    """Set `doc._.dates`, resolved against `doc._.published`: never against today."""
    line = Line(words_of(doc))
    published = date.fromisoformat(doc._.published) if doc._.published else None
    context = Context(published)
    found: dict[str, Date] = {}
    sentence = -1
    for start, end, moment in expressions(line):
        here = line.words.sentence[line.at[start]]
        if here != sentence:
            sentence = here
            context.named = None
        context.tense = tense_at(line, start, end)
        period = resolve(moment, context)
        if period is None:
            continue
        _remember(context, moment, period)
        _add(found, period, Mention(line.at[start], line.at[end - 1] + 1), line)
    doc._.dates = list(found.values())
    return doc


def expressions(line: Line) -> list[tuple[int, int, Moment]]:
    """All date expressions of a line: positions of the first and past the last word, and what is said."""
    found = []
    i = 0
    while i < len(line):
        reading = read(line, i)
        if reading is None:
            i += 1
            continue
        moment, end = reading
        found.append((i, end, moment))
        i = end
    return found


def _remember(context: Context, moment: Moment, period: Period) -> None:
    """Keep what later expressions are counted from."""
    if period.start is None:
        return
    context.spoken = period
    context.spoken_year = period.start.year
    if isinstance(moment.year, int) and context.published and period.start < context.published:
        context.named = period.start


def _add(found: dict[str, Date], period: Period, mention: Mention, line: Line) -> None:
    """Join mentions of equal value; what isn't wholly known is joined only where the words are the same."""
    key = period.value
    if period.start is None:
        key += " " + " ".join(line.words.norm[mention.start : mention.end])
    known = found.get(key)
    if known is not None:
        known.mentions.append(mention)
        return
    first = period.start.isoformat() if period.start else None
    last = period.end.isoformat() if period.end else None
    found[key] = Date(f"date-{len(found) + 1}", period.value, first, last, period.grain, [mention])
