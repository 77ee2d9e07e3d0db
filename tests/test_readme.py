"""What the README shows works as it says."""

import re
from pathlib import Path

import pytest

import extract

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_two_commands_are_there() -> None:
    first, second = blocks("sh")[:2]
    assert first.rstrip().endswith("extract-ru run corpus/articles -o records.jsonl --overwrite")
    assert second.rstrip().endswith("-m pytest")
    assert "\n" not in first.rstrip() + second.rstrip()


def test_the_library_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    [example] = [block for block in blocks("python") if "extract.load()" in block]
    names: dict[str, object] = {"texts": ["Банк «Заречье» купил завод «Кедр»."] * 3}
    exec(compile(example, "README.md", "exec"), names)
    assert isinstance(names["record"], extract.Record)


def test_a_deal_type_is_added_with_one_file(tmp_path: Path) -> None:
    [toml] = blocks("toml")
    rules = tmp_path / "sponsors.toml"
    rules.write_text(toml, "utf-8")
    [deal] = extract.load(rules=rules).extract("Банк «Заречье» спонсировал клуб «Поморские волки».").deals
    assert (deal.type, deal.status, deal.rule) == ("sponsorship", "completed", "sponsorship/sponsor")
    assert {(participant.role, participant.name) for participant in deal.participants} == {
        ("sponsor", "Заречье"),
        ("recipient", "Поморские волки"),
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('sponsor = ["subject"]', 'sponsors = ["subject"]', 10, "unknown role 'sponsors'"),
        ('type = "sponsorship"', 'type = "sponsoring"', 7, "unknown type 'sponsoring'"),
        ('["object"]', '["oject"]', 11, "place 'oject'"),
        ('name = "sponsor" ', 'nam = "sponsor" ', 6, "unknown key 'nam'"),
        ("[[frames]]", "[[frames]", 5, "no TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    rules = tmp_path / "sponsors.toml"
    rules.write_text(blocks("toml")[0].replace(old, new), "utf-8")
    with pytest.raises(extract.RulesError, match=reason) as caught:
        extract.load(rules=rules)
    assert (caught.value.file, caught.value.line) == (str(rules), line)
    assert str(caught.value).startswith(f"{rules}:{line}: ")
