"""Articles of the bench: what each says is settled, and its text is written around it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random

from kg.model.article import Article, Paragraph, PublishedDate, Quote, Zone
from kg.model.entity import Organization, Person, Place
from kg.model.relation import Citation, Event, Evidence, Membership, Observation, Participation
from kg.model.resolution import Resolution
from kg.model.span import Span
from tests.bench.service.world import (
    FIRST_YEAR,
    INDICATORS,
    LAST_YEAR,
    MEETINGS,
    SEATS,
    District,
    Seat,
    World,
)

_ROLES = ("chair", "speaker", "attendee", "attendee", "concluded_by")


@dataclass(slots=True)
class _Page:
    """A text that grows at its end and knows where each piece stands."""

    text: str = ""
    lines: list[Span] = field(default_factory=list)
    _begun: int = 0

    def put(self, words: str) -> Span:
        """Add some words; return where they stand."""
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def end_line(self) -> Span:
        """End the line; return where it stands."""
        line = Span(self._begun, len(self.text))
        self.lines.append(line)
        self.text += "\n"
        self._begun = len(self.text)
        return line


def write_articles(world: World, *, seed: int) -> Iterator[Resolution]:
    """Yield articles without end, always the same."""
    random = Random(seed)  # noqa: S311 (the same each time)
    for number in count():
        district = world.districts[number % len(world.districts)]
        day = date(random.randint(FIRST_YEAR, LAST_YEAR), 1, 1) + timedelta(days=random.randrange(364))
        yield _Writing(world, district, day, random).write(f"{number:06d}")


class _Writing:
    """One article on its way."""

    def __init__(self, world: World, district: District, day: date, random: Random) -> None:
        self._world = world
        self._district = district
        self._day = day
        self._random = random
        self._page = _Page()
        self._bodies: dict[str, Organization] = {}
        self._people: dict[str, Person] = {}
        self._memberships: list[Membership[str]] = []

    def write(self, name: str) -> Resolution:
        """Return the article with all that it says."""
        page, day = self._page, self._day
        kind, meeting = self._random.choice(MEETINGS)
        meeting = f"{meeting} {self._district.unit.full_name} năm {day.year}"
        title = page.put(f"{self._district.unit.full_name}: {meeting}")
        page.end_line()
        published = page.put(f"{day:%d/%m/%Y}")
        page.end_line()
        places = self._places()
        event = self._event(kind, meeting)
        participations = tuple(self._participation(event.key, role, seat) for role, seat in self._cast())
        observations = tuple(self._observation(*each) for each in self._random.sample(INDICATORS, 7))
        citations = tuple(self._citation() for _ in range(self._random.randint(1, 2)))
        article = Article(
            id=name,
            source=f"{name}.txt",
            text=page.text,
            sha256=hashlib.sha256(page.text.encode()).hexdigest(),
            paragraphs=tuple(Paragraph(line, Zone.BODY) for line in page.lines),
            title=Quote(page.text[title.start : title.end], title),
            published=PublishedDate(day, published),
        )
        return Resolution(
            article=article,
            day=day,
            persons=tuple(self._people.values()),
            organizations=tuple(self._bodies.values()),
            places=places,
            memberships=tuple(self._memberships),
            events=(event,),
            participations=participations,
            observations=observations,
            citations=citations,
        )

    def _places(self) -> tuple[Place, ...]:
        unit, province = self._district.unit, self._district.province
        self._page.put("Tin từ ")
        inner = self._page.put(unit.full_name)
        self._page.put(", ")
        outer = self._page.put(province.full_name)
        self._page.end_line()
        return (
            Place(id="district", name=unit.full_name, surface=unit.full_name, level=unit.level,
                  mentions=(inner,), within="province", rule="bench.places"),
            Place(id="province", name=province.full_name, surface=province.full_name, level=province.level,
                  mentions=(outer,), rule="bench.places"),
        )  # fmt: skip

    def _event(self, kind: str, name: str) -> Event[str]:
        begun = self._day - timedelta(days=self._random.randint(0, 2))
        self._page.put(f"Ngày {begun.day}/{begun.month}, ")
        organizer = self._body(SEATS[0])
        self._page.put(" tổ chức ")
        said = self._page.put(name)
        self._page.end_line()
        return Event(
            key="event-1", kind=kind, name=name, date_text=begun.isoformat(), start=begun,
            session=self._random.choice(("morning", "afternoon")), organizer=organizer,
            evidence=Evidence((said,), "bench.events", 0.9),
        )  # fmt: skip

    def _cast(self) -> Iterator[tuple[str, Seat]]:
        seats = self._random.sample(SEATS, len(_ROLES))
        return zip(_ROLES, seats, strict=True)

    def _participation(self, event: str, role: str, seat: Seat) -> Participation[str]:
        page, start = self._page, len(self._page.text)
        name = self._world.holder(self._district, seat, self._day.year)
        mention = page.put(name)
        person = next(
            (it.id for it in self._people.values() if it.name == name), f"person-{len(self._people)}"
        )
        self._people.setdefault(
            person, Person(id=person, name=name, mentions=(mention,), rule="bench.people")
        )
        page.put(f", {seat.title} ")
        body = self._body(seat)
        said = Evidence((Span(start, len(page.text)),), "bench.memberships", 0.9)
        self._memberships.append(
            Membership(person=person, title=seat.title, organization=body, evidence=said)
        )
        verb = page.put({"chair": " chủ trì", "speaker": " phát biểu"}.get(role, " dự"))
        page.end_line()
        return Participation(
            event=event, role=role, person=person, title=seat.title, organization=body,
            evidence=Evidence((Span(start, verb.end),), "bench.participations", 0.9),
        )  # fmt: skip

    def _body(self, seat: Seat) -> str:
        identifier = f"{seat.kind}-{seat.provincial}"
        place = "province" if seat.provincial else "district"
        area = self._district.province if seat.provincial else self._district.unit
        name = f"{seat.body} {area.full_name}"
        mention = self._page.put(name)
        known = self._bodies.get(identifier)
        self._bodies[identifier] = Organization(
            id=identifier, name=name, surface=name, kind=seat.kind, place=place, rule="bench.organizations",
            mentions=(*(known.mentions if known else ()), mention),
        )  # fmt: skip
        return identifier

    def _observation(self, indicator: str, measure: str, size: int) -> Observation[str]:
        random = self._random
        value, change = round(size * random.uniform(0.3, 1.7)), round(random.uniform(-20, 20), 2)
        period = f"năm {self._day.year - 1}"
        said = self._page.put(f"{indicator} {period} là {value} {measure}, so với năm trước {change} %")
        self._page.end_line()
        return Observation(
            indicator=indicator, value=value, unit=measure, change_pct=abs(change), change_basis="năm trước",
            direction="increase" if change > 0 else "decrease", period=period, about="health_centre-False",
            check="not-checkable", evidence=Evidence((said,), "bench.observations", 0.85),
        )  # fmt: skip

    def _citation(self) -> Citation[str]:
        number = f"{self._random.randint(1, 900)}/QĐ-BYT"
        day = date(self._day.year, self._random.randint(1, 12), 1)
        said = self._page.put(f"Thực hiện Quyết định số {number} ngày {day:%d/%m/%Y}")
        self._page.end_line()
        return Citation(
            type="Quyết định", number=number, day=day, evidence=Evidence((said,), "bench.citations", 0.95)
        )
