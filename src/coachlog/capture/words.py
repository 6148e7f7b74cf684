"""The words by which a line is known to be a task, a statement, or something that somebody said."""

import re

from coachlog.text import fold_text


def split_table(text: str) -> frozenset[str]:
    """Return the words of a table."""
    return frozenset(text.split())


TASK_VERBS = split_table(
    "add apply arrange ask attend book bring call chase check circulate collect complete confirm "
    "contact create discuss draft email explore fill find finish fix forward get give hand invite "
    "join look make meet message move open order organise organize pay phone plan practise "
    "prepare present print provide put read record register remind reply report request research "
    "review ring run say schedule see send set shadow share show sign speak start submit talk "
    "tell text thank think try update upload visit watch work write"
)
"""With one of these, `NAME: ...` is a promise even without a mark, a date, `to` or `will`."""

COMMAND_VERBS = TASK_VERBS | split_table(
    "accept acknowledge act address adjust advertise advise agree allow allocate analyse announce "
    "answer approve assess assign block brief build buy cancel carry catch celebrate change "
    "choose clarify clean clear close coach come commit compare consider continue convert copy "
    "correct cover cut decide define delegate deliver describe design develop do document drop "
    "edit empty encourage ensure escalate establish evaluate expand explain file focus follow go "
    "gather help highlight hire hold identify implement improve inform install interview "
    "introduce investigate issue keep kick launch lead learn let liaise list listen lock log mail "
    "map mark measure mention mentor monitor name negotiate note notify nominate observe offer "
    "pass pick ping play post praise propose protect prove publish pull push query raise recruit "
    "reduce refer reflect refresh release remember remove renew reorganise repair repeat replace "
    "resolve respond return revise rewrite save scan scope search secure select settle setup sort "
    "source step stop suggest summarise support swap switch take teach test throw tidy track "
    "train transfer translate turn use verify volunteer wait warn weigh welcome withdraw"
)
"""A line that begins with one of these says what to do; what comes after it is not its subject."""

BE_AND_HAVE = split_table(
    "is was has are were had isn't wasn't hasn't aren't weren't hadn't isnt wasnt hasnt"
)
PAST_VERBS = split_table(
    "agreed ate became been began begun born bought broke brought built came caught chose did "
    "didn't done drew drove fell felt flew forgot fought found gave gone got grew heard kept knew "
    "laid learnt left lent lost made meant met paid ran rang said sang sat saw seen sent shown "
    "slept sold spoke spent stood stuck swore taught thought threw told took understood went woke "
    "won wore wrote"
)
# “Cover sat” is about a Saturday.
_BE_OR_PAST = BE_AND_HAVE | PAST_VERBS - {"sat"}
STATE_OF_THINGS = (
    BE_AND_HAVE
    | PAST_VERBS
    | split_table(
        "seems looks feels wants likes thinks says works starts begins ends leaves comes goes "
        "returns retires moves opens closes finishes arrives happens expires hopes knows means "
        "needs takes did does doesn't"
    )
)
"""A word among these after the first one or more makes a line a statement."""
CONDITIONS = split_table(
    "tired happy sad late ill sick off away back better worse good great fine ok okay busy bored "
    "upset stressed nervous keen anxious angry proud calm quiet worried not no none nothing very "
    "really more less still already again too quite unwell absent present ready over under well "
    "also just never always often sometimes maybe perhaps probably prob probs hopefully possibly "
    "only thanks thx ta cheers sorry"
)
"""Words that say how somebody or something is."""

