"""Web pages, Word, PDF, mail."""

import io
import zipfile
from email.message import EmailMessage

import pytest

from extract.articles.documents import (
    Document,
    headed,
    parse_xml,
    plain_of,
    read_docx,
    read_html,
    read_mail,
    read_pdf,
    reader_of,
)
from extract.errors import MissingExtra

LIMIT = 1_000_000
TITLE = "«Лютик» купил «Василёк»"
PARAGRAPHS = [
    "Компания «Лютик» купила завод «Василёк» в Туле за 5 млн рублей, сообщил вчера Игорь Лапин.",
    "Сделку одобрила антимонопольная служба. Завод будет работать под прежним именем, обещает новый хозяин.",
    "В прошлом году «Василёк» выпустил 300 тыс. тонн удобрений, на треть больше, чем годом раньше.",
]
PAGE = f"""<html><head><title>{TITLE} — Новости Тулы</title>
<meta property="article:published_time" content="2023-07-14T10:00:00+03:00"></head>
<body><nav><a href="/">Главная</a><a href="/sport">Спорт</a></nav>
<article><h1>{TITLE}</h1>{"".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)}</article>
<div class="comments"><p>Читатель: давно пора!</p></div><footer>© Новости Тулы</footer></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_a_page_gives_headline_main_text_and_date(encoding: str) -> None:
    pytest.importorskip("trafilatura")
    found = read_html(PAGE.encode(encoding), LIMIT)
    assert found.title == TITLE
    assert found.published == "2023-07-14"
    assert found.text.startswith(TITLE)
    assert all(paragraph in found.text for paragraph in PARAGRAPHS)
    assert "Спорт" not in found.text
    assert "©" not in found.text


@pytest.mark.parametrize("page", ["<html></html>", "<html><body></body></html>", "<"])
def test_a_page_without_text_says_so(page: str) -> None:
    pytest.importorskip("trafilatura")
    with pytest.raises(ValueError, match="no main text"):
        read_html(page.encode(), LIMIT)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(MissingExtra, match=r"pip install 'extract-ru\[html\]'"):
        read_html(PAGE.encode(), LIMIT)
    with pytest.raises(MissingExtra, match=r"pip install 'extract-ru\[pdf\]'"):
        read_pdf(b"%PDF-1.4", LIMIT)


def broken(package: bytes) -> bytes:
    """The same with the packed bytes of its first member spoilt."""
    start = package.index(b"document.xml") + 14
    return package[:start] + b"\xff" * 30 + package[start + 30 :]


def docx(body: str) -> bytes:
    file = io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def test_a_page_without_a_stated_date_has_none() -> None:
    pytest.importorskip("trafilatura")
    text = "Завод «Лютик» купил цех у холдинга «Ромашка» 22 марта 2024 года, сообщила компания. " * 9
    body = f"<body><article><h1>{TITLE}</h1><p>{text}</p></article></body>"
    assert read_html(f"<html><head><title>{TITLE}</title></head>{body}</html>".encode(), LIMIT).published is None
    stated = '<meta property="article:published_time" content="2024-03-22T10:00:00+03:00">'
    page = f"<html><head><title>{TITLE}</title>{stated}</head>{body}</html>"
    assert read_html(page.encode(), LIMIT).published == "2024-03-22"


@pytest.mark.parametrize("href", ["https://example.org/1.html", "javascript:alert(1)", ""])
def test_a_page_names_its_address(href: str) -> None:
    pytest.importorskip("trafilatura")
    page = PAGE.replace("<head>", f'<head><link rel="canonical" href="{href}">')
    assert page != PAGE
    assert read_html(page.encode(), LIMIT).url == (href if href.startswith("https") else None)


@pytest.mark.parametrize(
    "day", ["Fri, 14 Jul 2023 10:00:" + "9" * 99, "Fri, 14 Jul " + "9" * 99 + " 10:00:00 +0300", "\x00", "=?utf-8?b?"]
)
def test_a_mail_with_a_spoilt_date_has_none(day: str) -> None:
    assert read_mail(f"Subject: a\nDate: {day}\n\ntext\n".encode(), LIMIT) == Document("a\n\ntext\n", "a")


@pytest.mark.parametrize("name", ["page.php", "index.html?id=5", "12345"])
def test_a_page_under_another_name_is_a_page(name: str) -> None:
    pytest.importorskip("trafilatura")
    found = reader_of(name)(f"\ufeff\n<!DOCTYPE html>{PAGE}".encode(), LIMIT)
    assert found.title == TITLE
    assert "<" not in found.text


def test_a_page_that_says_it_is_western() -> None:
    pytest.importorskip("trafilatura")
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').encode("cp1251")
    assert read_html(page, LIMIT).title == TITLE


def test_markdown_keeps_its_marks_but_in_the_title() -> None:
    found = reader_of("a.md")(f"# {TITLE}\n\n{PARAGRAPHS[0]}".encode(), LIMIT)
    assert found == Document(f"# {TITLE}\n\n{PARAGRAPHS[0]}", TITLE)


def test_word() -> None:
    runs = "<w:p><w:r><w:t>«Лютик»</w:t></w:r><w:r><w:t> купил</w:t><w:br/><w:t>завод</w:t></w:r></w:p>"
    found = read_docx(docx(f"<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p><w:p/>{runs}"), LIMIT)
    assert found.text == f"{TITLE}\n\n«Лютик» купил\nзавод"
    assert found.title == TITLE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\3\4 broken", "no Word document"),
        (docx(""), "no text"),
        (broken(docx(f"<w:p><w:r><w:t>{TITLE * 9}</w:t></w:r></w:p>")), "no Word document"),
        (docx("<w:p><w:r><w:t>" + "а" * 30_000_000 + "</w:t></w:r></w:p>"), "bytes of XML"),  # a bomb
    ],
    ids=["broken", "empty", "spoilt", "bomb"],
)
def test_word_that_is_none(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_docx(data, LIMIT)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 nothing", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"])
def test_pdf_that_is_none(data: bytes) -> None:
    pytest.importorskip("pypdf")
    with pytest.raises(ValueError, match="PDF"):
        read_pdf(data, LIMIT)


def test_pdf_without_a_text_layer() -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(ValueError, match="no text layer"):
        read_pdf(file.getvalue(), LIMIT)


def test_mail() -> None:
    mail = EmailMessage()
    mail["Subject"] = TITLE
    mail["Date"] = "Fri, 14 Jul 2023 10:00:00 +0300"
    mail.set_content("<p>Компания «Лютик»<br>купила завод.</p>", subtype="html")
    html = read_mail(bytes(mail), LIMIT)
    assert (html.title, html.published) == (TITLE, "2023-07-14")
    assert html.text == f"{TITLE}\n\nКомпания «Лютик»\n\nкупила завод."
    mail.set_content("Компания «Лютик» купила завод.\n")
    assert read_mail(bytes(mail), LIMIT).text == f"{TITLE}\n\nКомпания «Лютик» купила завод.\n"


def test_mail_in_a_character_set_that_does_not_exist() -> None:
    head = f"Content-Type: text/plain; charset=runic\nContent-Transfer-Encoding: 8bit\n\n{TITLE} и завод.\n"
    assert read_mail(head.encode(), LIMIT).text == f"{TITLE} и завод.\n"


@pytest.mark.parametrize("data", [b"", b"Subject: x\n\n", b"Content-Type: image/png\n\nxxx"])
def test_mail_without_text(data: bytes) -> None:
    with pytest.raises(ValueError, match="no text"):
        read_mail(data, LIMIT)


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>Один&nbsp;&laquo;два&raquo;</p><p>три</p>", "Один «два»\n\nтри"),
        ("<script>alert(1)</script>один<style>p {}</style> <b>два</b>", "один два"),
        ("просто\nтекст", "просто текст"),
        ("5 < 6", "5 < 6"),
        ("", ""),
    ],
)
def test_fragments(fragment: str, text: str) -> None:
    assert plain_of(fragment) == text


def test_headline_over_a_text() -> None:
    assert headed("Заголовок", "Текст") == "Заголовок\n\nТекст"
    assert headed("Заголовок", "Заголовок\nТекст") == "Заголовок\nТекст"
    assert headed(None, "Текст") == "Текст"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', "entities"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "entities"),
        (
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'.encode("utf-16"),
            "entities",
        ),
        (b"<a>" * 100_000, "broken"),
        (b"<a><b></a>", "broken"),
        (b"", "broken"),
        (b"<a/>" + b" " * LIMIT, "more than"),
    ],
    ids=["entity", "file", "wide", "deep", "crossed", "empty", "long"],
)
def test_hostile_xml(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_xml(data, LIMIT)
