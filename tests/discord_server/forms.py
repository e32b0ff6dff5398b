"""Modals as a member sees them, and how they are filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.discord_server.messages import TEXT_DISPLAY, Component, walk
from tests.discord_server.offers import NotOffered, choose_values

if TYPE_CHECKING:
    from tests.discord_server.interactions import Interaction
    from tests.discord_server.offers import Filling
    from tests.discord_server.results import Result
    from tests.discord_server.state import State

ACTION_ROW, TEXT_INPUT, LABEL = 1, 4, 18


@dataclass(frozen=True)
class Field:
    """One field of a modal, with the label above it."""

    label: str
    component: Component

    @property
    def custom_id(self) -> str:
        """Its custom id."""
        return str(self.component["custom_id"])

    @property
    def is_required(self) -> bool:
        """Whether it must be filled in, as it must unless the bot says otherwise."""
        return self.component.get("required") is not False

    def answers_to(self, name: str) -> bool:
        """Whether a test means this field: by custom id, or by label with _ for spaces."""
        wanted = name.replace("_", " ").casefold()
        return name == self.custom_id or wanted == self.label.casefold()


class Modal:
    """A form that a response opened."""

    def __init__(self, state: State, interaction: Interaction, payload: dict[str, Any]) -> None:
        self._state, self._interaction, self._payload = state, interaction, payload
        self.title: str = payload["title"]
        self.custom_id: str = payload["custom_id"]

    @property
    def fields(self) -> list[Field]:
        """Its fields, in order."""
        found = []
        for each in walk(self._payload["components"]):
            if each["type"] == LABEL:
                found.append(Field(each["label"], each["component"]))
            elif each["type"] == TEXT_INPUT and each.get("label"):
                found.append(Field(each["label"], each))
        return found

    @property
    def text(self) -> str:
        """What can be read in it."""
        every = walk(self._payload["components"])
        texts = [each["content"] for each in every if each["type"] == TEXT_DISPLAY]
        return "\n".join([self.title, *texts, *(each.label for each in self.fields)])

    async def submit(self, values: dict[str, Any] | None = None, /, **named: Any) -> Result:
        """Fill the fields in, by custom id or label, and send the form."""
        given = {**(values or {}), **named}
        for name in given:
            if not any(field.answers_to(name) for field in self.fields):
                raise NotOffered(f"{name} is no field of {[each.label for each in self.fields]}")
        filling = self._state.hands.filling(self._interaction.channel)
        components = [self._fill(each, given, filling) for each in self._payload["components"]]
        data = {"custom_id": self.custom_id, "components": components}
        data["resolved"] = filling.resolved
        return await self._state.hands.submit(self._interaction, data)

    def _fill(self, node: Component, given: dict[str, Any], filling: Filling) -> Component:
        """Return a component as it comes back: the fields' values, nothing of their looks."""
        filled: Component = {"type": node["type"], "id": node.get("id") or 0}
        if node["type"] == LABEL:
            return {**filled, "component": self._fill(node["component"], given, filling)}
        if node["type"] == ACTION_ROW:
            inner = [self._fill(each, given, filling) for each in node["components"]]
            return {**filled, "components": inner}
        if "custom_id" not in node:
            return filled
        field = next(each for each in self.fields if each.component is node)
        value = next((given[name] for name in given if field.answers_to(name)), None)
        return {**filled, "custom_id": node["custom_id"], **fill_field(field, value, filling)}


def fill_field(field: Field, value: Any, filling: Filling) -> dict[str, Any]:
    """Return a field's value as it is sent; what the form would not take is refused."""
    node = field.component
    if node["type"] == TEXT_INPUT:
        text = (node.get("value") or "") if value is None else value
        least, most = node.get("min_length") or 0, node.get("max_length") or 4000
        if field.is_required and not text:
            raise NotOffered(f"{field.label} must be filled in")
        if text and not least <= len(text) <= most:
            raise NotOffered(f"{field.label} takes {least} to {most} characters")
        return {"value": text}
    chosen = [] if value is None else [value] if isinstance(value, str) else list(value)
    if not chosen and not field.is_required:
        return {"values": []}
    if value is None:
        chosen = [x["value"] for x in node.get("options") or [] if x.get("default")]
    return {"values": choose_values(node, chosen, filling)}