SPEAKERS = split_table("i im i'm i've ive i'd id i'll")
OTHER_SUBJECTS = split_table("she he they her him them")
"""Words for one other person, if there is only one."""
GROUPS = split_table(
    "we us our both you your it who someone somebody everyone everybody nobody anyone all team "
    "staff hr it's that this there these those people managers finance payroll estates let's lets "
    "we'll we're we've you'll one either neither each another others"
)
"""Words that make somebody else, or more than one, the subject of a line."""
CONTRACTIONS = split_table(
    "she's he's it's that's there's who's what's here's they're we're you're they've we've you've "
    "she'd he'd they'd we'd isn't there're"
)
MODALS = split_table(
    "should must would can could shall may might needs need ought cannot can't couldn't shouldn't "
    "won't wouldn't has have is are wants"
)
ASKING_WORDS = split_table(
    "need needs must should have has to please can could would will shall want wants got ought "
    "may might if when once unless until after while in"
)
"""A line that begins with one of these does not say who."""
FIRST_PERSON_DUTIES = split_table("need have ought promised agreed")
STATE_VERBS = split_table(
    "be have need want like love hate feel know miss struggle never probably prob probs maybe "
    "perhaps hopefully likely possibly presumably if not no hardly scarcely barely always bet "
    "guess reckon wager admit believe assume suppose imagine expect wonder doubt hope wish "
    "regret worry cope live survive suffer hear die lose enjoy prefer seem "
    "remain become end mean understand"
)
"""After `to` or `will`, one of these says what will be, not what will be done."""
_HAVE_A_LOOK = re.compile(
    r"have (?:it|(?:an?|the|that|another) (?:[^ ]+ )?(?:look|word|chat|think|read|conversation|talk"
    r"|meeting|go))\b"
)
_IDIOMS = re.compile(
    r"(?:see(?: you\b.*| (?:how|what|if|whether|where|when|about)\b.*)?|get (?:there|over)\b.*"
    r"|leave(?: it(?: there| at that| (?:with|w)\b.*)?| early| late)?"
    r"|say(?: (?:it|that|this|so)\b.*)?"
    r"|try(?: (?:my|our|her|his|their) best)?|wait and see|manage"
    r"|go (?:mad|crazy|mental|spare|home)\b.*|do|stay|come back|live with\b.*"
    r"|sleep on it|bear (?:it|that) in mind|take (?:it|that) as\b.*|soon be\b.*)"
    r"(?: (?:by|on|before|at|from|until|till)\b.*)?"
)
"""What is said with `will` and promises nothing: `see how it goes`, `get there`."""
THANKS = split_table("lot lots loads much everything career life big")
"""What is owed in thanks alone."""
ARTICLES = split_table(
    "the a an my her his their our your its all any some each every this that these those me him "
    "them us you everyone both"
)
TOPICS = split_table(
    "rota rotas leave holiday holidays annual sickness absence training course courses workload "
    "caseload appraisal review reviews supervision huddle handover budget team ward unit clinic "
    "rooms room staffing recruitment vacancy interview interviews induction feedback development "
    "career wellbeing health safety risk risks audit project projects quality patients clients "
    "service ops admin general other misc aob agenda topics key priorities priority urgent goals "
    "goal objectives focus kpis stats data finance equipment stock meetings 1:1 updates update "
    "news communication comms policy policies process processes cover shifts shift hours pay "
    "payroll expenses short-term long-term monday tuesday wednesday thursday friday saturday "
    "sunday january february march april may june july august september october november december "
    "good well better strengths issues concerns matters business chat catchup catch-up supplies "
    "conference phone video reference welcome spot"
)
"""What lists and meetings are about, so that a word alone is no name."""
_MEETINGS = split_table(
    "1:1 1-1 1-2-1 121 1to1 one-to-one meeting catchup catch-up chat session supervision appraisal "
    "review"
)
_AWAY = {("on", "leave"), ("on", "holiday"), ("on", "call"), ("out", "of")}
_PLEDGES = split_table(
    "agreed promised offered volunteered decided planned asked needed"
)
_SMALL_WORDS = split_table(
    "to with by at for from out up off on in into about and already yesterday today last it"
)
"""After a verb in the past, one of these shows that it is no quality of a thing."""
_NO_FIRST_VERBS = split_table("to will if once when unless until after while before")
_NO_PAST_FORMS = split_table("embed shed need feed")
_NO_EVENTS = split_table(
    "bring string spring anything something nothing everything thing"
)
_QUOTES = "\"“”„‟«»‘‚'’`"
_REPORTED = re.compile(
    r"(?:i|i've|ive|i have) (?:(?:said|told [^ ]+|agreed|promised(?: [^ ]+)?)(?: that)?"
    r" (?:i'd|id|i would|i'll|ill|i will)|(?:offered|volunteered) to) (?P<verb>[^ ]+)"
)
_MY_PLAN = re.compile(
    r"(?:i'll|i will|i shall|i must|i'm going to|im going to|i am going to|i'm gonna|im gonna"
    r"|(?:i|i've|ive) (?:need|have|got|promised|agreed) to|me(?: to)?)"
    r"(?: (?:also|then|just|now))? "
)
_FIRST_WORDS = 6
_LONGEST_WORD = 40
_EDGES = '.,;:!?()[]*_"“”‘«»…'


