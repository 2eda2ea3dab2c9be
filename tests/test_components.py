"""The spaCy pipeline for notebooks."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.tokens import DocBin

from extract.components import load_pipeline

TEXTS = ["Năm 2021, Huyện ủy Na Hang có 429 đồng chí cấp ủy viên, nữ chiếm 10,49%.", "", "Không có gì."]


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    return load_pipeline()


def test_spans_lead_to_rows(nlp: spacy.Language) -> None:
    doc = nlp(TEXTS[0])
    assert doc.text == TEXTS[0]
    assert [(span.text, span.label_) for span in doc.spans["figures"]] == [("429", "count"), ("10,49%", "percent")]
    row = doc.spans["figures"][0]._.figure
    assert (row["province"], row["place"], row["period"]) == ("08", "Na Hang", "2021")
    assert ("năm 2021", "year") in [(span.text.lower(), span.label_) for span in doc.spans["terms"]]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Huyện ủy Na Hang", "ORG")]


def test_displacy_draws_the_figures(nlp: spacy.Language) -> None:
    html = displacy.render(nlp(TEXTS[0]), style="span", options={"spans_key": "figures"}, jupyter=False)
    assert "10,49" in html


def test_two_processes_find_the_same(nlp: spacy.Language) -> None:
    one = [[span.text for span in doc.spans["figures"]] for doc in nlp.pipe(TEXTS)]
    two = [[span.text for span in doc.spans["figures"]] for doc in nlp.pipe(TEXTS, n_process=2, batch_size=1)]
    assert one == two


def test_docs_keep_their_rows_on_disk(nlp: spacy.Language, tmp_path: Path) -> None:
    stored = DocBin(docs=[nlp(TEXTS[0])], store_user_data=True).to_bytes()
    (doc,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert doc.spans["figures"][1]._.figure["value"] == "10.49"
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")(TEXTS[0])
    assert [span.text for span in again.spans["figures"]] == ["429", "10,49%"]
