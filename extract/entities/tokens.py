"""A Doc's words without the white space between them, for rules that read word after word."""

from extract.language.words import Words

AHEAD = 5  # how far rules look past a word without asking whether the line ends
BREAK = "\n"  # stands for a line break, which no expression crosses


class Line:
    """The look-up forms of a Doc's words; no-break spaces are left out, line breaks stand as `BREAK`.

    Attributes:
        norm: the look-up forms; past the last one there are `AHEAD` more breaks.
        at: the position in the Doc of each form.
        words: the Doc's columns.
    """

    __slots__ = ("at", "norm", "words")

    def __init__(self, words: Words) -> None:
        self.words = words
        if " " in words.norm:
            self.at = [i for i, norm in enumerate(words.norm) if norm != " " or "\n" in words.text[i]]
            self.norm = [words.norm[i] if words.norm[i] != " " else BREAK for i in self.at]
        else:
            self.at = list(range(len(words)))
            self.norm = list(words.norm)
        self.norm.extend([BREAK] * AHEAD)

    def __len__(self) -> int:
        return len(self.at)

    def joined(self, i: int) -> bool:
        """Whether nothing stands between a word and the one before it."""
        return self.words.end[self.at[i - 1]] == self.words.start[self.at[i]]
