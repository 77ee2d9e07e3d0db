"""What the gate learns from: `python training/sentences.py WORK WEIGHTS ARTICLES...`.

The network whose files lie in WEIGHTS reads ARTICLES, folders of .txt or .jsonl with texts, whole. WORK gets
`sentences.jsonl`, of each sentence the number of its article, its lemmas and signs (see `extract/learned/gate.py`), and
how probable a deal is in it; and `lemmas.safetensors`, the vectors of these lemmas.
"""

import argparse
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from safetensors.numpy import save_file
from vocabulary import texts

import extract
from extract import pipeline
from extract.articles.article import Article
from extract.language.words import words_of
from extract.learned.chunks import things_of
from extract.learned.gate import Vectors, traits_of
from extract.learned.network import Network
from extract.learned.reader import read

LEAST = 0.1  # tellings less probable than this are none
Sentence = tuple[int, list[str], list[int], float]


def sentences(articles: list[str], network: Network) -> Iterator[Sentence]:
    """Read the articles."""
    extractor = extract.load(model=False)
    for name in pipeline.COMPONENTS[pipeline.COMPONENTS.index("ru_frames") :]:
        extractor.nlp.remove_pipe(name)
    for number, doc in enumerate(extractor.docs(Article(text) for text in articles)):
        words = words_of(doc)
        told: dict[int, float] = {}
        for telling in read(doc, network, LEAST, whole=True).tellings:
            told[telling.sentence] = max(told.get(telling.sentence, 0.0), telling.probability)
        for at, traits in enumerate(traits_of(words, things_of(doc))):
            yield number, *traits, told.get(at, 0.0)


def main() -> None:
    """Read and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=4, help="read one article of so many")
    options = parser.parse_args()
    articles = list(islice(texts(options.articles), 0, None, options.every))
    known: set[str] = set()
    with (options.work / "sentences.jsonl").open("w", encoding="utf-8") as out:
        for sentence in sentences(articles, Network(options.weights)):
            known.update(sentence[1])
            out.write(json.dumps(sentence, ensure_ascii=False) + "\n")
    names = sorted(known)
    about = {"names": json.dumps(names, ensure_ascii=False)}
    save_file({"vectors": Vectors().of(names)}, options.work / "lemmas.safetensors", about)


if __name__ == "__main__":
    main()
