"""Documents to search in, in several languages and of several kinds; all invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

from search.types import Change, Document, Label, Passage, Text

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
BUDGETING, FUNDRAISING, GRANT_WRITING = (
    Label("en", text) for text in ("Budgeting", "Fundraising", "Grant writing")
)

BUDGET = Document(
    kind="lesson",
    id="budget",
    texts=(
        Text(
            "en",
            "Writing a first budget",
            "From a list of costs to a table that a funder reads in two minutes.",
            "Trainings for volunteers cost money. Ask <b>early</b> & often.",
            keywords=("spreadsheet",),
        ),
        Text("ar", "كتابة أول ميزانية", "من قائمة التكاليف إلى جدول", "التدريب للمتطوعين", url="/ar/budget/"),
    ),
    url="/en/budget/",
    capacities=("budgeting",),
    broader=("fundraising",),
    labels=(BUDGETING, FUNDRAISING, Label("es", "Recaudación de fondos"), Label("ar", "جمع التبرعات")),
    facets={"language": ("en", "ar"), "length": ("short",), "region": ("north-africa",)},
    updated=NOW,
    minutes=35,
    card={"facts": {"en": ["35 minutes"]}},
)
TALK = Document(
    kind="recording",
    id="talk",
    texts=(Text("fr", "Demander aux entreprises locales", "Une salle d'abord, l'argent ensuite."),),
    url="/fr/talk/",
    capacities=("fundraising",),
    labels=(FUNDRAISING,),
    facets={"language": ("fr", "ar"), "length": ("medium",)},
    passages=(
        Passage("fr", 10.5, "Nous avons cessé de demander de l'argent."),
        Passage("fr", 1120.0, "Le partenaire a payé la formation des bénévoles."),
    ),
    people=("Samira Belkacem",),
    updated=datetime(2025, 3, 1, tzinfo=UTC),
)
SAMIRA = Document(
    kind="person",
    id="samira",
    texts=(Text("en", "Samira Belkacem", "Can help with grant writing and first meetings."),),
    url="/en/people/samira/",
    capacities=("grant-writing",),
    broader=("fundraising",),
    labels=(GRANT_WRITING, FUNDRAISING),
    facets={"language": ("ar", "fr"), "region": ("north-africa",), "format": ("writing",)},
    updated=NOW,
    confirmed=date(2026, 10, 10),
)
JONAS = Document(
    kind="person",
    id="jonas",
    texts=(Text("de", "Jonas Übermuth", "Schulungen für Ehrenamtliche und Räume."),),
    url="/de/people/jonas/",
    capacities=("grant-writing",),
    broader=("fundraising",),
    labels=(GRANT_WRITING, FUNDRAISING),
    facets={"language": ("de", "en"), "region": ("europe",), "format": ("call",)},
    updated=NOW,
    confirmed=date(2026, 10, 10),
    available=False,
)
VOLUNTEERS = Document(
    kind="lesson",
    id="volunteers",
    texts=(Text("zh-hans", "志愿者培训", "如何开始志愿者培训课程,一步一步。"),),
    url="/zh-hans/volunteers/",
    capacities=("volunteer-support",),
    facets={"language": ("zh-hans",), "length": ("long",)},
    updated=datetime(2024, 1, 1, tzinfo=UTC),
)
COURSE = Document(
    kind="course",
    id="course",
    texts=(Text("ru", "Тренинги для волонтёров", "Как провести тренинг в маленькой группе."),),
    url="/ru/course/",
    capacities=("volunteer-support",),
    facets={"language": ("ru",), "length": ("long",)},
    updated=datetime(2026, 1, 1, tzinfo=UTC),
    starts=date(2099, 1, 10),
)
EARLIER = Document(
    kind="course",
    id="earlier",
    texts=(Text("es", "Apoyo a voluntarios", "El año pasado con equipos pequeños de España."),),
    url="/es/earlier/",
    capacities=("volunteer-support",),
    facets={"language": ("es",), "length": ("long",)},
    updated=datetime(2026, 2, 1, tzinfo=UTC),
    starts=date(2098, 1, 10),
)
ALL = (BUDGET, TALK, SAMIRA, JONAS, VOLUNTEERS, COURSE, EARLIER)


def puts(*documents: Document) -> list[Change]:
    """Changes that write these documents."""
    return [Change(document.kind, document.id, document) for document in documents]


def page(id: str, title: str, body: str = "", language: str = "en", **more: object) -> Document:
    """A small document."""
    return Document("page", id, (Text(language, title, "", body),), f"/{id}/", **more)  # type: ignore[arg-type]
