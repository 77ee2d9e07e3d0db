"""The errors that callers see."""

from os import PathLike, fspath


class RulesError(ValueError):
    """A mistake in a rules file; the message says where it is and how to mend it.

    Attributes:
        file: the rules file.
        line: the line of the mistake, from 1; None where it can't be told.
        reason: what is wrong, and after a semicolon how to mend it.
    """

    def __init__(self, file: str | PathLike[str], line: int | None, reason: str) -> None:
        self.file = fspath(file)
        self.line = line
        self.reason = reason
        super().__init__(f"{self.file}:{line}: {reason}" if line is not None else f"{self.file}: {reason}")

    def __reduce__(self) -> tuple[type["RulesError"], tuple[str, int | None, str]]:
        return type(self), (self.file, self.line, self.reason)


class ArticleError(ValueError):
    """An article that could not be read.

    Attributes:
        id: the article's id; None if it has none.
        stage: «read» (from the file to the text) or «extract» (from the text to the record).
        reason: what was wrong.
    """

    def __init__(self, id: str | None, stage: str, reason: str) -> None:
        self.id = id
        self.stage = stage
        self.reason = reason
        super().__init__(f"article {id}: {reason}" if id is not None else reason)

    def __reduce__(self) -> tuple[type["ArticleError"], tuple[str | None, str, str]]:
        return type(self), (self.id, self.stage, self.reason)


class MissingExtra(ImportError):
    """Something needs a package that comes with an extra of this one; the message names it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} need the extra «{extra}»: pip install 'extract-ru[{extra}]'")


class ModelError(OSError):
    """The network's weights could not be loaded; the message names the file and how to do without.

    Attributes:
        file: the weights file.
        reason: what is wrong with it.
    """

    def __init__(self, file: str | PathLike[str], reason: str) -> None:
        self.file = fspath(file)
        self.reason = reason
        super().__init__(
            f"{self.file}: the model's weights can't be loaded: {reason}; install the package again, or leave the "
            "model out: extract.load(model=False), --no-model"
        )

    def __reduce__(self) -> tuple[type["ModelError"], tuple[str, str]]:
        return type(self), (self.file, self.reason)
