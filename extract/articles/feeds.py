"""Articles in feeds: RSS 0.9 to 2.0 and Atom."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from extract.articles.article import Article
from extract.articles.documents import headed, parse_xml, plain_of
from extract.articles.published import date_in_path, date_of, dateline
from extract.errors import ArticleError

LARGEST = 200_000_000  # bytes
TEXT = ("encoded", "full-text", "content", "description", "summary")  # the fullest first
DATE = ("pubDate", "published", "date", "updated")
ID = ("guid", "id", "link")


def articles_of(id: str, data: bytes, max_chars: int) -> Iterator[Article | ArticleError]:
    """Read a feed's entries, each under its own id or address."""
    try:
        root = parse_xml(data, LARGEST)
    except ValueError as error:
        yield ArticleError(id, "read", str(error))
        return
    entries = [element for element in root.iter() if _name(element) in ("item", "entry")]
    if not entries:
        yield ArticleError(id, "read", "neither RSS nor Atom: there is no item and no entry")
    for number, entry in enumerate(entries, 1):
        yield _article(id, number, entry, max_chars)


def _article(id: str, number: int, entry: Element, max_chars: int) -> Article | ArticleError:
    own = _first(entry, ID) or _address(entry) or f"{id}#{number}"
    title = " ".join(plain_of(_first(entry, ("title",)) or "").split()) or None
    body = plain_of(_first(entry, TEXT) or "")
    text = headed(title, body) if body else title or ""
    if not text:
        return ArticleError(own, "read", "the entry has no text")
    if len(text) > max_chars:
        return ArticleError(own, "read", f"too long: {len(text):,} characters; up to {max_chars:,} are taken")
    published = date_of(_first(entry, DATE)) or date_in_path(id) or dateline(text)
    return Article(text, own, title, published)


def _first(entry: Element, names: tuple[str, ...]) -> str | None:
    for name in names:
        for child in entry:
            if _name(child) == name and (text := "".join(child.itertext()).strip()):
                return text
    return None


def _address(entry: Element) -> str | None:
    """Atom has the address in an attribute."""
    return next((child.get("href") for child in entry if _name(child) == "link" and child.get("href")), None)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
