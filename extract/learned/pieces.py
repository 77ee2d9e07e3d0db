"""Words in the pieces that the encoder knows: the likeliest way to cut each, by a vocabulary with scores."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

BEGINNING = "\u2581"  # stands for the space before a word
LONGEST_PIECE = 16  # letters
LONGEST_WORD = 64  # letters; what is longer is cut off, as no word of a language
UNKNOWN_COST = 10.0  # below the worst score: an unknown letter is cut out alone
CACHED_WORDS = 1 << 16


class Pieces:
    """Cuts words after a unigram language model, as SentencePiece does; the same word always the same way.

    Source: T. Kudo, «Subword Regularization», ACL 2018.
    """

    def __init__(self, pieces: Sequence[str], scores: Sequence[float], unknown: int) -> None:
        """Take a vocabulary.

        Args:
            pieces: each with «▁» where it begins a word.
            scores: their log-probabilities.
            unknown: the id for letters of no piece.
        """
        self._ids = {piece: (id, score) for id, (piece, score) in enumerate(zip(pieces, scores, strict=True)) if piece}
        self._unknown = unknown, min(scores) - UNKNOWN_COST
        self.of = lru_cache(maxsize=CACHED_WORDS)(self._of)

    def _of(self, word: str, begins: bool) -> tuple[int, ...]:
        """The ids of a word's pieces.

        Args:
            word: a token as written.
            begins: whether a space or line break comes before it.
        """
        text = BEGINNING * begins + unicodedata.normalize("NFKC", word)[:LONGEST_WORD]
        best = [(0.0, 0, -1)]  # up to each letter: the score, where its last piece begins, that piece
        for end in range(1, len(text) + 1):
            id, score = self._unknown
            found = best[end - 1][0] + score, end - 1, id
            for start in range(max(0, end - LONGEST_PIECE), end):
                piece = self._ids.get(text[start:end])
                if piece is not None and best[start][0] + piece[1] > found[0]:
                    found = best[start][0] + piece[1], start, piece[0]
            best.append(found)
        ids: list[int] = []
        at = len(text)
        while at > 0:
            ids.append(best[at][2])
            at = best[at][1]
        return tuple(reversed(ids))
