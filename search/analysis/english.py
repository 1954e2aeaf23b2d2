"""One spelling for what is written one way in Britain and another way in America.

The rules are those that dictionaries of both list; a word that no rule knows stays. What comes out is
only compared, so it need not be a word: "exercise" gets a z too, on both sides.
"""

from __future__ import annotations

import re

_WORDS = {
    "programme": "program", "programmes": "programs", "grey": "gray", "tyre": "tire", "tyres": "tires",
    "cheque": "check", "cheques": "checks", "aluminium": "aluminum", "artefact": "artifact",
    "artefacts": "artifacts", "sceptic": "skeptic", "sceptical": "skeptical", "sceptics": "skeptics",
    "plough": "plow", "kerb": "curb", "mould": "mold", "moulds": "molds", "moustache": "mustache",
    "pyjamas": "pajamas", "jewellery": "jewelry", "storey": "story", "storeys": "stories",
    "enrol": "enroll", "enrols": "enrolls", "enrolment": "enrollment", "enrolments": "enrollments",
    "fulfil": "fulfill", "fulfils": "fulfills", "fulfilment": "fulfillment", "skilful": "skillful",
    "skilfully": "skillfully", "instalment": "installment", "instalments": "installments",
    "instil": "instill", "distil": "distill", "wilful": "willful", "judgement": "judgment",
    "judgements": "judgments", "acknowledgement": "acknowledgment", "acknowledgements": "acknowledgments",
    "ageing": "aging", "licence": "license", "licences": "licenses", "defence": "defense",
    "defences": "defenses", "offence": "offense", "offences": "offenses", "pretence": "pretense",
    "practise": "practice", "practised": "practiced", "practising": "practicing", "practises": "practices",
    "maths": "math", "whilst": "while", "amongst": "among", "learnt": "learned", "spelt": "spelled",
    "analyse": "analyze", "analysed": "analyzed", "analyses": "analyzes", "analysing": "analyzing",
    "analyser": "analyzer", "catalyse": "catalyze", "paralyse": "paralyze", "cosy": "cozy",
    "centred": "centered", "centring": "centering",
    "draught": "draft", "draughts": "drafts", "manoeuvre": "maneuver", "manoeuvres": "maneuvers",
    "woollen": "woolen", "marvellous": "marvelous", "tranquillity": "tranquility", "cancellation": "cancelation",
}  # fmt: skip
_RULES = (
    # colour, behavioural, neighbourhood
    (
        re.compile(
            r"((?:arb|ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl|"
            r"ranc|rig|rum|sav|savi|splend|succ|tum|val|vap|vig)o)ur"
        ),
        r"\1r",
    ),
    # centre, kilometre, theatre, centres
    (re.compile(r"(cent|theat|met|lit|fib|lust|somb|spect|sab|meag|och|calib)re(s?)$"), r"\1er\2"),
    # organise, organisation, with at least three letters before
    (re.compile(r"(?<=[a-z]{3})is(e[drs]?|ers|ing|ings|ation|ations|ational|able)$"), r"iz\1"),
    (re.compile(r"(catal|dial|anal|epil|monol|prol|travel|homol|pedag|demag)ogue"), r"\1og"),
    # travelling, labelled, modeller: one l where America has one
    (re.compile(r"(?<=[a-z]{2}[aeiou])ll(ed|er|ers|ing|ings)$"), r"l\1"),
    # encyclopaedia, archaeology, paediatric; oestrogen, foetus
    (re.compile(r"(?<=[a-z])ae(?=[a-z]{3})|^ae(?=sth|on|t)"), "e"),
    (re.compile(r"^oe(?=s)|(?<=f)oe(?=t)|(?<=am)oe(?=b)|(?<=di)arrhoe(?=a)"), "e"),
)


def american(word: str) -> str:
    """The word in small letters as America spells it; itself where that is no other."""
    known = _WORDS.get(word)
    if known:
        return known
    if len(word) < 5:
        return word
    for rule, instead in _RULES:
        word = rule.sub(instead, word)
    return word
