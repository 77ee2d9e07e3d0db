"""Headlines of plain texts."""

import pytest

from extract.articles.headline import headline

BODY = "\n\nОб этом сообщила пресс-служба компании."


@pytest.mark.parametrize(
    "line",
    [
        "«Северный лён» купит фабрику в Вологде",
        "Кто заплатит за мост?",
        "Не тот завод!",
        "Суд оштрафовал сеть аптек на 820 тыс.",
        "Выручка порта выросла до 3 млрд руб.",
        "Минтранс: мост через Двину построят к 2027 году",
    ],
)
def test_first_line_is_the_headline(line: str) -> None:
    assert headline(line + BODY) == line
    assert headline("\ufeff\r\n  " + line + "  \r\n" + BODY) == line


@pytest.mark.parametrize(
    "text",
    [
        "Один только абзац без разрыва строки",
        "Компания купила фабрику." + BODY,  # a sentence
        "Компания купила фабрику «Лён»." + BODY,
        "В список вошли:" + BODY,
        "Во вторник, 14 июля, компания сообщила о том, что\nпокупает фабрику.",  # broken by width
        "Слово " * 60 + BODY,
        "***" + BODY,
        "2023" + BODY,
        "Заголовок без текста\n\n  \n",
        "",
        " \n\n ",
    ],
)
def test_no_headline(text: str) -> None:
    assert headline(text) is None
