"""From bytes to text: UTF-8 and UTF-16, with or without a mark, and the 8-bit encodings of Russian.

The 8-bit encodings are told apart by how Russian the text reads in each. charset-normalizer 3.5, kept to the same
encodings, finds 25 of 25 in texts of 400 characters too, but takes 17 of 25 KOI8-R texts of 30 characters for
cp1251 (`tests/articles/test_encodings.py` has the measure).
"""

import codecs
import re
import unicodedata

from extract.language.alphabet import BY_FREQUENCY

MARKS = [  # longest first: the mark of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
EIGHT_BIT = ["cp1251", "koi8-r", "cp866", "mac-cyrillic"]  # the commonest first: it wins a tie
SAMPLE = 20_000  # bytes
RANK = {letter: rank for rank, letter in enumerate(BY_FREQUENCY)}
OPENING = "«„№€"
TYPOGRAPHY = "»“”—–…\u00a0"
TYPICAL = 12  # ranks no better than a letter that it may be in truth
READABLE = 15.0  # mean rank above which letters are no Russian; of real texts it is 6 to 8, of mixed ones up to 10
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)


def decode(data: bytes) -> str:
    """Decode a text in whatever encoding it is.

    Raises:
        ValueError: it is empty, or no text; the message says which.
    """
    if not data:
        raise ValueError("the file is empty")
    text = data.decode(encoding_of(data), errors="replace")
    if len(_CONTROL.findall(text[:SAMPLE])) > 0.01 * len(text[:SAMPLE]):
        raise ValueError("no text but binary data")
    if not text.strip():
        raise ValueError("the file holds only white space")
    return text


def decode_html(data: bytes) -> str:
    """Decode a web page: its mark or its own word for the encoding comes first."""
    declared = _CHARSET.search(data[:4096])
    if declared and not any(data.startswith(mark) for mark, _ in MARKS):
        try:
            name = declared[1].decode("ascii")
            "я".encode(name)
            return data.decode(name)
        except (LookupError, UnicodeError):  # it errs: pages are recoded on the way, or declared as some Western one
            pass
    return decode(data)


def encoding_of(data: bytes) -> str:
    """Name the encoding of a text.

    Raises:
        ValueError: it is no text in any of the encodings that are known.
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    sample = data[:SAMPLE]
    if (wide := _wide(sample)) is not None:
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" or _nearly_utf8(data):
            return "utf-8"
        strangeness, _, name = min(
            (_strangeness(sample.decode(name, "replace")), order, name) for order, name in enumerate(EIGHT_BIT)
        )
        if b"\0" in sample or strangeness > READABLE:
            raise ValueError(
                f"no text but binary data, or in an unknown encoding: byte 0x{data[error.start]:02x} "
                f"at offset {error.start} is no UTF-8"
            ) from None
        return name
    return "utf-8"


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is that of Cyrillic or of ASCII."""
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[first::2]
        if len(high) > 1 and sum(byte in b"\x00\x04" for byte in high) > 0.9 * len(high) and b"\x04" in high:
            return name
    return None


def _nearly_utf8(data: bytes) -> bool:
    """A text in UTF-8 that has a broken character here and there."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = sum(not letter.isascii() for letter in text[:SAMPLE])
    return letters > 20 and broken <= 1 + 0.001 * len(text) and text[:SAMPLE].count("\ufffd") * 10 < letters


def _strangeness(text: str) -> float:
    """The mean rank of the characters outside ASCII, strange ones ranked past the letters."""
    total = count = 0
    previous, following = " ", text[1:] + " "
    for letter, after in zip(text, following, strict=True):
        if not letter.isascii():
            count += 1
            total += _rank(letter, previous, after)
        previous = letter
    return total / count if count else 0.0


def _rank(letter: str, previous: str, after: str) -> int:
    rank = RANK.get(letter.lower())
    if rank is not None:
        if letter.isupper() and previous.isalpha():  # «пРИВЕТ»: capitals and small letters swapped
            return rank + (20 if previous.islower() else 4)
        return rank
    if letter in OPENING:
        return 30 if previous.isalpha() else TYPICAL
    if letter in TYPOGRAPHY:  # mac-cyrillic has it where cp1251 has capitals: «—делка»
        return 30 if after.isalpha() and (letter != "\u00a0" or previous.isspace()) else TYPICAL
    return 40 if unicodedata.category(letter)[0] in "LS" else 60
