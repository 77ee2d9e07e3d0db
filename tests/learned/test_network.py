"""What the network reads: the same whatever lies beside it; weights that are damaged; odd texts."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import save_file
from spacy.language import Language
from spacy.tokens import Doc

import extract
from extract.learned.chunks import chunks_of, things_of
from extract.learned.network import FOLDER, GRAPH, WEIGHTS, Network, network
from extract.learned.reader import read

TEXT = (
    "Холдинг «Заречье» договорился о покупке завода «Прогресс» у группы «Веста» за 2 млрд руб. Погода была ясной. "
    "Банк «Исеть» выдал агрофирме «Нива» кредит на 300 млн руб."
)


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def test_tellings_of_plain_sentences(doc: Doc) -> None:
    tellings = read(doc, network(), 0.05).tellings
    best = {}
    for telling in tellings:
        if telling.probability > best.get(telling.sentence, ("", 0.0))[1]:
            best[telling.sentence] = telling.type, telling.probability
    assert {sentence: type for sentence, (type, _) in best.items()} == {0: "acquisition", 2: "loan"}
    names = {entity.id: entity.name for entity in doc._.entities}
    [bought] = [telling for telling in tellings if telling.type == "acquisition" and telling.sentence == 0]
    roles = {role: names[ref] for ref, role, probability in bought.roles if probability > 0.5}
    assert roles == {"buyer": "Заречье", "target": "Прогресс", "seller": "Веста"}
    assert doc[bought.trigger].text in ("договорился", "покупке")


def test_a_chunk_reads_the_same_whatever_was_read_before(doc: Doc) -> None:
    things = things_of(doc)
    [chunk] = chunks_of(doc, things, network().pieces)
    once = network().states(chunk)
    other = Network()
    for length in (3, 200, 17):
        shorter = replace(chunk, ids=chunk.ids[:length], marks=chunk.marks[:length])
        other.states(shorter)
    assert np.array_equal(once, other.states(chunk))


def test_weights_lie_in_whole_numbers_and_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 40_000_000


@pytest.mark.parametrize("name", [GRAPH, WEIGHTS])
@pytest.mark.parametrize("damage", ["missing", "cut", "other"])
def test_damaged_weights_are_named(tmp_path: Path, name: str, damage: str) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(FOLDER, folder)
    path = folder / name
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:1000] if damage == "cut" else b"\x00" * 5000)
    with pytest.raises(extract.ModelError) as caught:
        Network(folder)
    assert str(folder) in str(caught.value)
    assert "--no-model" in str(caught.value)


@pytest.mark.parametrize("name", ["unit.bias", "body.kind.weight", "gate.fit.weight", "pieces", "roles"])
def test_weights_that_lack_an_entry_are_named(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(FOLDER, folder)
    with safe_open(folder / WEIGHTS, "np") as file:
        about, arrays = file.metadata(), {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    about.pop(name, None)
    arrays.pop(name, None)
    save_file(arrays, folder / WEIGHTS, about)
    with pytest.raises(extract.ModelError, match=f"lacks {name}"):
        Network(folder)


def test_a_command_without_its_weights_says_so(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from extract.learned import network;"
        "network.Network.__init__.__defaults__ = (Path(sys.argv.pop()),);"
        "from extract.cli import main; main()"
    )
    article = tmp_path / "article.txt"
    article.write_text(TEXT, "utf-8")
    for command in (["text", str(article)], ["text", str(article), "--no-model"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *command, str(tmp_path / "nowhere")], capture_output=True, text=True
        )
        assert "Traceback" not in done.stderr
        if "--no-model" in command:
            assert done.returncode == 0
            assert "acquisition" in done.stdout
        else:
            assert done.returncode == 2
            assert "--no-model" in done.stderr


def test_without_the_model_nothing_of_it_is_loaded() -> None:
    program = (
        "import sys, extract; e = extract.load(model=False); e.extract('«Лютик» купил «Василёк».');"
        "assert 'onnxruntime' not in sys.modules and 'safetensors' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "Acme bought Widgets Inc. for $5 million on Monday.",
        TEXT.upper(),
        "купил" * 10_000,
        "«Заречье» купит завод «Прогресс», " * 1_500,  # one sentence of 50,000 letters
        "👍" * 1_000,
    ],
    ids=["nothing", "spaces", "no Cyrillic", "capitals", "one word", "one sentence", "signs"],
)
def test_odd_texts(extractor: extract.Extractor, text: str) -> None:
    assert extractor.extract(text).text == text
