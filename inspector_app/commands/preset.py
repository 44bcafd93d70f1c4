"""What a preset is: one management command with the only parameters it may be given."""

from __future__ import annotations

from dataclasses import dataclass

from .parameters import Known, Parameter

CHECKS = "Checks"
MIGRATIONS = "Migrations"
DATABASE = "Database"
SETTINGS = "Settings"
REHEARSALS = "Rehearsals"
OWN = "Own commands"
GROUPS = (CHECKS, MIGRATIONS, DATABASE, SETTINGS, REHEARSALS, OWN)

# What a command writes in one of these tiers reaches nothing real, and can be looked at.
ISOLATING = ("copy-on-write", "shadow")


@dataclass(frozen=True)
class Answer:
    """What an exit code means where it answers a question instead of reporting a failure.

    A program that breaks may end with the same code, so a line of the output must begin with
    ``evidence``, a regular expression.
    """

    exit_code: int
    evidence: str
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Preset:
    """A management command, what it prints, and the only parameters it may be given.

    ``fixed`` arguments are always there; unless it is rehearsed they make it read-only. ``reads``
    says what the command touches of the project; ``documentation`` is the fragment of its entry in
    Django's own reference of ``django-admin``. ``skips_checks`` marks a command that Django
    would refuse to start while a system check of error level fails: it gets ``--skip-checks``,
    which others do not take.

    ``rehearsal`` marks one that writes: it runs isolated or not at all, and what it would have
    changed is kept in the place of the change. ``digest`` names the exact definition of a command
    that a project offers in its djdesk.toml; the user allows that one only. ``written`` says that
    the user himself defined it.
    """

    name: str
    group: str
    summary: str
    description: str
    reads: str
    parameters: tuple[Parameter, ...]
    command: str = ""
    fixed: tuple[str, ...] = ()
    documentation: str = ""
    skips_checks: bool = False
    answers: tuple[Answer, ...] = ()
    rehearsal: bool = False
    digest: str = ""
    written: bool = False

    @property
    def management_command(self) -> str:
        return self.command or self.name

    @property
    def title(self) -> str:
        """The name with those fixed arguments that make it another command."""
        return self.name if self.rehearsal else " ".join([self.name, *self.fixed[:1]])

    @property
    def tiers(self) -> tuple[str, ...]:
        """The only sandbox tiers it may run in; empty means all."""
        return ISOLATING if self.rehearsal else ()

    @property
    def offline(self) -> bool:
        """Whether the network stays off even where the user allows it for the project.

        A layer takes back no write to a database server. Of the project's own commands nobody
        knows what they are for, so there the user's word counts.
        """
        return self.rehearsal and not self.digest

    def offered(self, known: Known) -> list[Parameter]:
        """The parameters that the project's Django has."""
        return [one for one in self.parameters if is_known(one, known)]


def is_known(parameter: Parameter, known: Known) -> bool:
    """Whether the project's Django is known to have ``parameter``."""
    since = tuple(int(part) for part in parameter.since.split(".")) if parameter.since else ()
    return known.django() >= since
