"""The words by which a line is known to be a task, a statement, or something that somebody said."""

from coachlog.capture.folded_words import (
    FIRST_WORDS_REACH,
    FoldedWords,
    split_first_words,
)
from coachlog.patterns import compile_later
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
_I_WILL = ("i'll", "i will", "i shall")
_I_AM = ("i'm", "im", "i am")
_MY_DUTIES = (
    *("i owe", "i must", "i should"),
    *("i need to", "i have to", "i ought to", "i promised to", "i agreed to"),
    *("i've got to", "i've promised to", "i've agreed to"),
    *("ive got to", "ive promised to", "ive agreed to"),
)
STATE_VERBS = split_table(
    "be have need want like love hate feel know miss struggle never probably prob probs maybe "
    "perhaps hopefully likely possibly presumably if not no hardly scarcely barely always bet "
    "guess reckon wager admit believe assume suppose imagine expect wonder doubt hope wish "
    "regret worry cope live survive suffer hear die lose enjoy prefer seem "
    "remain become end mean understand"
)
"""After `to` or `will`, one of these says what will be, not what will be done."""
_HAVE_A_LOOK = compile_later(
    r"have (?:it|(?:an?|the|that|another) (?:[^ ]+ )?(?:look|word|chat|think|read|conversation|talk"
    r"|meeting|go))\b"
)
_IDIOMS = compile_later(
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
_AWAY = ("on leave", "on holiday", "on call", "out of")
_REGULAR_PAST = compile_later(r"(?!embed$)..+[^e]ed")
_PLEDGES = split_table(
    "agreed promised offered volunteered decided planned asked needed"
)
_AFTER_PAST_VERBS = ARTICLES | split_table(
    "to with by at for from out up off on in into about and already yesterday today last it"
)
"""After a verb in the past, one of these shows that it is no quality of a thing."""
_NO_FIRST_VERBS = split_table("to will if once when unless until after while before")
_NO_EVENTS = split_table(
    "bring string spring anything something nothing everything thing"
)
_QUOTES = "\"“”„‟«»‘‚'’`"
_REPORTED = compile_later(
    r"(?P<report>(?:i|i've|ive|i have)"
    r" (?:(?:said|told [^ ]+|agreed|promised(?: [^ ]+)?)(?: that)?"
    r" (?:i'd|id|i would|i'll|ill|i will)|(?:offered|volunteered) to) )(?P<verb>[^ ]+)"
)
_PLEDGED = compile_later(
    r"(?P<report>(?:i|i've|ive|i have) (?:promised|agreed) to )(?P<verb>[^ ]+)"
)
_MY_PLAN = compile_later(
    r"(?:i'll|i will|i shall|i must|i'm going to|im going to|i am going to|i'm gonna|im gonna"
    r"|(?:i|i've|ive) (?:need|have|got|promised|agreed) to|me(?: to)?)"
    r"(?: (?:also|then|just|now))? "
)
_NOT_AFTER_TASKS = split_table("from of about")
_PLANNED_VERBS = COMMAND_VERBS - {"say", "see"}
_NO_TELLING_VERBS = MODALS | {"to", "will", "and", "or"}
_STATES = (STATE_OF_THINGS - MODALS) | CONDITIONS


def begins_with_command(words: str) -> bool:
    """Return whether words begin with a verb that says what to do."""
    return split_first_words(words).first in COMMAND_VERBS


def begins_with_task(words: str) -> bool:
    """Return whether words begin with a verb that is one even where a noun could stand.

    `Draft the agenda`, but not `draft is ready` or `email from HR`.
    """
    first_words = split_first_words(words)
    is_noun = first_words.second in _NOT_AFTER_TASKS
    return first_words.first in TASK_VERBS and not is_noun


def is_deed(words: str) -> bool:
    """Return whether words after `to` or `will` say what will be done, not what will be."""
    first_words = split_first_words(words)
    phrase = " ".join(first_words)
    if first_words.first == "have":
        return _HAVE_A_LOOK.match(phrase) is not None
    if not first_words or first_words.first in STATE_VERBS:
        return False
    return _IDIOMS.fullmatch(phrase) is None


def is_reported_promise(words: str) -> bool:
    """Return whether words tell of a promise of mine: `I said I'd cover it`."""
    first_words = split_first_words(words)
    match = _REPORTED.match(" ".join(first_words))
    return match is not None and match["verb"] in COMMAND_VERBS


def cut_report(words: str) -> str:
    """Return what I said I would do, without `I said I'd` and `I promised to`; '' where I did not.

    What was promised is the deed: that it was said goes without saying.
    """
    first_words = " ".join(split_first_words(words))
    match = _REPORTED.match(first_words) or _PLEDGED.match(first_words)
    if match is None or match["verb"] not in COMMAND_VERBS:
        return ""
    report_size = len(match["report"].split())
    return "".join(words.split(maxsplit=report_size)[report_size:])


def is_short_for_will(words: str) -> bool:
    """Return whether words begin with `ill` for `I'll`, as phones leave it: `ill send it`."""
    first_words = split_first_words(words)
    return first_words.first == "ill" and first_words.second in TASK_VERBS


def is_plan_of_mine(words: str) -> bool:
    """Return whether words begin with `I will`, `I need to`, `I said I'd` and what to do."""
    if is_reported_promise(words) or is_short_for_will(words):
        return True
    match = _MY_PLAN.match(fold_text(words[:FIRST_WORDS_REACH]))
    if match is None:
        return False
    plan_size = len(match[0].split())
    deed = " ".join(words.split()[plan_size:])
    return split_first_words(deed).first in _PLANNED_VERBS and is_deed(deed)


def is_question(words: str) -> bool:
    """Return whether words end with a question mark."""
    return words.rstrip(f"{_QUOTES} )!").endswith(("?", "？", "؟"))


def is_quotation(words: str) -> bool:
    """Return whether words begin with a quotation mark."""
    return words.startswith(tuple(_QUOTES))


def is_statement(words: str) -> bool:
    """Return whether words say how something is or was, rather than what to do."""
    first_words = split_first_words(words)
    if not first_words or is_reported_promise(words):
        return False
    first, second = first_words.first, first_words.second
    if first == "id":
        # An ID check is a noun, `id check` is “I'd check”.
        return words[:2] != "ID" and second in COMMAND_VERBS
    if first in COMMAND_VERBS:
        return second in _BE_OR_PAST
    if first in SPEAKERS:
        return _tells_of_me(first_words)
    return _tells_of_state(first_words)


def _tells_of_state(first_words: FoldedWords) -> bool:
    """Return whether words about somebody or something say how it is."""
    first, rest = first_words.first, first_words.rest
    if first == "next" and rest.first in _MEETINGS:
        # “Next 1:1 14/12” tells when it is.
        return True
    if first in CONTRACTIONS or _is_state(first) or first_words.begins_with(*_AWAY):
        return True
    if first.endswith("'s"):
        return is_statement(" ".join(rest))
    return bool(rest) and _tells_of_others(first_words)


def _is_state(word: str) -> bool:
    """Return whether a first word tells how it is or was: `tired`, `moved`, `meeting`."""
    return word in _STATES or is_past(word) or _is_event(word)


def _tells_of_me(first_words: FoldedWords) -> bool:
    """Return whether words that begin with `I` say anything but what I will or must do."""
    if first_words.begins_with(*_I_WILL):
        deed = first_words.read_after(*_I_WILL)
        return not is_deed(" ".join(deed))
    if first_words.begins_with(*_I_AM):
        deed = first_words.read_after(*_I_AM).read_after("gonna", "going to")
        return deed.first not in COMMAND_VERBS
    return not first_words.begins_with(*_MY_DUTIES)


def _tells_of_others(first_words: FoldedWords) -> bool:
    """Return whether somebody or something is the subject, and its verb no `will` or `must`."""
    second = first_words.second
    if first_words.first in OTHER_SUBJECTS:
        return second not in _NO_TELLING_VERBS
    if second in CONDITIONS or is_past(second):
        return True
    for place, word in enumerate(first_words[1:5], start=1):
        # “Rota to be sent” and “Priya has to send it” say what to do, if not whose it is.
        if word == "will" or "to" in first_words[place : place + 2]:
            return False
        if word in STATE_OF_THINGS:
            return True
    return False


def is_past(word: str) -> bool:
    """Return whether a word is a verb in the past: `sent`, `booked`."""
    return word in PAST_VERBS or _REGULAR_PAST.fullmatch(word) is not None


def tells_of_past(words: str) -> bool:
    """Return whether words surely say what was done: `sent the agenda`, `I rang HR`.

    `Revised rota` may name a thing, and `Priya agreed to send it` is a promise.
    """
    first_words = split_first_words(words)
    place = _find_past_verb(first_words)
    if place is None:
        return False
    verbs = FoldedWords(first_words[place:])
    if verbs.first in _PLEDGES and verbs.second == "to":
        return False
    if place > 0:
        return is_statement(words)
    return _is_surely_past(verbs)


def _is_surely_past(verbs: FoldedWords) -> bool:
    """Return whether a verb in the past that begins a line is no quality of a thing."""
    if verbs.first in PAST_VERBS or len(verbs) == 1:
        return True
    return verbs.second in _AFTER_PAST_VERBS or verbs.second.endswith("ly")


def begins_in_past(words: str) -> bool:
    """Return whether the first verb of words may be one in the past, as in `revised rota`."""
    return _find_past_verb(split_first_words(words)) is not None


def _find_past_verb(first_words: FoldedWords) -> int | None:
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
