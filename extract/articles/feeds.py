"""Articles in feeds: RSS 0.9 to 2.0 and Atom."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from extract.articles.address import address_of
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
    own = _first(entry, ID) or next(iter(_links(entry)), f"{id}#{number}")
    title = " ".join(plain_of(_first(entry, ("title",)) or "").split()) or None
    body = plain_of(_first(entry, TEXT) or "")
    text = headed(title, body) if body else title or ""
    if not text:
        return ArticleError(own, "read", "the entry has no text")
    if len(text) > max_chars:
        return ArticleError(own, "read", f"too long: {len(text):,} characters; up to {max_chars:,} are taken")
    published = date_of(_first(entry, DATE)) or date_in_path(id) or dateline(text)
    return Article(text, own, title, published, next(filter(None, map(address_of, _links(entry))), None))


def _first(entry: Element, names: tuple[str, ...]) -> str | None:
    for name in names:
        for child in entry:
            if _name(child) == name and (text := "".join(child.itertext()).strip()):
                return text
    return None


def _links(entry: Element) -> list[str]:
    """What may be the address: RSS has it as a text, some only as the id; Atom in an attribute."""
    links = [child for child in entry if _name(child) == "link" and child.get("rel", "alternate") == "alternate"]
    found = [link.get("href") or "".join(link.itertext()).strip() for link in links]
    return [link for link in (*found, _first(entry, ("guid", "id"))) if link]


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
