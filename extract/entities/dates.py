"""The component that finds dates: reads calendar expressions and places them on the calendar."""

from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Date, Mention
from extract.entities.calendar_dates import SEASON_ADVERBS
from extract.entities.date_expressions import expressions
from extract.entities.date_line import DateLine
from extract.entities.date_resolution import Context, Tense, resolve
from extract.entities.date_words import Moment
from extract.entities.periods import Period
from extract.entities.tense import tense_at
from extract.entities.tokens import Line
from extract.language.words import words_of
from extract.rules import words_in

_TODAY = words_in("entities/dates", "today", "words")
_BEFORE_TODAY = words_in("entities/dates", "today", "before")
_TIMES_OF_DAY = words_in("entities/dates", "today", "times")
_BEFORE_HOURS = words_in("entities/dates", "today", "times_before_hours")
_TELLING = words_in("entities/dates", "tense", "telling")
RECENT = timedelta(3650)  # a month after a year long past is oftener of this year than of that


@Language.component("ru_dates", assigns=["doc._.dates"])
def find_dates(doc: Doc) -> Doc:
    """Set `doc._.dates`, resolved against `doc._.published`: never against today."""
    line = DateLine(words_of(doc))
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
        if nowadays(line, start, end, context.tense) or every_year(line, start, moment, context.tense):
            continue
        period = resolve(moment, context)
        if period is None:
            continue
        _remember(context, line, start, moment, period)
        _add(found, period, Mention(line.at[start], line.at[end - 1] + 1), line)
    doc._.dates = list(found.values())
    return doc


def nowadays(line: Line, start: int, end: int, tense: Tense) -> bool:
    """«сегодня» that means no day: «сегодня мы видим», with a verb in the present and no time of day."""
    if line.norm[start] not in _TODAY or tense in ("past", "future", "plan") or line.norm[start - 1] in _BEFORE_TODAY:
        return False
    hours = line.norm[end] in _BEFORE_HOURS and line.norm[end + 1][0].isdigit()
    return line.norm[end] not in _TIMES_OF_DAY and not hours


def every_year(line: Line, start: int, moment: Moment, tense: Tense) -> bool:
    """«зимой отель пустует»: a bare season beside a verb in the present is no season of a year."""
    return line.norm[start] in SEASON_ADVERBS and moment.year is None and tense == "present"


def _remember(context: Context, line: Line, start: int, moment: Moment, period: Period) -> None:
    """Keep what later expressions are counted from."""
    if period.start is None:
        return
    context.spoken = period
    context.spoken_year = period.start.year
    published = context.published
    if published is None or period.start <= published:
        context.spoken_past = period
    recent = published is None or timedelta(0) < published - period.start < RECENT
    if recent and _names_year(line, start, moment):
        late = moment.edge == "end" and period.grain == "year"
        context.named = period.start.replace(month=10) if late else period.start


def _names_year(line: Line, start: int, moment: Moment) -> bool:
    """Whether a date names its year, and tells when something happened: «договор 1956 года» doesn't."""
    return isinstance(moment.year, int) and (moment.month is not None or line.norm[start - 1] in _TELLING)


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
