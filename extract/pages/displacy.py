"""Deals for spaCy's displaCy.

    from spacy import displacy
    from extract.pages.displacy import deal_spans

    displacy.render(deal_spans(extractor.nlp(text)), style="span")

`displacy.render(doc, style="ent")` shows the entities of any Doc of the pipeline.
"""

from spacy.tokens import Doc, Span

from extract.pages.labels import labels


def deal_spans(doc: Doc, key: str = "sc") -> Doc:
    """Put a Doc's deals into `doc.spans[key]`: each evidence under the deal's type, each party under its role.

    The Doc is returned too. `sc` is where displaCy looks.
    """
    names = labels()
    types, roles = names["types"], names["roles"]
    spans = []
    for deal in doc._.deals or []:
        kind = types[deal.type][0] if deal.type in types else deal.type
        spans += [Span(doc, place.start, place.end, label=kind) for place in deal.evidence]
        for party in deal.participants:
            role = roles.get(f"{deal.type}.{party.role}") or roles.get(party.role, party.role)
            if party.mention is not None:
                spans.append(Span(doc, party.mention.start, party.mention.end, label=role))
    doc.spans[key] = spans
    return doc
