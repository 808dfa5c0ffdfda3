"""How well a pool speaks the language of its contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.model.journey import Proficiency

if TYPE_CHECKING:
    from ccsim.model.contact_type import ContactType
    from ccsim.model.pool import Pool

FLUENT = Proficiency()
"""Of languages that a pool does not name, and of contacts without a language."""


def proficiency(pool: Pool, kind: ContactType) -> Proficiency:
    """The factors of a pool's language on what ``handles`` says of a contact type."""
    return FLUENT if kind.language is None else pool.proficiency.get(kind.language, FLUENT)
