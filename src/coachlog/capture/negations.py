"""Words that promise nothing, whatever stands before them: `none`, and what will not be done."""

from coachlog.capture.folded_words import split_first_words
from coachlog.capture.words import COMMAND_VERBS, split_table
from coachlog.patterns import compile_later
from coachlog.text import fold_text

_NONE = (
    r"(?:none|nothing|nil|null|nope|nowt|zero|0|zip|zilch|nada|nought|naught|no|n/?a|n\.a|tbc|tbd"
    r"|tba|not applicable)"
)
_NO_TASKS = (
    r"no (?:(?:further|more|new|other|outstanding|specific|particular) )?"
    r"(?:actions?(?: points?| items?)?|promises?|to-?dos?|tasks?|aps?|items?|follow[- ]?ups?)"
)
_SO_FAR = (
    r"(?: (?:else|more|new|yet|today|agreed|needed|required|outstanding|arising|identified"
    r"|set|noted|so far|to (?:do|add|report|note|agree|follow up)|(?:for|from|on) [\w'-]{1,30}"
    r"|(?:for|at) (?:now|the moment|this (?:time|point|stage|meeting))|at present"
    r"|this (?:time|week|month)))"
)
_NOTHING = compile_later(rf"(?:{_NONE}|{_NO_TASKS}){_SO_FAR}{{0,3}}")
_LAST = (
    r"(?:last (?:time|week|month|meeting)|before|above|below|previous(?:ly)?|usual|agreed|is"
    r"|discussed)"
)
_STATUS = compile_later(
    r"(?:(?:all|still|already|now|both) )?(?:on[- ]?going|in (?:progress|hand|train)|under ?way"
    r"|done|closed|completed?|finished|resolved|sorted|actioned|achieved|parked|on hold|paused"
    r"|postponed|deferred|cancelled|canceled|dropped|withdrawn|superseded|ditto|unchanged|pending"
    r"|outstanding|open|discussed|noted|continu(?:es|ed|ing)|carried (?:over|forward)|c/f|nfa|fyi"
    r"|(?:for )?(?:info|information|noting)(?: only)?|no (?:change|changes|news|updates?)"
    r"|not (?:yet )?(?:started|begun|done)|to be (?:confirmed|agreed|decided|discussed)"
    rf"|as {_LAST}|same(?: again)?(?: as {_LAST})?|see {_LAST}|continues? as {_LAST})"
    rf"(?: (?:already|now|today|yesterday|since|so far|{_LAST}))?"
)
"""How far something is, which is no promise of it."""
_STATUS_JOINT = compile_later(r"\s*[,;.–—/&]\s+|\s+(?:[–—-]|and|but)\s+")
_LONGEST_NOTHING = 80
_EDGES = " .,;:!?-–—()[]*_\"'“”‘’…"

_NO = split_table("no nobody none neither nor nothing")
_NOT = split_table(
    "not never cannot hardly scarcely dont wont cant didnt isnt wasnt doesnt hasnt havent hadnt "
    "couldnt wouldnt shouldnt mustnt arent werent aint neednt"
)
_WILL_BE_DONE = split_table("forget fail omit neglect only just")
"""After `not`, one of these says what will be done after all."""
_DEEDS = COMMAND_VERBS - split_table("do does did don't dont")
"""After one of these, it is not the deed that is denied."""


def is_nothing(words: str) -> bool:
    """Return whether words say that there is nothing to promise: `none`, `n/a`, `-`."""
    if len(words) > _LONGEST_NOTHING:
        return False
    bare_words = fold_text(words).strip(_EDGES)
    return bare_words == "" or _NOTHING.fullmatch(bare_words) is not None


def is_status(words: str) -> bool:
    """Return whether words say only how far something is: `ongoing`, `discussed, nothing new`."""
    if len(words) > _LONGEST_NOTHING:
        return False
    parts = [part.strip(_EDGES) for part in _STATUS_JOINT.split(fold_text(words))]
    return any(parts) and all(map(_is_status_part, parts))


def _is_status_part(part: str) -> bool:
    return _STATUS.fullmatch(part) is not None or is_nothing(part)


def promises_nothing(words: str) -> bool:
    """Return whether words say that there is nothing to promise, or only how far something is."""
    return is_nothing(words) or is_status(words)


def is_denial(words: str) -> bool:
    """Return whether words say what will not be done: `not send it`, `she can't come`.

    `Do not forget` and `not only` say what will; after a verb that says what to do, as in `check
    that nothing is missing`, it is the rest that is denied.
    """
    first_words = split_first_words(words)
    if first_words.first in _DEEDS:
        return False
    if first_words.first in _NO:
        return True
    for place, word in enumerate(first_words):
        if word in _NOT or word.endswith("n't"):
            return _WILL_BE_DONE.isdisjoint(first_words[place + 1 : place + 3])
    return False
