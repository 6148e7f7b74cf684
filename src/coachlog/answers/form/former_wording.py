"""Wording of the comments that earlier versions wrote into forms, which can still be read."""

from coachlog.model.actions import Fate

FORMER_VERSION_LEAD = "Made from the template as it was at "
FORMER_HINTS = (
    "Write below the headings, as much as you like, and leave empty what you skip. Then save and "
    "close.",
    "Notes like this one are not kept. Leave the names in braces, {#like.this}, as they are.",
    "done, moved, dropped or open; with a date where it matters: “done 18 Nov”, “moved to 4 Dec”. "
    "Empty: not talked about.",
    "talked, keep or drop. Empty: kept for next time.",
    "A name, or the beginning of one that is known.",
    "A date, such as yesterday, fri or 12 May. Empty: today.",
    "A whole number. Empty: not counted.",
    "Themes, with commas between them.",
    "One a line: its number, what really became of it, and what tells you: “17: kept, sent by mail "
    "that day”. It can be: kept, kept as re-agreed, kept late, missed, released.",
    "One a line: “Ben: What did you see? (open)”. Who asked may be left out, and so may open, "
    "closed or leading.",
    "One promise for each dash. More of them: copy the lines. “by” takes fri, +2w or 12 May; a "
    "date makes it a promise.",
    "The numbers are those of `coachlog progress --ledger`.",
    "One per line: its number, what really became of it, and how you know, such as “17: kept, sent "
    "by mail that day”. It can be: kept, kept as re-agreed, kept late, missed, released.",
    "One a line: “Ben: What did you see? (open)”. You can leave out the name, and whether it was "
    "open, closed or leading.",
    "One promise for each dash; copy the lines to add more. “by” takes fri, +2w or 12 May; without "
    "a date it is only a wish.",
    "Write as much as you like below each heading, and leave blank what you skip. Then save and "
    "close.",
    "Notes like this one are not saved. Leave the names in braces, {#like.this}, as they are.",
    "One promise for each dash; copy the lines to add more. “by” takes fri, +2w or 12 May; only "
    "promises with a date are counted.",
    "One per line: its number, what really happened to it, and how you know, such as “17: kept, "
    "sent by mail that day”. It can be: kept, kept as re-agreed, kept late, missed, released.",
    "Only for someone new: report, coachee, peer, manager, mentee, coach, mentor, supervisor.",
    "Or in one go, without the lines below it: “- me: send it by fri (mail sent)”.",
)
FORMER_FATE_WORDS = {
    "kept as re-agreed": Fate.REAGREED,
    "re-agreed": Fate.REAGREED,
    "released": Fate.RELEASED,
    "let go in time": Fate.RELEASED,
}
"""What earlier versions called how a promise ended, which may still be typed."""
