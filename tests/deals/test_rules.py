"""Rules files: the built-in ones load, a user's own add to them, mistakes are named with file and line."""

from pathlib import Path

import pytest

import extract
from extract.deals import judge
from extract.deals.rulebook import load_rules
from extract.errors import RulesError

GOOD = """\
[types.sponsorship]
label = "спонсорство"
roles = ["sponsor", "recipient"]

[roles]
sponsor = "спонсор"

[[frames]]
name = "become-sponsor"
type = "sponsorship"
verbs = ["спонсировать", "проспонсировать"]
[frames.roles]
sponsor = ["subject"]
recipient = ["object"]
"""


@pytest.fixture
def rules_file(tmp_path: Path) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(GOOD, "utf-8")
    return path


def test_every_type_has_a_frame() -> None:
    rules = load_rules()
    assert {frame.type for frame in rules.frames} == set(rules.types)
    assert len(rules.types) == 17


def test_triggers_are_many() -> None:
    rules = load_rules()
    assert len(rules.by_verb) + len(rules.by_noun) >= 300


def test_a_users_type_comes_out_in_the_same_shape(rules_file: Path) -> None:
    extractor = extract.load(rules=rules_file)
    record = extractor.extract("Банк «Ладога» спонсирует клуб «Волна».")
    assert [(deal.type, deal.rule) for deal in record.deals] == [("sponsorship", "sponsorship/become-sponsor")]
    assert {(p.role, p.name) for p in record.deals[0].participants} == {("sponsor", "Ладога"), ("recipient", "Волна")}


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('verbs = ["спонсировать", "проспонсировать"]', "verbs = [", 12, "TOML"),
        ('type = "sponsorship"', 'type = "sponsor"', 10, "unknown type"),
        ('sponsor = ["subject"]', 'patron = ["subject"]', 13, "unknown role 'patron'"),
        ('recipient = ["object"]', 'recipient = ["у ген"]', 14, "place 'у ген'"),
        ('verbs = ["спонсировать", "проспонсировать"]', 'verb = ["спонсировать"]', 11, "unknown key 'verb'"),
        ('verbs = ["спонсировать", "проспонсировать"]', "", 8, "no trigger"),
        ("[roles]", "[rolls]", 5, "unknown name 'rolls'"),
    ],
)
def test_mistakes_are_named(rules_file: Path, old: str, new: str, line: int, says: str) -> None:
    rules_file.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(RulesError) as caught:
        load_rules(rules_file)
    assert says in caught.value.reason
    assert caught.value.file == str(rules_file)
    assert caught.value.line == line


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="cannot be read"):
        load_rules(tmp_path / "none.toml")


def test_what_a_frame_of_one_s_own_finds_is_reported_however_unsure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, "model", lambda: judge.Model(bias=-2.0, least=0.5, weights={}))
    file = tmp_path / "rules.toml"
    file.write_text(
        '[[frames]]\nname = "bless"\ntype = "grant"\nverbs = ["благословить"]\n[frames.roles]\ndonor = ["subject"]\n',
        encoding="utf-8",
    )
    (deal,) = extract.load(rules=file).extract("Фонд «Ладога» может благословить.").deals
    assert deal.rule == "grant/bless"
    assert deal.confidence < 0.5
