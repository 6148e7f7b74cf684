"""An action learning set and short templates, for the tests of meetings."""

from datetime import date

from coachlog.interview.conversation import Conversation
from coachlog.model.actions import Action
from coachlog.model.sets import LearningSet, Member, SetRole
from coachlog.model.templates import Template
from coachlog.templates import parsing

MONDAY = date(2026, 11, 23)
SINCE = date(2026, 9, 1)


def member(
    id: int,
    name: str,
    *,
    person: int | None = 0,
    role: SetRole = SetRole.MEMBER,
    left: date | None = None,
    archived: bool = False,
) -> Member:
    number = id if person == 0 else person
    slug = "me" if number is None else name.lower().replace(" ", "-")
    return Member(id, number, name, slug, role, SINCE, left, archived)


ANN, BEN, CARA = member(1, "Ann Obi"), member(2, "Ben Cole"), member(3, "Cara Diaz")
ME = member(4, "Sam Reed", person=None)
FAY = member(5, "Fay Lund", role=SetRole.FACILITATOR)

HEAD = 'title = "Circle"\nsummary = "A circle."\naudience = "group"\nminutes = 60\n'
ARRIVE = """
[[stage]]
id = "arrive"
title = "Arrive"
minutes = 5
[[stage.prompt]]
id = "mood"
ask = "How do you arrive at $set?"
kind = "line"
"""
PRESENT = """
[[stage]]
id = "present"
title = "Present"
each = "slot"
minutes = 10
[[stage.prompt]]
id = "problem"
ask = "What is $them's problem?"
kind = "line"
key = true
"""
ASK = """
[[stage]]
id = "ask"
title = "Ask"
each = "slot"
minutes = 20
[[stage.prompt]]
id = "asked"
ask = "What questions were asked?"
kind = "questions"
[[stage.prompt]]
id = "best"
ask = "Which one helped most?"
kind = "choice"
options_from = "ask.asked"
[[stage.prompt]]
id = "steps"
ask = "What will each of you do?"
kind = "actions"
[[stage.prompt]]
id = "sure"
ask = "How sure?"
kind = "scale"
[[stage.prompt]]
id = "lift"
ask = "What would lift it?"
kind = "line"
when = { prompt = "ask.sure", below = 7 }
"""
CLOSE = """
[[stage]]
id = "close"
title = "Close"
[[stage.prompt]]
id = "learned"
ask = "What was learned?"
kind = "line"
"""
CIRCLE = HEAD + ARRIVE + PRESENT + ASK + CLOSE


def template(text: str = CIRCLE) -> Template:
    return parsing.parse_template(text.encode(), "circle", name="circle.toml")


def ward_leads(*members: Member) -> LearningSet:
    known = members or (ANN, BEN, CARA, ME, FAY)
    return LearningSet(1, "u1", "Ward leads", "ward-leads", members=known)


def meeting(
    text: str = CIRCLE,
    found: LearningSet | None = None,
    promises: tuple[Action, ...] = (),
    *,
    every_field: bool = False,
) -> Conversation:
    return Conversation(
        template(text),
        today=MONDAY,
        latest_day=MONDAY,
        began_on=MONDAY,
        me="Sam Reed",
        open_actions=promises,
        every_field=every_field,
        set=found or ward_leads(),
    )
