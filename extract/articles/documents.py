"""Articles in documents: plain text, web pages, Word, PDF, mail. Bytes in; text, title, date and address out."""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from xml.etree import ElementTree

from extract.articles.address import address_of
from extract.articles.encodings import decode, decode_html
from extract.articles.headline import headline
from extract.articles.published import date_of
from extract.errors import MissingExtra
from extract.rules import table

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article"}
UNSEEN = {"script", "style", "template"}
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, OSError, EOFError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text, and what the file says of it; the date as `YYYY-MM-DD`."""

    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None


def read_plain(data: bytes, limit: int) -> Document:
    """A text, whose first line may be the headline; or a page that is named otherwise, as crawlers leave them."""
    text = decode(data)
    if text[:1000].lstrip("\ufeff \t\r\n").lower().startswith(("<!doctype html", "<html")):
        return read_html(data, limit)
    return Document(text, headline(text))


def read_markdown(data: bytes, limit: int) -> Document:
    """A text in Markdown: the marks stay in it, the headline is given without."""
    text = decode(data)
    return Document(text, (headline(text) or "").strip("# ") or None)


def read_unread(data: bytes, limit: int) -> Document:
    """A file of a kind that isn't read.

    Raises:
        ValueError: always.
    """
    raise ValueError("files of this kind aren't read; .docx, .pdf, .html and .txt are")


# A page's date is what its metadata state; a guess from any number in it would shift all «вчера».
STATED_DATE = {"extensive_search": False, "original_date": True}


def read_html(data: bytes, limit: int) -> Document:
    """A web page: its headline and main text, without menus, advertisements and comments.

    Raises:
        MissingExtra: trafilatura isn't installed.
        ValueError: there is no main text.
    """
    return _of_page(decode_html(data))


def _of_page(page: str) -> Document:
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise MissingExtra("Web pages", "html") from None
    found = bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=STATED_DATE
    )
    if found is None or isinstance(found, dict) or not (text := (found.text or "").strip()):
        raise ValueError("the page has no main text")
    return Document(headed(found.title, text), found.title or None, date_of(found.date), address_of(found.url))


def headed(title: str | None, text: str) -> str:
    """Put the headline over a text that doesn't begin with it."""
    title = " ".join((title or "").split())
    return text if not title or text.lstrip().startswith(title) else f"{title}\n\n{text}"


def read_docx(data: bytes, limit: int) -> Document:
    """A Word document's paragraphs.

    Raises:
        ValueError: the file is broken, or larger than `limit` bytes when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open("word/document.xml") as part:
            body = parse_xml(part.read(20 * limit + 1), 20 * limit)
    except BROKEN_ZIP as error:
        raise ValueError(f"no Word document: {error}") from None
    paragraphs = ("".join(_runs(paragraph)) for paragraph in body.iter(f"{WORD}p"))
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip())
    return _of_text(text)


def _runs(paragraph: ElementTree.Element) -> list[str]:
    signs = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n"}
    return [run.text or "" if run.tag == f"{WORD}t" else signs.get(run.tag, "") for run in paragraph.iter()]


def read_pdf(data: bytes, limit: int) -> Document:
    """A PDF's text layer, page by page.

    Raises:
        MissingExtra: pypdf isn't installed.
        ValueError: the file is broken or locked, or has no text layer.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import FileNotDecryptedError, PyPdfError
    except ImportError:
        raise MissingExtra("PDF files", "pdf") from None
    try:
        text = "\n\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    except FileNotDecryptedError:
        raise ValueError("the PDF is locked by a password") from None
    except (PyPdfError, KeyError, AttributeError, TypeError, IndexError) as error:
        raise ValueError(f"no PDF that can be read: {error}") from None
    if not text.strip():
        raise ValueError("the PDF has no text layer")
    return _of_text(text)


def read_mail(data: bytes, limit: int) -> Document:
    """A mail: its subject, date, and plain or else web text."""
    mail = message_from_bytes(data, policy=policy.default)
    subject = _header(mail, "subject") or None
    published = date_of(_header(mail, "date"))
    body = mail.get_body(("plain", "html"))
    if body is None:
        raise ValueError("the mail has no text")
    try:
        content = body.get_content()
    except LookupError:  # a character set that doesn't exist
        content = decode(body.get_payload(decode=True))  # type: ignore[arg-type]
    if body.get_content_type() == "text/html":
        content = plain_of(content)
    if not content.strip():
        raise ValueError("the mail has no text")
    return Document(headed(subject, content), subject, published)


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return str(mail[name] or "").strip()
    except Exception:  # the standard library's parser fails in many ways on spoilt headers
        return ""


def _of_text(text: str) -> Document:
    if not text.strip():
        raise ValueError("the document has no text")
    return Document(text, headline(text))


def parse_xml(data: bytes, limit: int) -> ElementTree.Element:
    """Parse XML that strangers made: no entities of its own, no more than `limit` bytes.

    Raises:
        ValueError: it has them, or is too long, or broken.
    """
    if len(data) > limit:
        raise ValueError(f"more than {limit:,} bytes of XML")
    if b"<!ENTITY" in data or "<!ENTITY".encode("utf-16-le") in data or "<!ENTITY".encode("utf-16-be") in data:
        raise ValueError("XML that declares entities isn't read")
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise ValueError(f"broken XML: {error}") from None


def plain_of(fragment: str) -> str:
    """The text of a piece of HTML, a line a block."""
    parser = _Text()
    parser.feed(fragment)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n\n".join(line for line in lines if line)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN and self._unseen > 0
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data.replace("\n", " "))


READERS: dict[str, Callable[[bytes, int], Document]] = {
    **dict.fromkeys(table("articles")["unread"]["suffixes"], read_unread),
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".eml": read_mail,
}


def reader_of(name: str) -> Callable[[bytes, int], Document]:
    """Choose by a name's ending; what none of the readers knows is tried as plain text."""
    return READERS.get(name[name.rfind(".") :], read_plain)
