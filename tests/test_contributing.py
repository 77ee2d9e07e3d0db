"""The worked example of CONTRIBUTING.md works as it says."""

import re
from pathlib import Path

import pytest

import extract

TEXT = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text("utf-8")


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> extract.Extractor:
    [frame] = re.findall(r"^```toml\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    path = tmp_path_factory.mktemp("rules") / "subsidy.toml"
    path.write_text(frame, "utf-8")
    return extract.load(path)


@pytest.mark.parametrize(
    ("sentence", "status", "amount"),
    [
        ("Фонд «Ладога» субсидировал завод «Прогресс» на 2 млрд руб.", "completed", 2_000_000_000),
        ("Фонд «Ладога» отказался субсидировать завод «Прогресс».", "cancelled", None),
    ],
)
def test_the_frame_finds_what_it_should(
    taught: extract.Extractor, sentence: str, status: str, amount: int | None
) -> None:
    assert sentence in TEXT
    [deal] = taught.extract(sentence).deals
    assert (deal.type, deal.status, deal.rule) == ("grant", status, "grant/subsidize")
    assert {(party.role, party.name) for party in deal.participants} == {("donor", "Ладога"), ("recipient", "Прогресс")}
    assert (deal.amount and deal.amount.value) == amount


def test_the_frame_keeps_still(taught: extract.Extractor) -> None:
    assert taught.extract("Власти субсидируют ипотеку.").deals == []