def split_first_words(words: str) -> list[str]:
    """Return the first six words, folded, without the signs around each."""
    parts = words[: _FIRST_WORDS * _LONGEST_WORD].split(maxsplit=_FIRST_WORDS)
    return [fold_text(part).strip(_EDGES) for part in parts[:_FIRST_WORDS]]


def begins_with_command(words: str) -> bool:
    """Return whether words begin with a verb that says what to do."""
    first_words = split_first_words(words)
    return bool(first_words) and first_words[0] in COMMAND_VERBS


def begins_with_task(words: str) -> bool:
    """Return whether words begin with a verb that is one even where a noun could stand.

    `Draft the agenda`, but not `draft is ready` or `email from HR`.
    """
    first_words = split_first_words(words)
    if not first_words or first_words[0] not in TASK_VERBS:
        return False
    return not first_words[1:] or first_words[1] not in {"from", "of", "about"}


def is_deed(words: str) -> bool:
    """Return whether words after `to` or `will` say what will be done, not what will be."""
    first_words = split_first_words(words)
    if not first_words:
        return False
    if first_words[0] == "have":
        return _HAVE_A_LOOK.match(" ".join(first_words)) is not None
    if first_words[0] in STATE_VERBS:
        return False
    return _IDIOMS.fullmatch(" ".join(first_words)) is None


def is_reported_promise(words: str) -> bool:
    """Return whether words tell of a promise of mine: `I said I'd cover it`."""
    first_words = split_first_words(words)
    match = _REPORTED.match(" ".join(first_words))
    return match is not None and match["verb"] in COMMAND_VERBS


def is_short_for_will(words: str) -> bool:
    """Return whether words begin with `ill` for `I'll`, as phones leave it: `ill send it`."""
    first_words = split_first_words(words)[:2]
    return first_words[:1] == ["ill"] and not TASK_VERBS.isdisjoint(first_words[1:])


def is_plan_of_mine(words: str) -> bool:
    """Return whether words begin with `I will`, `I need to`, `I said I'd` and what to do."""
    if is_reported_promise(words) or is_short_for_will(words):
        return True
    match = _MY_PLAN.match(fold_text(words[: _FIRST_WORDS * _LONGEST_WORD]))
    if match is None:
        return False
    deed = words.split()[len(match[0].split()) :]
    first_words = split_first_words(" ".join(deed))
    is_idle = not first_words or first_words[0] in ("say", "see")
    return not is_idle and first_words[0] in COMMAND_VERBS and is_deed(" ".join(deed))


def is_question(words: str) -> bool:
    """Return whether words end with a question mark."""
    return words.rstrip(f"{_QUOTES} )!").endswith(("?", "？", "؟"))


def is_quotation(words: str) -> bool:
    """Return whether words begin with a quotation mark."""
    return words[:1] != "" and words[0] in _QUOTES


def is_statement(words: str) -> bool:
    """Return whether words say how something is or was, rather than what to do."""
    first_words = split_first_words(words)
    if not first_words or is_reported_promise(words):
        return False
    first, rest = first_words[0], first_words[1:]
    if first == "id":
        # An ID check is a noun, `id check` is “I'd check”.
        return words[:2] != "ID" and not COMMAND_VERBS.isdisjoint(rest[:1])
    if first in COMMAND_VERBS:
        return not _BE_OR_PAST.isdisjoint(rest[:1])
    if first in SPEAKERS:
        return _tells_of_me(first, rest)
    return _tells_of_state(first, rest)


