"""The lists of a graph as frames: officials, bodies, posts, meetings, figures and the rest."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping
from typing import Any, Unpack

import pandas as pd

from kg.client.columns import make_frame
from kg.client.filters import (
    AppointmentFilters,
    ArticleFilters,
    AwardFilters,
    DocumentFilters,
    MeetingFilters,
    MetricFilters,
    OfficialFilters,
    PlaceFilters,
    PostFilters,
    UnitFilters,
    written_filters,
)
from kg.client.source import Json, Source
from kg.client.tables import LISTS
from kg.errors import QueryError
from kg.query.resource_lists import Wanted

_PAGE = 200


class Lists:
    """What a source lists: every item unless there is a `limit`, and always with the same columns.

    `sort` is the name of an order ("name", "date", "articles" …), with "-" the last first. Filters that are
    not given do not filter; a thing is given by name, path or IRI, as an entity, or as a row of a frame.
    """

    def __init__(self, source: Source, *, language: str) -> None:
        self._source = source
        self._language = language
        # Nobody closes what a notebook has forgotten: processes and a copy of the store would stay.
        self._closing = weakref.finalize(self, source.close)

    def officials(
        self, *, sort: str | None = None, limit: int | None = None, **filters: Unpack[OfficialFilters]
    ) -> pd.DataFrame:
        """Return officials with the posts that they hold and the bodies that these are in.

        >>> g.officials(place="Hòa Bình")["name"].tolist()
        ['Bùi Thu Hằng', 'Nguyễn Văn Toàn']
        """
        return self._list("officials", filters, sort, limit)

    def units(
        self, *, sort: str | None = None, limit: int | None = None, **filters: Unpack[UnitFilters]
    ) -> pd.DataFrame:
        """Return bodies with their kind, their place and what they are part of.

        >>> g.units(place="Hòa Bình", kind="Sở Y tế")["name"].tolist()
        ['Sở Y tế tỉnh Hòa Bình']
        """
        return self._list("units", filters, sort, limit)

    def posts(
        self, *, sort: str | None = None, limit: int | None = None, **filters: Unpack[PostFilters]
    ) -> pd.DataFrame:
        """Return posts with their bodies.

        >>> g.posts(unit="Sở Y tế tỉnh Hòa Bình")["title"].tolist()
        ['Giám đốc']
        """
        return self._list("posts", filters, sort, limit)

    def meetings(
        self, *, sort: str | None = None, limit: int | None = None, **filters: Unpack[MeetingFilters]
    ) -> pd.DataFrame:
        """Return meetings with who chaired, organised and took part, the latest first.

        >>> g.meetings(chair="Nguyễn Tăng")[["startDate", "chairs"]].to_dict("records")
        [{'startDate': Timestamp('2024-03-14 00:00:00'), 'chairs': 'Nguyễn Tăng'}]
        """
        return self._list("meetings", filters, sort, limit)

    def appointments(
        self, *, sort: str | None = None, limit: int | None = None, **filters: Unpack[AppointmentFilters]
    ) -> pd.DataFrame:
        """Return who was given or left which post, the latest first."""
        return self._list("appointments", filters, sort, limit)

    def metrics(
        self, *, sort: str | None = None, limit: int | None = None, **filters: Unpack[MetricFilters]
    ) -> pd.DataFrame:
        """Return reported figures with their targets, the latest first.

        Of one `indicator`, the frame's ``attrs["warnings"]`` tell which areas changed between the first and
        the last figure, so that the name of a place may not mean the same area.

        >>> figure = g.metrics(target="missed").iloc[0]
        >>> float(figure["value"]), float(figure["target"]), float(figure["percentOfTarget"])
        (81770.0, 250000.0, 32.71)
        """
        return self._list("metrics", filters, sort, limit)

    def places(
        self, *, sort: str | None = None, limit: int | None = None, **filters: Unpack[PlaceFilters]
    ) -> pd.DataFrame:
        """Return places, each for the time of its validity, with what they lie in.

        >>> "tỉnh Hòa Bình" in g.places(kind="province", on="2024")["name"].tolist()
        True
        >>> "tỉnh Hòa Bình" in g.places(kind="province", on="2026")["name"].tolist()
        False
        """
        return self._list("places", filters, sort, limit)

    def documents(
        self, *, sort: str | None = None, limit: int | None = None, **filters: Unpack[DocumentFilters]
    ) -> pd.DataFrame:
        """Return the official documents that articles cite.

        >>> g.documents(since=2021, until=2021)["name"].tolist()
        ['Chương trình hành động 02/CTHĐ-UBND']
        """
        return self._list("documents", filters, sort, limit)

    def awards(
        self, *, sort: str | None = None, limit: int | None = None, **filters: Unpack[AwardFilters]
    ) -> pd.DataFrame:
        """Return awards with who gave and who got them, the latest first.

        >>> g.awards(unit="Sở Y tế tỉnh Hòa Bình")[["awardName", "recipientGroup"]].values.tolist()
        [['giấy khen của Giám đốc Sở Y tế', '10 tập thể; 15 cá nhân']]
        """
        return self._list("awards", filters, sort, limit)

    def articles(
        self, *, sort: str | None = None, limit: int | None = None, **filters: Unpack[ArticleFilters]
    ) -> pd.DataFrame:
        """Return articles, the latest first.

        >>> g.articles(about="Bùi Thu Hằng")["datePublished"].dt.year.tolist()
        [2022]
        """
        return self._list("articles", filters, sort, limit)

    def _list(
        self, resource: str, filters: Mapping[str, Any], sort: str | None, limit: int | None
    ) -> pd.DataFrame:
        if limit is not None and limit < 1:
            raise QueryError(f"limit is {limit}, but takes a number from 1, or None for all")
        pages = list(self._pages(resource, written_filters(resource, filters), sort, limit))
        items = [item for page in pages for item in page["items"]][:limit]
        frame = make_frame(LISTS[resource], items, self._language)
        frame.attrs = {"list": resource, "count": pages[0]["count"]}
        if "comparison" in pages[0]:
            frame.attrs["warnings"] = pages[0]["comparison"]["warnings"]
        return frame

    def _pages(
        self, resource: str, filters: Mapping[str, str], sort: str | None, limit: int | None
    ) -> Iterator[Json]:
        after: str | None = None
        left = limit
        while left is None or left > 0:
            size = _PAGE if left is None else min(left, _PAGE)
            page = self._source.page(resource, Wanted(filters=filters, sort=sort, after=after, limit=size))
            yield page
            after = page["next"]
            left = None if left is None else left - len(page["items"])
            if after is None:
                return
