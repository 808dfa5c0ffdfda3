"""Which row each name has: in the order of stream keys, never of the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

from ccsim.plan import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ccsim.model.contact_type import ContactType
    from ccsim.model.experiment import Center, LineGroup
    from ccsim.model.pool import Pool
    from ccsim.model.site import Site
    from ccsim.plan import Ints


class Streamed(Protocol):
    """What may be renamed and keep its chance."""

    @property
    def stream(self) -> str | None: ...


S = TypeVar("S", bound=Streamed)


def key(name: str, thing: Streamed) -> str:
    """The stream key of a named thing: its name unless it was renamed."""
    return thing.stream or name


def by_stream(things: Mapping[str, S]) -> dict[str, S]:
    """The same things in the order of their stream keys."""
    return dict(sorted(things.items(), key=lambda item: key(*item)))


@dataclass(frozen=True)
class Rows:
    """What a scenario has, by name, in the order of the Plan's rows. Sites are those where its pools are."""

    types: dict[str, ContactType]
    lines: dict[str, LineGroup]
    sites: dict[str, Site]
    pools: dict[str, Pool]

    @classmethod
    def of(cls, center: Center) -> Rows:
        used = {pool.site for pool in center.pools.values()}
        return cls(
            types=by_stream(center.contact_types),
            lines=dict(sorted(center.lines.items())),
            sites=by_stream({name: site for name, site in center.sites.items() if name in used}),
            pools=by_stream(center.pools),
        )

    def type(self, name: str) -> int:
        return list(self.types).index(name)

    def pool(self, name: str) -> int:
        return list(self.pools).index(name)

    def site(self, name: str) -> int:
        return list(self.sites).index(name)

    def names(self, center: Center) -> Names:
        """The order of the file."""
        return Names(
            types=tuple(self.type(name) for name in center.contact_types),
            pools=tuple(self.pool(name) for name in center.pools),
            sites=tuple(self.site(name) for name in center.sites if name in self.sites),
        )


def ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def offsets(groups: Iterable[Sequence[object] | Ints]) -> Ints:
    """CSR offsets of groups of rows."""
    return np.cumsum([0, *(len(group) for group in groups)], dtype=np.int64)


def joined(groups: Sequence[Ints]) -> Ints:
    """Groups of rows, one after the other."""
    return np.concatenate([np.empty(0, np.int64), *groups])
