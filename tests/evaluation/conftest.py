"""Small annotated samples of our own in every gold format."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import DocBin

FIRST = "«Лотос» купил «Камыш» у Анны Громовой. Сделка закрыта в Омске 3 мая."
SECOND = "Анна Громова возглавила «Аист»."
SPANS = [
    [("ORG", "«Лотос»"), ("ORG", "«Камыш»"), ("PER", "Анны Громовой"), ("LOC", "Омске"), ("DATE", "3 мая")],
    [("PER", "Анна Громова"), ("ORG", "Аист")],
]

Write = Callable[[Path], Path]


def places(number: int) -> list[tuple[str, int, int]]:
    """Label, start and end of the spans of a text."""
    text = (FIRST, SECOND)[number]
    return [(label, text.index(surface), text.index(surface) + len(surface)) for label, surface in SPANS[number]]


def lines(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def records(folder: Path) -> Path:
    first = {
        "id": "first",
        "published": "2023-05-10",
        "text": FIRST,
        "organizations": [
            {"id": "org-1", "name": "Лотос", "mentions": [{"start": 0, "end": 7}]},
            {"id": "org-2", "name": "Камыш", "mentions": [{"start": 14, "end": 21}]},
        ],
        "people": [{"name": "Анна Громова", "mentions": [{"start": 24, "end": 37}], "positions": []}],
        "locations": [],
        "amounts": [],
        "dates": [{"value": "2023-05-03", "mentions": [{"start": 62, "end": 67, "text": "3 мая"}]}],
        "deals": [
            {
                "type": "acquisition",
                "status": "completed",
                "participants": [{"role": "buyer", "name": "Лотос"}, {"role": "target", "name": "Камыш"}],
                "amount": {"value": 5_000_000, "currency": "RUB"},
                "stake": 100,
                "date": {"value": "2023-05-03"},
                "evidence": [{"start": 0, "end": 38, "text": ""}],
            }
        ],
        "relations": [
            {
                "type": "ownership",
                "arguments": [{"role": "owner", "name": "Лотос"}, {"role": "property", "name": "Камыш"}],
            }
        ],
    }
    second = {
        "id": "second",
        "text": SECOND,
        "people": [
            {
                "name": "Анна Громова",
                "positions": [{"title": "глава", "organization": "Аист", "former": False}],
            }
        ],
        "deals": [],
    }
    return lines(folder / "gold.jsonl", [first, second])


def brat(folder: Path) -> Path:
    names = {"ORG": "ORGANIZATION", "PER": "PERSON", "LOC": "CITY", "DATE": "DATE"}
    for number, text in enumerate((FIRST, SECOND)):
        annotations = [
            f"T{i}\t{names[label]} {start} {end}\t{text[start:end]}"
            for i, (label, start, end) in enumerate(places(number), 1)
        ]
        annotations.append("T9\tPROFESSION 0 2;3 4\t…")
        annotations.append("R1\tOWNER_OF Arg1:T1 Arg2:T2" if number == 0 else "R1\tWORKPLACE Arg1:T1 Arg2:T2")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        (folder / f"{number}.ann").write_text("\n".join(annotations) + "\n", encoding="utf-8")
    return folder


FACTRUEVAL = {
    "txt": FIRST,
    "tokens": "1 1 5 Лотос\n2 15 5 Камыш\n3 24 4 Анны\n4 29 8 Громовой\n\n5 56 5 Омске\n",
    "spans": "1 org_name 1 5 1 1  # 1 Лотос\n2 org_name 15 5 2 1  # 2 Камыш\n3 name 24 4 3 1  # 3 Анны\n"
    "4 surname 29 8 4 1  # 4 Громовой\n5 loc_name 56 5 5 1  # 5 Омске\n6 job 39 6 6 1  # 6 Сделка\n",
    "objects": "11 Org 1 # Лотос\n12 Org 2 # Камыш\n13 Person 3 4 # Анны Громовой\n14 LocOrg 5 # Омске\n",
    "coref": "21 11\nname Лотос\nwikidata \n\n22 12\nname Камыш\n\n"
    "23 13\nfirstname Анна\nlastname Громова\n\n24 14\nname Омск\n",
    "facts": "1-0 Deal\nParticipant obj21 Лотос\nParticipant obj22 Камыш\nType купля/продажа\n"
    "1-1 Occupation\nWho obj23 Громова Анна\nPosition span6 сделка\nWhere obj22 Камыш\nФаза конец\n\n"
    "1-2 Ownership\nOwner obj21 Лотос\nProperty obj22 Камыш\nСложность повышенная\n\n"
    "1-3 Meeting\nParticipant obj23 Громова Анна\nParticipant obj21 Лотос\nМодальность возможность\n",
}


def factrueval(folder: Path) -> Path:
    for suffix, content in FACTRUEVAL.items():
        (folder / f"book_1.{suffix}").write_text(content, encoding="utf-8")
    other = {"txt": SECOND, "spans": "7 org_name 25 4 1 1  # 1 Аист\n", "objects": "17 Org 7 # Аист\n"}
    for suffix, content in other.items():
        (folder / f"book_2.{suffix}").write_text(content, encoding="utf-8")
    return folder


def label_studio(folder: Path) -> Path:
    tasks = [
        {
            "id": number + 1,
            "data": {"text": text, "published": "2023-05-10"},
            "annotations": [
                {"was_cancelled": True, "result": []},
                {
                    "was_cancelled": False,
                    "result": [
                        {
                            "id": f"s{i}",
                            "type": "labels",
                            "value": {"start": start, "end": end, "text": text[start:end], "labels": [label]},
                        }
                        for i, (label, start, end) in enumerate(places(number))
                    ]
                    + [
                        {
                            "type": "relation",
                            "from_id": "s1",
                            "to_id": "s0",
                            "direction": "left",
                            "labels": ["WORKPLACE" if number else "OWNERSHIP"],
                        }
                    ],
                },
            ],
        }
        for number, text in enumerate((FIRST, SECOND))
    ]
    path = folder / "export.json"
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    return path


def label_studio_min(folder: Path) -> Path:
    tasks = [
        {
            "id": number + 1,
            "article": text,
            "label": [
                {"start": start, "end": end, "text": text[start:end], "labels": [label]}
                for label, start, end in places(number)
            ],
        }
        for number, text in enumerate((FIRST, SECOND))
    ]
    path = folder / "export-min.json"
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    return path


def doccano(folder: Path) -> Path:
    rows = [
        {
            "id": number,
            "text": text,
            "entities": [
                {"id": i, "label": label, "start_offset": start, "end_offset": end}
                for i, (label, start, end) in enumerate(places(number))
            ],
            "relations": [{"from_id": 0, "to_id": 1, "type": "WORKPLACE" if number else "OWNERSHIP"}],
        }
        for number, text in enumerate((FIRST, SECOND))
    ]
    return lines(folder / "doccano.jsonl", rows)


def doccano_triples(folder: Path) -> Path:
    rows = [
        {"text": text, "label": [[start, end, label] for label, start, end in places(number)]}
        for number, text in enumerate((FIRST, SECOND))
    ]
    return lines(folder / "triples.jsonl", rows)


def prodigy(folder: Path) -> Path:
    rows = [
        {
            "text": text,
            "answer": answer,
            "spans": [{"start": start, "end": end, "label": label} for label, start, end in places(number)],
        }
        for number, text in enumerate((FIRST, SECOND))
        for answer in ("accept", "reject")
    ]
    return lines(folder / "prodigy.jsonl", rows)


def docbin(folder: Path) -> Path:
    nlp = spacy.blank("ru")
    docs = []
    for number, text in enumerate((FIRST, SECOND)):
        doc = nlp(text)
        spans = [doc.char_span(start, end, label, alignment_mode="expand") for label, start, end in places(number)]
        doc.ents = spans[:1]
        doc.spans["sc"] = spans
        docs.append(doc)
    path = folder / "gold.spacy"
    DocBin(docs=docs, store_user_data=True).to_disk(path)
    return path


FORMATS: list[Write] = [
    records,
    brat,
    factrueval,
    label_studio,
    label_studio_min,
    doccano,
    doccano_triples,
    prodigy,
    docbin,
]


@pytest.fixture(params=FORMATS, ids=lambda write: write.__name__)
def gold_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file or folder of two annotated articles, in each format."""
    write: Write = request.param
    return write(tmp_path)


@pytest.fixture
def records_path(tmp_path: Path) -> Path:
    return records(tmp_path)


@pytest.fixture
def factrueval_path(tmp_path: Path) -> Path:
    return factrueval(tmp_path)
