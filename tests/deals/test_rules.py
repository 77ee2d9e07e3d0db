"""Rules files: the built-in ones load, a user's own add to them, mistakes are named with file and line."""

from pathlib import Path

import pytest
from spacy.language import Language

import extract
from extract.deals import judge
from extract.deals.proving import failures
from extract.deals.rulebook import load_all, load_rules
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
        ('"проспонсировать"', '"спонсирует"', 11, "write the infinitive, 'спонсировать'"),
        ("verbs = [", 'nouns = ["спонсора"]\nverbs = [', 11, "write the nominative singular, 'спонсор'"),
        ('"проспонсировать"', '"спонсир.*"', 11, "no regular expressions"),
        ("verbs = [", "kind = 1\nverbs = [", 11, "unknown key 'kind'"),
        ('sponsor = ["subject"]', 'sponsor = "subject"', 13, "sponsor"),
        ("[types.sponsorship]", "[types.loan]", 1, "type 'loan' is there already"),
        ("[frames.roles]", 'done = "finished"\n[frames.roles]', 12, "done"),
        ("[frames.roles]", 'requires = ["patron"]\n[frames.roles]', 12, "requires of frame 'become-sponsor'"),
        ("[frames.roles]", 'object = ["gold mines"]\n[frames.roles]', 12, "neither a lexicon nor ORG, PER, LOC"),
        ("[frames.roles]", 'with = ["@gold"]\n[frames.roles]', 12, "names no lexicon"),
        ("[roles]", '[[organizations]]\nname = "Заречье"\ninn = "12"\n\n[roles]', 7, "inn"),
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
    monkeypatch.setattr(judge, "model", lambda views: judge.Model(bias=-2.0, least=0.5, weights={}))
    file = tmp_path / "rules.toml"
    file.write_text(
        '[[frames]]\nname = "bless"\ntype = "grant"\nverbs = ["благословить"]\n[frames.roles]\ndonor = ["subject"]\n',
        encoding="utf-8",
    )
    (deal,) = extract.load(rules=file).extract("Фонд «Ладога» может благословить.").deals
    assert deal.rule == "grant/bless"
    assert deal.confidence < 0.5


def test_two_frames_of_one_name(rules_file: Path) -> None:
    rules_file.write_text(GOOD + GOOD[GOOD.index("[[frames]]") :], "utf-8")
    with pytest.raises(RulesError, match="is there already") as caught:
        load_rules(rules_file)
    assert caught.value.line == 16


def test_a_folder_of_rules(rules_file: Path) -> None:
    (rules_file.parent / "words.toml").write_text('[lexicons.goods]\nlemmas = ["глиссер"]\n', "utf-8")
    rules = load_rules(rules_file.parent)
    assert "sponsorship" in rules.types
    assert "глиссер" in rules.lexicons["goods"]
    assert rules.sources["sponsorship/become-sponsor"].own
    assert not rules.sources["acquisition/buy"].own


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="no rules"):
        load_rules(tmp_path)


def test_rules_are_read_anew_when_they_change(rules_file: Path) -> None:
    assert load_rules(rules_file) is load_rules(rules_file)
    rules_file.write_text(GOOD.replace("sponsorship", "patronage"), "utf-8")
    assert "patronage" in load_rules(rules_file).types


def test_organizations_of_a_users_gazetteer(tmp_path: Path) -> None:
    file = tmp_path / "organizations.toml"
    file.write_text(
        '[[organizations]]\nname = "Заречье-Инвест"\naliases = ["ЗИ"]\nkind = "bank"\ninn = "7700000016"\n', "utf-8"
    )
    record = extract.load(file).extract("ЗИ купил завод «Прогресс». Заречье-Инвестом руководит Иван Петров.")
    known = record.organizations[0]
    assert (known.name, known.kind, known.inn) == ("Заречье-Инвест", "bank", "7700000016")
    assert [mention.text for mention in known.mentions] == ["ЗИ", "Заречье-Инвестом"]
    assert ("buyer", "Заречье-Инвест") in {(p.role, p.name) for p in record.deals[0].participants}
    assert all(organization.inn is None for organization in record.organizations[1:])


def test_built_in_rules_are_proven(nlp: Language) -> None:
    assert not [str(failure) for failure in failures(nlp, load_all(strict=True))]


def test_wrong_proofs_are_told(rules_file: Path) -> None:
    proofs = """yes = [
    "Банк «Ладога» поёт.",
    { text = "Банк «Ладога» спонсирует клуб «Волна».", roles = { sponsor = "Волна" } },
    { text = "Банк «Ладога» спонсирует клуб «Волна».", status = "cancelled" },
]
no = ["Банк «Ладога» спонсирует клуб «Волна».", "Банк «Ладога» поёт."]
[frames.roles]"""
    rules_file.write_text(GOOD.replace("[frames.roles]", proofs), "utf-8")
    found = [failure.reason for failure in failures(extract.load(rules_file).nlp, load_all(rules_file))]
    assert found == [
        "doesn't fire",
        "sponsor is Ладога, not Волна",
        "the status is completed, not cancelled",
        "fires where it must not",
    ]
