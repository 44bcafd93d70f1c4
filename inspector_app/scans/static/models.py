"""Models and relations as a report tells them, from class statements through their bases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .apps import StaticApp
from .declarations import Declared
from .model_entries import Entry, made_field, model_entry, relation_entry, through_entry
from .model_facts import ModelFacts
from .names import Class, Names
from .settings_values import StaticSettings
from .written import some


@dataclass
class StaticModels:
    """Models for each app label, abstract ones apart, and the relations between them."""

    models: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    abstract: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    relations: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_models(apps: list[StaticApp], names: Names, settings: StaticSettings) -> StaticModels:
    """The models of every installed app whose source is there."""
    facts = ModelFacts(apps, names, settings)
    result = StaticModels()
    seen: set[str] = set()
    for one in facts.collect():
        label = facts.label(one)
        if label not in seen:
            seen.add(label)
            _add(one, facts, names, result)
    unknown = sorted(facts.classes.unknown_bases)
    if unknown:
        result.notes.append(f"taken for models without their source: {some(unknown)}")
    result.notes += _notes(facts.unknown)
    return result


def _notes(unknown: dict[str, str]) -> list[str]:
    """What cannot be known, the names that share a reason in one sentence."""
    named: dict[str, list[str]] = {}
    for name, reason in unknown.items():
        named.setdefault(reason, []).append(name)
    return [f"{reason}: {some(sorted(names))}" for reason, names in sorted(named.items())]


def _add(one: Class, facts: ModelFacts, names: Names, result: StaticModels) -> None:
    entry = model_entry(one, facts, names)
    held = result.abstract if entry["abstract"] else result.models
    in_app = held.setdefault(entry["label"].partition(".")[0], [])
    in_app.append(entry)
    if entry["abstract"] or entry["proxy"]:
        return
    declared = facts.declared(one)
    fields = {each["name"]: each for each in entry["fields"]}
    result.relations += _parent_links(one, entry, declared, facts)
    _add_made_fields(one, entry, declared, facts)
    for each in declared:
        if not each.relation:
            continue
        target = facts.target(one, each) if each.relation != "gfk" else None
        result.relations.append(
            relation_entry(entry["label"], target, each.outline.name, each.relation)
        )
        fields[each.outline.name] |= {
            "to": target or None,
            "through": facts.through(one, each),
        }
        if target and _makes_table(each, facts) and not entry["swapped"]:
            through, relations = through_entry(
                entry,
                target,
                each,
                facts.key_kind(one),
                managed=facts.through_managed(one, target),
            )
            fields[each.outline.name]["through"] = through["label"]
            in_app.append(through)
            result.relations += relations


def _makes_table(each: Declared, facts: ModelFacts) -> bool:
    own = each.relation == "m2m" and "through" not in each.outline.arguments
    return own and not facts.tags.is_field(each)


def _parent_links(
    one: Class, entry: Entry, declared: list[Declared], facts: ModelFacts
) -> list[Entry]:
    """The one-to-one field Django makes to each concrete parent that has no explicit one."""
    explicit = {facts.target(one, each) for each in declared if each.says("parent_link")}
    relations = []
    for parent in facts.parents(one):
        target = facts.label(parent)
        if target not in explicit:
            name = f"{parent.name.lower()}_ptr"
            link = made_field(name, "OneToOneField", entry, target, primary_key=True)
            entry["fields"].insert(0, link)
            relations.append(relation_entry(entry["label"], target, name, "o2o"))
    return relations


def _add_made_fields(one: Class, entry: Entry, declared: list[Declared], facts: ModelFacts) -> None:
    links = [each.outline.name for each in declared if each.says("parent_link")]
    for each in entry["fields"]:
        if each["name"] in links[:1] and not any(one["primary_key"] for one in entry["fields"]):
            each["primary_key"] = True
    if not links and not any(each["primary_key"] for each in entry["fields"]):
        entry["fields"].insert(0, made_field("id", facts.key_kind(one), entry, primary_key=True))
    if facts.meta(one).get("order_with_respect_to"):
        entry["fields"].append(made_field("_order", "OrderWrt", entry))
