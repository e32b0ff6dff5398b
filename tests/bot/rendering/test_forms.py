"""Forms as Discord is sent them, within every limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.actions import Action, Target
from bot.catalogue.lines import Line, Sentence, Template
from bot.catalogue.screens import ScreenSentence
from bot.rendering.forms import make_modal
from bot.rendering.screen import Choice, FieldKind, Form, FormField
from tests.discord_server.form_limits import find_modal_faults

LABEL = Line(ScreenSentence.REPORT)
NOTE = FormField("note", LABEL, FieldKind.PARAGRAPH, about=LABEL, most=300)
REASON = FormField(
    "reason",
    LABEL,
    FieldKind.CHOICES,
    required=True,
    choices=(Choice("a", LABEL), Choice("b", LABEL)),
)
NUMBER = FormField("days", LABEL, FieldKind.LINE, required=True, value="30", most=3)
FORM = Form(Target(Action.REPORT, "k3y"), LABEL, (REASON, NOTE, NUMBER))


class Long(Sentence):
    """Sentences too long for their places."""

    LABEL = Template("l" * 46)
    ABOUT = Template("a" * 101)


def test_a_form_is_sent_with_its_target_and_its_fields() -> None:
    modal = make_modal(FORM).to_dict()

    assert [*find_modal_faults(modal)] == []
    assert (modal["custom_id"], modal["title"]) == ("quoth1:report:k3y:0", "Report")
    reason, note, number = (field["component"] for field in modal["components"])
    assert (reason["type"], reason["custom_id"], reason["required"]) == (3, "reason", True)
    assert [option["value"] for option in reason["options"]] == ["a", "b"]
    assert (note["style"], note["max_length"], note["required"]) == (2, 300, False)
    assert modal["components"][1]["description"] == "Report"
    assert (number["style"], number["value"], number["max_length"]) == (1, "30", 3)


def test_discord_py_keeps_no_form() -> None:
    assert make_modal(FORM).is_finished()


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        (replace(FORM, fields=()), "0 fields"),
        (replace(FORM, fields=tuple(replace(NOTE, name=n) for n in "abcdef")), "6 fields"),
        (replace(FORM, fields=(NOTE, NOTE)), "one name"),
        (replace(FORM, title=Line(Long.LABEL)), "title"),
        (replace(FORM, fields=(replace(NOTE, label=Line(Long.LABEL)),)), "label of 'note'"),
        (replace(FORM, fields=(replace(NOTE, about=Line(Long.ABOUT)),)), "below 'note'"),
        (replace(FORM, fields=(replace(NOTE, name=""),)), "name has not"),
        (replace(FORM, fields=(replace(NOTE, most=4001),)), "takes 4001"),
        (replace(FORM, fields=(replace(NOTE, most=0),)), "takes 0"),
        (replace(FORM, fields=(replace(NUMBER, value="1000"),)), "holds 4"),
        (replace(FORM, fields=(replace(REASON, choices=()),)), "different choices"),
        (replace(FORM, fields=(replace(REASON, choices=REASON.choices * 2),)), "different choices"),
        (replace(FORM, fields=(replace(REASON, choices=(Choice("", LABEL),)),)), "comes back"),
    ],
)
def test_a_form_beyond_a_limit_is_refused(form: Form, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        make_modal(form)