def _tells_of_state(first: str, rest: list[str]) -> bool:
    """Return whether words about somebody or something say how it is."""
    if first == "next" and not _MEETINGS.isdisjoint(rest[:1]):
        # “Next 1:1 14/12” tells when it is.
        return True
    if first in CONTRACTIONS or _is_state(first) or (first, *rest[:1]) in _AWAY:
        return True
    if first.endswith("'s") and rest:
        return is_statement(" ".join(rest))
    return bool(rest) and _tells_of_others(first, rest)


def _is_state(word: str) -> bool:
    """Return whether a first word tells how it is or was: `tired`, `moved`, `meeting`."""
    is_verb = word in STATE_OF_THINGS and word not in MODALS
    return is_verb or word in CONDITIONS or is_past(word) or _is_event(word)


def _tells_of_me(first: str, rest: list[str]) -> bool:
    """Return whether words that begin with `I` say anything but what I will or must do."""
    if first == "i'll":
        return not is_deed(" ".join(rest))
    if first in ("i'm", "im"):
        return not _is_going_to_do(rest)
    if first in ("i've", "ive"):
        return rest[:2] not in (["got", "to"], ["promised", "to"], ["agreed", "to"])
    if first != "i":
        return True
    if rest[:1] in (["will"], ["shall"]):
        return not is_deed(" ".join(rest[1:]))
    if rest[:1] == ["am"]:
        return not _is_going_to_do(rest[1:])
    if rest[:1] in (["owe"], ["must"], ["should"]):
        return False
    return not (rest[:1] and rest[0] in FIRST_PERSON_DUTIES and rest[1:2] == ["to"])


def _is_going_to_do(rest: list[str]) -> bool:
    """Return whether words after `I'm` are `going to` and what to do."""
    if rest[:1] == ["gonna"]:
        return rest[1:2] != [] and rest[1] in COMMAND_VERBS
    return rest[:2] == ["going", "to"] and rest[2:3] != [] and rest[2] in COMMAND_VERBS


def _tells_of_others(first: str, rest: list[str]) -> bool:
    """Return whether somebody or something is the subject, and its verb no `will` or `must`."""
    second = rest[0]
    if first in OTHER_SUBJECTS:
        return second not in MODALS | {"to", "will", "and", "or"}
    if second in CONDITIONS or is_past(second):
        return True
    for place, word in enumerate(rest[:4]):
        # “Rota to be sent” and “Priya has to send it” say what to do, if not whose it is.
        if "to" in rest[place : place + 2] or word == "will":
            return False
        if word in STATE_OF_THINGS:
            return True
    return False


def is_past(word: str) -> bool:
    """Return whether a word is a verb in the past: `sent`, `booked`."""
    is_regular = word.endswith("ed") and not word.endswith("eed") and len(word) > 4
    return (is_regular and word not in _NO_PAST_FORMS) or word in PAST_VERBS


def tells_of_past(words: str) -> bool:
    """Return whether words surely say what was done: `sent the agenda`, `I rang HR`.

    `Revised rota` may name a thing, and `Priya agreed to send it` is a promise.
    """
    first_words = split_first_words(words)
    place = _find_past_verb(first_words)
    if place is None or (place > 0 and not is_statement(words)):
        return False
    verb, rest = first_words[place], first_words[place + 1 :]
    if verb in _PLEDGES and rest[:1] == ["to"]:
        return False
    if place > 0 or verb in PAST_VERBS or not rest:
        return True
    return rest[0] in ARTICLES | _SMALL_WORDS or rest[0].endswith("ly")


def begins_in_past(words: str) -> bool:
    """Return whether the first verb of words may be one in the past, as in `revised rota`."""
    return _find_past_verb(split_first_words(words)) is not None


def _find_past_verb(first_words: list[str]) -> int | None:
    """Return the place of a verb in the past among the first three words; None where none is."""
    for place, word in enumerate(first_words[:3]):
        if word in COMMAND_VERBS or word in _NO_FIRST_VERBS:
            return None
        if is_past(word):
            return place
    return None


def _is_event(word: str) -> bool:
    """Return whether a word is a form such as `meeting`, which happens by itself."""
    return word.endswith("ing") and len(word) > 5 and word not in _NO_EVENTS
