"""What people type as notes, and what is understood: each line is a case of its own."""

from typing import NamedTuple


class Case(NamedTuple):
    """What was typed, and the whole of what was read from it, in the words of `describe`."""

    name: str
    typed: str
    understood: tuple[str, ...]
    company: str = "priya"
    """Who is in the conversation, by the name of a context."""


CASES = (
    Case(
        "example-of-the-design",
        (
            "Rota is settled; she wants to run the huddle when I am away in July.\n"
            "- send last year's agenda by tue\n"
            "- Priya: draft the huddle agenda by 27 nov (agenda sent by noon)\n"
            "- Dana to say what she needs\n"
            "~ check whether she is tired, or bored\n"
            "#handover  35 min"
        ),
        (
            "35 minutes",
            "tags: handover",
            "me: send last year's agenda; by Tue 24 Nov",
            "Priya Shah: draft the huddle agenda; by Fri 27 Nov; done when agenda sent by noon",
            "Dana Cole: say what she needs",
            "note to oneself: check whether she is tired, or bored",
            "text: Rota is settled; she wants to run the huddle when I am away in July.",
        ),
    ),
    Case("nothing", "", ()),
    Case("blanks-only", "   \n\t\n", ()),
    Case(
        "one-line-of-prose",
        "She is settled and wants more of the rota work.",
        ("text: She is settled and wants more of the rota work.",),
    ),
    Case(
        "blank-lines-and-indents-of-the-text-stay",
        "\n\nFirst thought.\n\n   set in\nlast thought.   \n\n",
        ("text: First thought.", "text:", "text:    set in", "text: last thought."),
    ),
    Case(
        "prose-around-a-promise",
        "Good talk.\n- send it by tue\nShe left early.",
        ("me: send it; by Tue 24 Nov", "text: Good talk.", "text: She left early."),
    ),
    Case("mark-hyphen", "- send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("mark-star", "* send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("mark-plus", "+ send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("mark-bullet", "• send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("mark-middle-dot", "· send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("mark-en-dash", "– send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("mark-em-dash", "— send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("mark-black-circle", "● send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("mark-white-circle", "◦ send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("mark-triangle", "‣ send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("mark-square", "▪ send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("mark-number", "1. send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("mark-letter", "a) send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case(
        "mark-roman-in-brackets", "(ii) send it by tue", ("me: send it; by Tue 24 Nov",)
    ),
    Case(
        "mark-of-word-private-character",
        "\uf0b7\tsend it by tue",
        ("me: send it; by Tue 24 Nov",),
    ),
    Case(
        "mark-of-outlook-second-level-tab",
        "o\tsend it by tue",
        ("me: send it; by Tue 24 Nov",),
    ),
    Case(
        "mark-of-outlook-second-level-blanks",
        "o   send it by tue",
        ("me: send it; by Tue 24 Nov",),
    ),
    Case(
        "letter-o-is-a-word",
        "o dear, send it by tue",
        ("text: o dear, send it by tue",),
    ),
    Case("mark-then-tab", "-\tsend it by tue", ("me: send it; by Tue 24 Nov",)),
    Case(
        "mark-then-no-break-space",
        "-\xa0send it by tue",
        ("me: send it; by Tue 24 Nov",),
    ),
    Case(
        "no-break-spaces-in-the-date",
        "- send it by\xa027\xa0nov",
        ("me: send it; by Fri 27 Nov",),
    ),
    Case("nested-with-blanks", "    - send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case("nested-with-tabs", "\t\t- send it by tue", ("me: send it; by Tue 24 Nov",)),
    Case(
        "marks-one-after-another",
        "- 1. send it by tue",
        ("me: send it; by Tue 24 Nov",),
    ),
    Case("mark-without-a-blank", "-send it by tue", ("text: -send it by tue",)),
    Case("mark-alone", "-", ("text: -",)),
    Case("marks-alone", "- - -", ("text: - - -",)),
    Case("a-rule-is-text", "---", ("text: ---",)),
    Case("a-rule-of-stars-is-text", "* * *", ("text: * * *",)),
    Case("bold-is-text", "**send it by tue**", ("text: **send it by tue**",)),
    Case(
        "hours-are-text",
        "1.5 h on the rota by tue",
        ("text: 1.5 h on the rota by tue",),
    ),
    Case("a-negative-number-is-text", "-5 by tue", ("text: -5 by tue",)),
    Case("a-heading-is-text", "# Send it by tue", ("text: # Send it by tue",)),
    Case(
        "a-phone-number-is-text",
        "+44 20 7946 0000 by tue",
        ("text: +44 20 7946 0000 by tue",),
    ),
    Case(
        "a-quoted-email-is-text",
        "> I will send the rota by fri\n> - send it by fri",
        ("text: > I will send the rota by fri", "text: > - send it by fri"),
    ),
    Case(
        "a-table-row-is-text",
        "| Priya | send the rota | fri |",
        ("text: | Priya | send the rota | fri |",),
    ),
    Case(
        "windows-line-ends",
        "Fine.\r\n- send it by tue\r\nMore.\r\n",
        ("me: send it; by Tue 24 Nov", "text: Fine.", "text: More."),
    ),
    Case(
        "line-separator-of-unicode",
        "Fine.\u2028- send it by tue",
        ("me: send it; by Tue 24 Nov", "text: Fine."),
    ),
    Case(
        "a-mark-of-byte-order",
        "\ufeff- send it by tue",
        ("me: send it; by Tue 24 Nov",),
    ),
    Case("empty-box", "[ ] ring HR", ("me: ring HR",)),
    Case(
        "empty-box-in-a-list", "- [ ] ring HR by tue", ("me: ring HR; by Tue 24 Nov",)
    ),
    Case("box-with-nothing-in-it", "[] ring HR", ("me: ring HR",)),
    Case("ticked-box", "[x] send the rota", ("me: send the rota; done",)),
    Case(
        "ticked-box-in-a-list",
        "* [X] send the rota by tue",
        ("me: send the rota; by Tue 24 Nov; done",),
    ),
    Case("ballot-box", "☐ ring HR", ("me: ring HR",)),
    Case("ticked-ballot-box", "☑ send the rota", ("me: send the rota; done",)),
    Case("crossed-ballot-box", "☒ send the rota", ("me: send the rota; done",)),
    Case(
        "a-box-of-somebody-else",
        "- [ ] Priya: send the rota by tue",
        ("Priya Shah: send the rota; by Tue 24 Nov",),
    ),
    Case("a-box-for-hr", "[ ] HR to confirm", ("me: HR to confirm; who?",)),
    Case(
        "a-box-around-a-statement",
        "[ ] Priya will be on leave",
        ("me: Priya will be on leave; who?",),
    ),
    Case("a-box-with-no-words", "- [ ]", ("text: - [ ]",)),
    Case("the-boxes-of-a-form-are-text", "[ ] Yes [x] No", ("text: [ ] Yes [x] No",)),
    Case("a-tick-is-text", "✓ sent the rota by tue", ("text: ✓ sent the rota by tue",)),
    Case(
        "a-link-is-text",
        "[x](https://example.org) by tue",
        ("text: [x](https://example.org) by tue",),
    ),
    Case(
        "a-footnote-is-text",
        "[1] see the policy by tue",
        ("text: [1] see the policy by tue",),
    ),
    Case("todo", "TODO ring HR", ("me: ring HR",)),
    Case("todo-with-a-colon", "TODO: ring HR by tue", ("me: ring HR; by Tue 24 Nov",)),
    Case("todo-in-a-list", "- TODO ring HR", ("me: ring HR",)),
    Case("todo-in-small-letters-is-text", "todo ring HR", ("text: todo ring HR",)),
    Case("todo-list-is-text", "TODO list is long", ("text: TODO list is long",)),
    Case("ap", "AP ring HR", ("me: ring HR",)),
    Case(
        "ap-with-a-number",
        "AP3: Priya to send the rota",
        ("Priya Shah: send the rota",),
    ),
    Case(
        "ap-of-somebody-in-the-journal",
        "AP Dana to send the rota by tue",
        ("Dana Cole: send the rota; by Tue 24 Nov",),
    ),
    Case("ap-are-initials", "AP is a worry", ("text: AP is a worry",)),
    Case("action", "Action: send the rota", ("me: send the rota",)),
    Case(
        "action-of-somebody",
        "ACTION: Priya to send the rota by tue",
        ("Priya Shah: send the rota; by Tue 24 Nov",),
    ),
    Case("action-point", "Action point 2: send the rota", ("me: send the rota",)),
    Case(
        "promise",
        "Promise: send the rota (she has it)",
        ("me: send the rota; done when she has it",),
    ),
    Case(
        "action-without-a-colon",
        "Action send the rota by tue",
        ("text: Action send the rota by tue",),
    ),
    Case("actions-is-a-heading", "Actions:", ("text: Actions:",)),
    Case("action-alone", "Action:", ("text: Action:",)),
    Case(
        "todo-in-the-midst",
        "She said TODO is her motto.",
        ("text: She said TODO is her motto.",),
    ),
    Case("me", "me: ring HR by tue", ("me: ring HR; by Tue 24 Nov",)),
    Case("me-with-a-capital-and-a-list", "- Me: ring HR", ("me: ring HR",)),
    Case("me-without-a-blank", "- me:ring HR", ("me: ring HR",)),
    Case("me-to", "- me to ring HR", ("me: ring HR",)),
    Case(
        "i-will",
        "- I will send her the rota by Friday",
        ("me: send her the rota; by Fri 20 Nov",),
    ),
    Case("i-ll", "- I'll ring HR", ("me: ring HR",)),
    Case(
        "i-ll-with-a-phones-quote",
        "- I’ll ring HR tomorrow",
        ("me: ring HR; by Fri 20 Nov",),
    ),
    Case("i-shall", "- I shall ring HR", ("me: ring HR",)),
    Case("i-owe", "- I owe Priya the rota", ("me: I owe Priya the rota",)),
    Case(
        "i-will-in-prose",
        "I will send her the rota by Friday.",
        (
            "text: I will send her the rota by Friday.",
            "offered 1: I will send her the rota by Friday.",
        ),
    ),
    Case(
        "i-ll-in-prose",
        "I'll ring HR by tue",
        ("text: I'll ring HR by tue", "offered 1: I'll ring HR by tue"),
    ),
    Case(
        "theirs-in-prose",
        "Kim will bring it by fri\nPriya will bring it by fri",
        (
            "text: Kim will bring it by fri",
            "text: Priya will bring it by fri",
            "offered 1: Kim will bring it by fri",
            "offered 2: Priya will bring it by fri",
        ),
    ),
    Case(
        "i-will-be-on-leave",
        "- I will be on leave by fri",
        ("text: - I will be on leave by fri", "offered 1: I will be on leave by fri"),
    ),
    Case(
        "i-ll-be-away",
        "- I'll be away tomorrow",
        ("text: - I'll be away tomorrow", "offered 1: I'll be away tomorrow"),
    ),
    Case(
        "i-will-never",
        "- I'll never understand the rota",
        (
            "text: - I'll never understand the rota",
            "offered 1: I'll never understand the rota",
        ),
    ),
    Case(
        "ill",
        "- ill since monday",
        ("text: - ill since monday", "offered 1: ill since monday"),
    ),
    Case(
        "i-need-to",
        "- I need to order toner by fri",
        ("me: I need to order toner; by Fri 20 Nov",),
    ),
    Case(
        "i-need-to-without-a-date",
        "- I need to order toner",
        ("text: - I need to order toner", "offered 1: I need to order toner"),
    ),
    Case(
        "i-was",
        "- I was late on fri",
        ("text: - I was late on fri", "offered 1: I was late on fri"),
    ),
    Case(
        "i-am-off",
        "- I'm off on fri",
        ("text: - I'm off on fri", "offered 1: I'm off on fri"),
    ),
    Case(
        "i-think",
        "- I think she is tired",
        ("text: - I think she is tired", "offered 1: I think she is tired"),
    ),
    Case(
        "priya-with-a-colon",
        "- Priya: draft the agenda",
        ("Priya Shah: draft the agenda",),
    ),
    Case(
        "priya-in-bold",
        "- **Priya:** draft the agenda",
        ("Priya Shah: draft the agenda",),
    ),
    Case(
        "priya-in-bold-with-the-colon-outside",
        "- **Priya**: draft the agenda",
        ("Priya Shah: draft the agenda",),
    ),
    Case(
        "priya-by-her-whole-name",
        "- Priya Shah: draft the agenda",
        ("Priya Shah: draft the agenda",),
    ),
    Case(
        "priya-in-small-letters",
        "- priya shah: draft the agenda",
        ("Priya Shah: draft the agenda",),
    ),
    Case(
        "priya-by-her-surname",
        "- Shah to draft the agenda",
        ("Priya Shah: draft the agenda",),
    ),
    Case(
        "priya-by-the-beginning-of-her-name",
        "- Pri: draft the agenda",
        ("Priya Shah: draft the agenda",),
    ),
    Case(
        "the-beginning-of-a-name-in-the-journal-is-nobody",
        "- Dan: draft the agenda by fri",
        ("me: Dan: draft the agenda; by Fri 20 Nov; who?",),
    ),
    Case(
        "one-letter-is-nobody",
        "- P: draft the agenda by fri",
        ("me: P: draft the agenda; by Fri 20 Nov; who?",),
    ),
    Case(
        "q-and-a",
        "Q: when is it due?\nA: send it by fri",
        ("text: Q: when is it due?", "text: A: send it by fri"),
    ),
    Case("priya-to", "- Priya to draft the agenda", ("Priya Shah: draft the agenda",)),
    Case(
        "priya-will",
        "- Priya will draft the agenda by fri",
        ("Priya Shah: draft the agenda; by Fri 20 Nov",),
    ),
    Case("priya-ll", "- Priya’ll draft the agenda", ("Priya Shah: draft the agenda",)),
    Case("she-will", "- she will draft the agenda", ("Priya Shah: draft the agenda",)),
    Case(
        "she-ll",
        "- She'll draft the agenda by fri",
        ("Priya Shah: draft the agenda; by Fri 20 Nov",),
    ),
    Case(
        "her-with-a-colon", "- her: draft the agenda", ("Priya Shah: draft the agenda",)
    ),
    Case(
        "her-without-a-list", "Her: draft the agenda", ("Priya Shah: draft the agenda",)
    ),
    Case("they-to", "- they to draft the agenda", ("Priya Shah: draft the agenda",)),
    Case(
        "she-with-two-others",
        "- she will draft the agenda by fri",
        ("me: she will draft the agenda; by Fri 20 Nov; who?",),
        "two",
    ),
    Case(
        "she-with-two-others-and-no-date",
        "- she will draft the agenda",
        ("text: - she will draft the agenda", "offered 1: she will draft the agenda"),
        "two",
    ),
    Case(
        "priya-with-two-others",
        "- Priya will draft the agenda by fri",
        ("Priya Shah: draft the agenda; by Fri 20 Nov",),
        "two",
    ),
    Case(
        "she-on-ones-own",
        "- she will draft the agenda by fri",
        ("me: she will draft the agenda; by Fri 20 Nov; who?",),
        "alone",
    ),
    Case(
        "dana-from-the-journal",
        "- Dana: draft the agenda",
        ("Dana Cole: draft the agenda",),
    ),
    Case("dana-without-a-list", "Dana: ring HR", ("Dana Cole: ring HR",)),
    Case("dana-will", "- Dana will ring HR", ("Dana Cole: ring HR",)),
    Case(
        "amira-tells-dana",
        "Amira: tell Dana about the rota",
        ("Amira Haddad: tell Dana about the rota",),
    ),
    Case(
        "doctor-with-the-title",
        "- Dr Marsh to sign the form",
        ("Dr Helen Marsh: sign the form",),
    ),
    Case(
        "doctor-without-the-title",
        "- Marsh: sign the form",
        ("Dr Helen Marsh: sign the form",),
    ),
    Case("irish-apostrophe", "- O’Brien to ring HR", ("Mark O'Brien: ring HR",)),
    Case(
        "accents-count-for-nothing",
        "- José: ring HR by tue",
        ("José Núñez: ring HR; by Tue 24 Nov",),
    ),
    Case(
        "someone-with-a-namesake",
        "- Sam to ring HR by tue",
        ("me: Sam to ring HR; by Tue 24 Nov; who?",),
    ),
    Case(
        "the-namesake-by-the-whole-name",
        "- Sam Okoro to ring HR by tue",
        ("Sam Okoro: ring HR; by Tue 24 Nov",),
    ),
    Case("someone-archived", "- Zoe: ring HR", ("Zoe Lind: ring HR",)),
    Case(
        "a-typed-owner",
        "- the team: agree the rota by tue",
        ("“the team”: agree the rota; by Tue 24 Nov",),
    ),
    Case(
        "somebody-unknown-with-a-date",
        "- Kim to ring HR by tue",
        ("me: Kim to ring HR; by Tue 24 Nov; who?",),
    ),
    Case(
        "somebody-unknown-with-a-colon-and-a-date",
        "- Kim: ring HR by tue",
        ("me: Kim: ring HR; by Tue 24 Nov; who?",),
    ),
    Case(
        "somebody-unknown-without-a-date",
        "- Kim to ring HR",
        ("text: - Kim to ring HR", "offered 1: Kim to ring HR"),
    ),
    Case(
        "somebody-unknown-without-a-list",
        "Kim: ring HR by tue",
        ("text: Kim: ring HR by tue", "offered 1: Kim: ring HR by tue"),
    ),
    Case(
        "hr-to-confirm",
        "- HR to confirm by fri",
        ("me: HR to confirm; by Fri 20 Nov; who?",),
    ),
    Case(
        "hr-to-confirm-without-a-date",
        "- HR to confirm",
        ("text: - HR to confirm", "offered 1: HR to confirm"),
    ),
    Case(
        "the-rota-to-be-sent",
        "- Rota to be sent by fri",
        ("me: Rota to be sent; by Fri 20 Nov; who?",),
    ),
    Case(
        "need-to",
        "- Need to order toner by fri",
        ("me: Need to order toner; by Fri 20 Nov; who?",),
    ),
    Case(
        "need-to-without-a-date",
        "- Need to order toner",
        ("text: - Need to order toner", "offered 1: Need to order toner"),
    ),
    Case("must", "- must ring HR by fri", ("me: must ring HR; by Fri 20 Nov; who?",)),
    Case("to-ring", "- to ring HR by fri", ("me: to ring HR; by Fri 20 Nov; who?",)),
    Case(
        "please",
        "- Please send me the rota by fri",
        ("me: Please send me the rota; by Fri 20 Nov; who?",),
    ),
    Case(
        "can-you",
        "- Can you send me the rota by fri",
        ("me: Can you send me the rota; by Fri 20 Nov; who?",),
    ),
    Case("let-us", "- Let's meet by fri", ("me: Let's meet; by Fri 20 Nov; who?",)),
    Case(
        "we-will", "- we will meet by tue", ("me: we will meet; by Tue 24 Nov; who?",)
    ),
    Case(
        "we-without-a-date",
        "- we will meet more often",
        ("text: - we will meet more often", "offered 1: we will meet more often"),
    ),
    Case(
        "both",
        "- both to read the paper by tue",
        ("me: both to read the paper; by Tue 24 Nov; who?",),
    ),
    Case(
        "two-owners",
        "- Priya and Dana to draft the agenda by tue",
        ("me: Priya and Dana to draft the agenda; by Tue 24 Nov; who?",),
    ),
    Case(
        "two-owners-with-a-slash",
        "- Priya/Dana: draft the agenda by tue",
        ("me: Priya/Dana: draft the agenda; by Tue 24 Nov; who?",),
    ),
    Case(
        "me-and-priya",
        "- Priya and I to meet by tue",
        ("me: Priya and I to meet; by Tue 24 Nov; who?",),
    ),
    Case(
        "priya-will-be-on-leave",
        "- Priya will be on leave on fri",
        ("me: Priya will be on leave; by Fri 20 Nov; who?",),
    ),
    Case(
        "priya-will-be-on-leave-without-a-date",
        "- Priya will be on leave",
        ("text: - Priya will be on leave", "offered 1: Priya will be on leave"),
    ),
    Case(
        "priya-will-not",
        "- Priya will not send it by fri",
        (
            "text: - Priya will not send it by fri",
            "offered 1: Priya will not send it by fri",
        ),
    ),
    Case(
        "priya-to-be-told",
        "- Priya to be told by fri",
        ("me: Priya to be told; by Fri 20 Nov; who?",),
    ),
    Case(
        "priya-should",
        "- Priya should send the rota by fri",
        ("Priya Shah: Priya should send the rota; by Fri 20 Nov; who?",),
    ),
    Case(
        "priya-needs-to",
        "- Priya needs to send the rota by fri",
        ("Priya Shah: Priya needs to send the rota; by Fri 20 Nov; who?",),
    ),
    Case(
        "priya-has-to",
        "- Priya has to send the rota by fri",
        ("Priya Shah: Priya has to send the rota; by Fri 20 Nov; who?",),
    ),
    Case(
        "priya-and-a-dash",
        "- Priya - send the rota by fri",
        ("Priya Shah: send the rota; by Fri 20 Nov; who?",),
    ),
    Case(
        "priya-without-a-sign",
        "- Priya send the rota by fri",
        ("Priya Shah: Priya send the rota; by Fri 20 Nov; who?",),
    ),
    Case(
        "priyas-rota",
        "- Priya's rota by fri",
        ("me: Priya's rota; by Fri 20 Nov; who?",),
    ),
    Case(
        "priya-at-the-end",
        "- draft the agenda by fri (Priya)",
        ("Priya Shah: draft the agenda; by Fri 20 Nov; who?",),
    ),
    Case(
        "priya-after-a-dash",
        "- draft the agenda – Priya – by fri",
        ("me: draft the agenda – Priya; by Fri 20 Nov; who?",),
    ),
    Case(
        "priya-at-sign",
        "- draft the agenda @priya by fri",
        ("me: draft the agenda @priya; by Fri 20 Nov; who?",),
    ),
    Case(
        "by-priya-by-friday",
        "- agenda drafted by Priya by fri",
        (
            "text: - agenda drafted by Priya by fri",
            "offered 1: agenda drafted by Priya by fri",
        ),
    ),
    Case(
        "ask-priya",
        "- ask Priya to draft the agenda by fri",
        ("me: ask Priya to draft the agenda; by Fri 20 Nov",),
    ),
    Case("speak-to-hr", "- speak to HR by fri", ("me: speak to HR; by Fri 20 Nov",)),
    Case(
        "chase-priya",
        "- chase Priya for the rota by fri",
        ("me: chase Priya for the rota; by Fri 20 Nov",),
    ),
    Case(
        "a-person-whose-name-is-a-verb",
        "- mark the papers by fri",
        ("me: mark the papers; by Fri 20 Nov; who?",),
    ),
    Case("it-is-mine", "- order toner by fri", ("me: order toner; by Fri 20 Nov",)),
    Case(
        "a-noun-is-mine",
        "- appraisal form by fri",
        ("me: appraisal form; by Fri 20 Nov",),
    ),
    Case(
        "me-but-she-will",
        "- me: she will send it by fri",
        ("me: she will send it; by Fri 20 Nov; who?",),
    ),
    Case(
        "priya-thinks",
        "Priya: I think we should stop",
        ("text: Priya: I think we should stop",),
    ),
    Case(
        "priya-thinks-in-a-list",
        "- Priya: I think we should stop",
        (
            "text: - Priya: I think we should stop",
            "offered 1: Priya: I think we should stop",
        ),
    ),
    Case("draft-is-ready", "Priya: draft is ready", ("text: Priya: draft is ready",)),
    Case(
        "draft-is-ready-in-a-list",
        "- Priya: draft is ready",
        ("text: - Priya: draft is ready", "offered 1: Priya: draft is ready"),
    ),
    Case(
        "draft-was-sent-by-friday",
        "Priya: draft was sent on friday",
        ("text: Priya: draft was sent on friday",),
    ),
    Case(
        "priya-asks",
        "Priya: when is it due by fri?",
        ("text: Priya: when is it due by fri?",),
    ),
    Case("priya-quoted", "Priya: “send it by fri”", ("text: Priya: “send it by fri”",)),
    Case(
        "priya-quoted-with-plain-quotes",
        '- Priya: "I\'ll send it by fri"',
        (
            'text: - Priya: "I\'ll send it by fri"',
            'offered 1: Priya: "I\'ll send it by fri"',
        ),
    ),
    Case("priya-tired", "Priya: tired and fed up", ("text: Priya: tired and fed up",)),
    Case(
        "priya-with-a-noun-and-a-date",
        "Priya: huddle agenda by fri",
        ("Priya Shah: huddle agenda; by Fri 20 Nov",),
    ),
    Case(
        "priya-colon-to",
        "Priya: to think about the rota",
        ("Priya Shah: think about the rota",),
    ),
    Case(
        "priya-colon-will",
        "Priya: will draft the agenda by fri",
        ("Priya Shah: draft the agenda; by Fri 20 Nov",),
    ),
    Case(
        "priya-colon-i-will",
        "Priya: I will draft the agenda",
        ("Priya Shah: draft the agenda",),
    ),
    Case(
        "priya-colon-will-be",
        "Priya: will be on leave",
        ("text: Priya: will be on leave",),
    ),
    Case(
        "priya-email-from",
        "Priya: email from HR upset her",
        ("text: Priya: email from HR upset her",),
    ),
    Case("me-tired", "me: tired", ("text: me: tired",)),
    Case("me-smiling", "me :)", ("text: me :)",)),
    Case("me-smiling-in-a-list", "- me :)", ("text: - me :)", "offered 1: me :)")),
    Case(
        "a-time-before-a-name",
        "10:32 Priya: send the rota by fri",
        ("text: 10:32 Priya: send the rota by fri",),
    ),
    Case(
        "a-chat-before-a-name",
        "[10:32] Priya: send the rota by fri",
        ("text: [10:32] Priya: send the rota by fri",),
    ),
    Case(
        "a-web-address",
        "https://example.org/send by fri",
        ("text: https://example.org/send by fri",),
    ),
    Case(
        "head-of-an-email",
        (
            "From: Dana Cole\n"
            "To: Sam Reed\n"
            "Sent: Friday 20 November 2026 09:12\n"
            "Subject: Send the rota by Friday\n"
            "Hi Sam,\n"
            "please send the rota by Friday."
        ),
        (
            "text: From: Dana Cole",
            "text: To: Sam Reed",
            "text: Sent: Friday 20 November 2026 09:12",
            "text: Subject: Send the rota by Friday",
            "text: Hi Sam,",
            "text: please send the rota by Friday.",
        ),
    ),
    Case(
        "a-note-with-a-colon",
        "Note: send the rota by fri",
        ("text: Note: send the rota by fri",),
    ),
    Case(
        "a-note-with-a-colon-in-a-list",
        "- Note: send the rota by fri",
        ("me: Note: send the rota; by Fri 20 Nov; who?",),
    ),
    Case(
        "a-colon-of-chinese",
        "- Priya：draft the agenda",
        ("Priya Shah: draft the agenda",),
    ),
    Case("a-name-alone", "Priya:", ("text: Priya:",)),
    Case("a-name-and-a-date-alone", "- Priya: by fri", ("Priya Shah: by fri; when?",)),
    Case("by-weekday", "- send it by friday", ("me: send it; by Fri 20 Nov",)),
    Case("before", "- send it before fri", ("me: send it; by Fri 20 Nov",)),
    Case("on", "- ring HR on fri", ("me: ring HR; by Fri 20 Nov",)),
    Case(
        "on-a-day-with-a-noun",
        "- interview on fri",
        ("me: interview; by Fri 20 Nov; who?",),
    ),
    Case("by-day-and-month", "- send it by 27 nov", ("me: send it; by Fri 27 Nov",)),
    Case(
        "by-day-and-month-in-full",
        "- send it by Friday 27th of November 2026.",
        ("me: send it; by Fri 27 Nov",),
    ),
    Case("by-numbers", "- send it by 27/11", ("me: send it; by Fri 27 Nov",)),
    Case(
        "by-numbers-with-dots", "- send it by 27.11.", ("me: send it; by Fri 27 Nov",)
    ),
    Case("by-iso", "- send it by 2026-11-27", ("me: send it; by Fri 27 Nov",)),
    Case("by-ordinal", "- send it by the 27th", ("me: send it; by Fri 27 Nov",)),
    Case(
        "by-end-of-month",
        "- send it by the end of the month",
        ("me: send it; by Mon 30 Nov",),
    ),
    Case("by-next-week", "- send it by next week", ("me: send it; by Fri 27 Nov",)),
    Case(
        "by-next-friday",
        "- send it by next fri",
        ("me: send it; by Fri 27 Nov; when?",),
    ),
    Case("by-in-two-weeks", "- send it by +2w", ("me: send it; by Thu 3 Dec",)),
    Case("in-brackets", "- send it (27 nov)", ("me: send it; by Fri 27 Nov",)),
    Case("by-in-brackets", "- send it (by fri)", ("me: send it; by Fri 20 Nov",)),
    Case(
        "calendar-picture", "- send it 📅 2026-11-27", ("me: send it; by Fri 27 Nov",)
    ),
    Case(
        "calendar-picture-touching",
        "- send it 📅27 nov",
        ("me: send it; by Fri 27 Nov",),
    ),
    Case("tomorrow", "- ring HR tomorrow", ("me: ring HR; by Fri 20 Nov",)),
    Case("today", "- ring HR today", ("me: ring HR; by Thu 19 Nov",)),
    Case(
        "tomorrow-with-a-noun",
        "- huddle tomorrow",
        ("me: huddle; by Fri 20 Nov; who?",),
    ),
    Case("by-tomorrow", "- send it by tomorrow!", ("me: send it; by Fri 20 Nov",)),
    Case("with-a-comma", "- send it, by fri", ("me: send it; by Fri 20 Nov",)),
    Case("with-a-dash", "- send it – by fri", ("me: send it; by Fri 20 Nov",)),
    Case("in-capitals", "- SEND IT BY FRI", ("me: SEND IT; by Fri 20 Nov",)),
    Case(
        "by-hand",
        "- send it by hand",
        ("text: - send it by hand", "offered 1: send it by hand"),
    ),
    Case("by-email", "- Priya: send it by email", ("Priya Shah: send it by email",)),
    Case("by-a-number", "- I will cut it by 12", ("me: cut it by 12",)),
    Case("by-the-number", "- I will cut it by the 12", ("me: cut it by the 12",)),
    Case(
        "a-number-in-brackets", "- I will send it (12)", ("me: send it; done when 12",)
    ),
    Case(
        "by-an-amount", "- I will cut it by 2 weeks", ("me: cut it by 2 weeks; when?",)
    ),
    Case(
        "a-length-in-brackets",
        "- book leave (2 weeks)",
        ("text: - book leave (2 weeks)", "offered 1: book leave (2 weeks)"),
    ),
    Case("by-noon", "- Priya: send it by noon", ("Priya Shah: send it by noon",)),
    Case(
        "by-fridays-meeting",
        "- Priya: send it by Friday's meeting",
        ("Priya Shah: send it by Friday's meeting; when?",),
    ),
    Case(
        "by-fridays-meeting-mine",
        "- send it by Friday’s meeting",
        (
            "text: - send it by Friday’s meeting",
            "offered 1: send it by Friday’s meeting",
        ),
    ),
    Case(
        "by-friday-or-monday",
        "- Priya: send it by Fri or Mon",
        ("Priya Shah: send it by Fri or Mon; when?",),
    ),
    Case(
        "by-friday-slash-monday",
        "- Priya: send it by fri/mon",
        ("Priya Shah: send it by fri/mon; when?",),
    ),
    Case(
        "by-tuesday-latest",
        "- send it by tue latest",
        ("me: send it latest; by Tue 24 Nov; when?",),
    ),
    Case(
        "by-tuesday-noon",
        "- send it by tue noon",
        ("me: send it noon; by Tue 24 Nov; when?",),
    ),
    Case(
        "by-tuesday-at-five",
        "- send it by tue at 5pm please",
        ("me: send it at 5pm please; by Tue 24 Nov; when?",),
    ),
    Case(
        "by-close-of-play-on-friday",
        "- send it by COB fri",
        ("me: send it COB; by Fri 20 Nov; when?",),
    ),
    Case(
        "by-friday-perhaps",
        "- Priya: send it by fri?",
        ("text: - Priya: send it by fri?", "offered 1: Priya: send it by fri?"),
    ),
    Case(
        "a-date-in-the-midst",
        "- Priya: send it by fri to the whole team",
        ("Priya Shah: send it by fri to the whole team; when?",),
    ),
    Case(
        "a-date-at-the-beginning",
        "- Priya: on Monday send the rota",
        ("Priya Shah: on Monday send the rota; when?",),
    ),
    Case(
        "a-bare-weekday",
        "- Priya: send it fri",
        ("Priya Shah: send it; by Fri 20 Nov; when?",),
    ),
    Case(
        "a-bare-weekday-mine",
        "- send it fri",
        ("text: - send it fri", "offered 1: send it fri"),
    ),
    Case(
        "until-friday",
        "- Priya: keep the rota until fri",
        ("Priya Shah: keep the rota until fri; when?",),
    ),
    Case(
        "until-tomorrow",
        "- Priya: keep the rota until tomorrow",
        ("Priya Shah: keep the rota until tomorrow; when?",),
    ),
    Case(
        "a-day-of-no-calendar",
        "- Priya: send it by 31 June",
        ("Priya Shah: send it by 31 June; when?",),
    ),
    Case(
        "a-day-that-is-not-a-friday",
        "- Priya: send it by fri 26 nov",
        ("Priya Shah: send it by fri 26 nov; when?",),
    ),
    Case(
        "a-misspelt-day",
        "- Priya: send it by firday",
        ("Priya Shah: send it by firday; when?",),
    ),
    Case(
        "last-friday",
        "- Priya: as agreed on last friday",
        (
            "text: - Priya: as agreed on last friday",
            "offered 1: Priya: as agreed on last friday",
        ),
    ),
    Case(
        "two-dates-that-agree",
        "- send it by fri (20 nov)",
        ("me: send it; by Fri 20 Nov",),
    ),
    Case(
        "two-dates-that-differ",
        "- send it by fri (27 nov)",
        ("me: send it by fri; by Fri 27 Nov; when?",),
    ),
    Case(
        "two-brackets-of-which-one-is-a-date",
        "- send it (by fri) (agenda sent)",
        ("me: send it; by Fri 20 Nov; done when agenda sent",),
    ),
    Case("a-weekend", "- send it by sat", ("me: send it; by Sat 21 Nov",)),
    Case(
        "a-day-that-has-passed",
        "- send it by 2026-01-02",
        ("me: send it; by Fri 2 Jan",),
    ),
    Case(
        "felt-better-today",
        "- felt better today",
        ("text: - felt better today", "offered 1: felt better today"),
    ),
    Case(
        "tired-today",
        "- tired today",
        ("text: - tired today", "offered 1: tired today"),
    ),
    Case(
        "nothing-today",
        "- nothing else today",
        ("text: - nothing else today", "offered 1: nothing else today"),
    ),
    Case(
        "back-on-monday",
        "- back on mon",
        ("text: - back on mon", "offered 1: back on mon"),
    ),
    Case(
        "meeting-on-friday",
        "- meeting on fri",
        ("text: - meeting on fri", "offered 1: meeting on fri"),
    ),
    Case(
        "starts-on-monday",
        "- Priya starts on mon",
        ("text: - Priya starts on mon", "offered 1: Priya starts on mon"),
    ),
    Case(
        "moved-to-friday",
        "- moved the huddle on fri",
        ("text: - moved the huddle on fri", "offered 1: moved the huddle on fri"),
    ),
    Case(
        "was-off",
        "- She was off sick on monday",
        ("text: - She was off sick on monday", "offered 1: She was off sick on monday"),
    ),
    Case(
        "she-leaves",
        "- she leaves on 4 dec",
        ("text: - she leaves on 4 dec", "offered 1: she leaves on 4 dec"),
    ),
    Case(
        "the-rota-is-due",
        "- The rota is due by fri",
        ("text: - The rota is due by fri", "offered 1: The rota is due by fri"),
    ),
    Case(
        "agreed-to-send",
        "- agreed to send it by fri",
        ("text: - agreed to send it by fri", "offered 1: agreed to send it by fri"),
    ),
    Case(
        "a-question-in-a-list",
        "- who sends the rota by fri?",
        ("text: - who sends the rota by fri?", "offered 1: who sends the rota by fri?"),
    ),
    Case(
        "a-quotation-in-a-list",
        "- “I will send it by fri”",
        ("text: - “I will send it by fri”", "offered 1: “I will send it by fri”"),
    ),
    Case(
        "check-what-is-needed",
        "- check what is needed by fri",
        ("me: check what is needed; by Fri 20 Nov",),
    ),
    Case(
        "a-bracket",
        "- Priya: draft the agenda (agenda sent)",
        ("Priya Shah: draft the agenda; done when agenda sent",),
    ),
    Case(
        "a-bracket-before-the-date",
        "- draft the agenda (agenda sent) by fri",
        ("me: draft the agenda; by Fri 20 Nov; done when agenda sent",),
    ),
    Case(
        "a-bracket-after-the-date",
        "- draft the agenda by fri (agenda sent)",
        ("me: draft the agenda; by Fri 20 Nov; done when agenda sent",),
    ),
    Case(
        "a-bracket-and-a-full-stop",
        "- draft the agenda by fri (agenda sent).",
        ("me: draft the agenda; by Fri 20 Nov; done when agenda sent",),
    ),
    Case(
        "a-bracket-in-a-bracket",
        "- draft it by fri (agenda (both parts) sent)",
        ("me: draft it; by Fri 20 Nov; done when agenda (both parts) sent",),
    ),
    Case(
        "two-brackets",
        "- draft it (short) by fri (agenda sent)",
        ("me: draft it (short); by Fri 20 Nov; done when agenda sent",),
    ),
    Case("agendas", "- Priya: send the agenda(s)", ("Priya Shah: send the agenda(s)",)),
    Case("a-smile", "- Priya: send the agenda :)", ("Priya Shah: send the agenda :)",)),
    Case(
        "a-bracket-not-closed",
        "- Priya: send the agenda (both",
        ("Priya Shah: send the agenda (both",),
    ),
    Case(
        "a-bracket-never-opened",
        "- Priya: 1) send 2) sign",
        ("Priya Shah: 1) send 2) sign",),
    ),
    Case("empty-brackets", "- Priya: call ()", ("Priya Shah: call",)),
    Case(
        "a-bracket-kept-for-a-date",
        "- Priya: call ((fri))",
        ("Priya Shah: call; done when fri; when?",),
    ),
    Case(
        "a-date-in-the-bracket",
        "- Priya: call (rota sent by fri)",
        ("Priya Shah: call; done when rota sent by fri; when?",),
    ),
    Case(
        "brackets-of-a-smile",
        "- Priya: call her :( but ok :)",
        ("Priya Shah: call her :( but ok :)",),
    ),
    Case("tilde", "~ tired", ("note to oneself: tired",)),
    Case("tilde-in-a-list", "- ~ tired", ("note to oneself: tired",)),
    Case("tilde-before-a-list", "~ - tired", ("note to oneself: tired",)),
    Case("tilde-touching", "~tired, or bored", ("note to oneself: tired, or bored",)),
    Case("tilde-before-a-number", "~5 people came", ("text: ~5 people came",)),
    Case("struck-out", "~~tired~~", ("text: ~~tired~~",)),
    Case("private", "private: tired", ("note to oneself: tired",)),
    Case(
        "private-with-a-capital",
        "Private: ask HR what to do",
        ("note to oneself: ask HR what to do",),
    ),
    Case(
        "tilde-and-a-promise",
        "~ - ask HR by fri",
        ("me: ask HR; by Fri 20 Nov; private",),
    ),
    Case(
        "tilde-within-a-list-and-a-promise",
        "- ~ ask HR by fri",
        ("me: ask HR; by Fri 20 Nov; private",),
    ),
    Case(
        "tilde-and-me", "~ me: ask HR by fri", ("me: ask HR; by Fri 20 Nov; private",)
    ),
    Case(
        "tilde-and-i-will",
        "~ I will ask HR by fri",
        (
            "note to oneself: I will ask HR by fri",
            "offered 1: I will ask HR by fri",
        ),
    ),
    Case("tilde-and-a-date", "~ ask HR by fri", ("note to oneself: ask HR by fri",)),
    Case("tilde-and-a-box", "~ [ ] ask HR", ("me: ask HR; private",)),
    Case("tilde-and-todo", "~ TODO ask HR", ("me: ask HR; private",)),
    Case("private-and-a-box", "private: [ ] ask HR", ("me: ask HR; private",)),
    Case("tilde-and-minutes", "~ 35 min", ("note to oneself: 35 min",)),
    Case(
        "set-in-below-a-tilde",
        "~ about Priya\n  - tired\n  - [ ] ask HR\nShe is well.",
        (
            "me: ask HR; private",
            "note to oneself: about Priya",
            "note to oneself: tired",
            "text: She is well.",
        ),
    ),
    Case(
        "below-a-tilde",
        "~ about Priya\n- likes the rota",
        (
            "note to oneself: about Priya",
            "text: - likes the rota",
            "offered 1: likes the rota",
        ),
    ),
    Case("wide-tilde", "～ tired", ("note to oneself: tired",)),
    Case("tilde-alone", "~", ("text: ~",)),
    Case("tilde-touching-a-bracket", "~(ill)", ("note to oneself: (ill)",)),
    Case(
        "tilde-behind-me",
        "me: ~ ask HR by fri",
        ("me: ask HR; by Fri 20 Nov; private",),
    ),
    Case(
        "tilde-behind-a-name-in-prose",
        "Priya: ~ she is ill",
        ("note to oneself: Priya: ~ she is ill",),
    ),
    Case("tilde-behind-todo", "TODO ~ ask HR", ("me: ask HR; private",)),
    Case(
        "private-behind-a-name",
        "Priya: private: see the doctor by fri",
        ("Priya Shah: see the doctor; by Fri 20 Nov; private",),
    ),
    Case(
        "private-block",
        "private:\nshe is ill\nsince May\n\nAll well.",
        (
            "note to oneself: she is ill",
            "note to oneself: since May",
            "text: private:",
            "text:",
            "text: All well.",
        ),
    ),
    Case(
        "private-with-a-blank-line",
        "~ she is ill:\n\n    since May\nAll well.",
        (
            "note to oneself: she is ill:",
            "note to oneself: since May",
            "text: All well.",
        ),
    ),
    Case(
        "a-bare-number-after-two-words",
        "- ring HR by on 12",
        ("text: - ring HR by on 12", "offered 1: ring HR by on 12"),
    ),
    Case("tag", "#handover", ("tags: handover",)),
    Case(
        "tags-and-minutes",
        "#handover #rota, 35 min",
        ("35 minutes", "tags: handover, rota"),
    ),
    Case("the-same-tag-twice", "#Rota\n#rota", ("tags: Rota",)),
    Case("tag-of-another-script", "#übergabe #日本", ("tags: übergabe, 日本",)),
    Case(
        "tag-within-prose",
        "She likes #handover most.",
        ("text: She likes #handover most.",),
    ),
    Case("number-sign", "#1", ("text: #1",)),
    Case("minutes-only", "35 min", ("35 minutes",)),
    Case("minutes-in-full", "40 minutes", ("40 minutes",)),
    Case("minutes-touching", "40min", ("40 minutes",)),
    Case("minutes-twice", "35 min\n20 min", ("35 minutes", "text: 20 min")),
    Case("no-minutes", "0 min", ("text: 0 min",)),
    Case("too-many-minutes", "2000 min", ("text: 2000 min",)),
    Case("minutes-within-prose", "35 min on the rota", ("text: 35 min on the rota",)),
    Case("minutes-in-a-list", "- 35 min", ("35 minutes",)),
    Case(
        "on-a-day",
        "on tue\n- send it by fri",
        ("held on 2026-11-17", "me: send it; by Fri 20 Nov"),
    ),
    Case(
        "on-a-day-after-the-promise",
        "- send it by mon\n\nOn 12 Nov",
        ("held on 2026-11-12", "me: send it; by Mon 16 Nov"),
    ),
    Case("on-a-day-in-a-list", "- on tue", ("text: - on tue", "offered 1: on tue")),
    Case("on-a-bare-number", "on 12", ("text: on 12",)),
    Case("on-time", "on time", ("text: on time",)),
    Case(
        "on-a-day-within-a-sentence",
        "She takes over the huddle\non Friday\nwhen I am away.",
        ("text: She takes over the huddle", "text: on Friday", "text: when I am away."),
    ),
    Case("on-two-days", "on mon\non tue", ("held on 2026-11-16", "text: on tue")),
    Case(
        "all-on-one-line",
        "on 17 nov 35 min #rota",
        ("held on 2026-11-17", "35 minutes", "tags: rota"),
    ),
    Case(
        "below-priya",
        "Priya:\n- send the rota by fri\n- tired",
        (
            "Priya Shah: send the rota; by Fri 20 Nov; who?",
            "text: Priya:",
            "text: - tired",
            "offered 1: tired",
        ),
    ),
    Case(
        "below-priya-with-a-blank-line",
        "## Priya\n\n- send the rota by fri",
        ("Priya Shah: send the rota; by Fri 20 Nov; who?", "text: ## Priya"),
    ),
    Case(
        "below-priya-in-a-list",
        "- Priya\n  - send the rota by fri",
        (
            "Priya Shah: send the rota; by Fri 20 Nov; who?",
            "text: - Priya",
            "offered 1: Priya",
        ),
    ),
    Case(
        "below-me",
        "me:\n- send the rota by fri",
        ("me: send the rota; by Fri 20 Nov", "text: me:"),
    ),
    Case(
        "below-she",
        "She will:\n- send the rota by fri",
        ("Priya Shah: send the rota; by Fri 20 Nov; who?", "text: She will:"),
    ),
    Case(
        "below-we",
        "We agreed:\n- send the rota by fri",
        ("me: send the rota; by Fri 20 Nov; who?", "text: We agreed:"),
    ),
    Case(
        "below-hr",
        "Actions for Dana:\n- send the rota by fri",
        ("me: send the rota; by Fri 20 Nov; who?", "text: Actions for Dana:"),
    ),
    Case(
        "below-actions",
        "Actions:\n- send the rota by fri",
        ("me: send the rota; by Fri 20 Nov", "text: Actions:"),
    ),
    Case(
        "below-priya-but-mine",
        "Priya:\n- me: send the rota by fri",
        ("me: send the rota; by Fri 20 Nov", "text: Priya:"),
    ),
    Case(
        "below-priya-then-text",
        "Priya:\nShe is well.\n- send the rota by fri",
        ("me: send the rota; by Fri 20 Nov", "text: Priya:", "text: She is well."),
    ),
    Case(
        "minutes-of-a-meeting",
        (
            "Team huddle 19/11\n"
            "Present: Priya, Dana\n"
            "1. Rota - agreed\n"
            "2. Toner: order by fri\n"
            "3. AOB\n"
            "AP1: Dana to book the room by 27/11\n"
            "AP2: send the minutes by mon"
        ),
        (
            "me: Toner: order; by Fri 20 Nov; who?",
            "Dana Cole: book the room; by Fri 27 Nov",
            "me: send the minutes; by Mon 23 Nov",
            "text: Team huddle 19/11",
            "text: Present: Priya, Dana",
            "text: 1. Rota - agreed",
            "text: 3. AOB",
            "offered 1: Rota - agreed",
            "offered 2: AOB",
        ),
    ),
    Case(
        "half-sentences",
        (
            "rota ok. july?\n"
            "- huddle when away\n"
            "- bit flat\n"
            "- send agenda tue\n"
            "- ring HR re leave by tue"
        ),
        (
            "me: ring HR re leave; by Tue 24 Nov",
            "text: rota ok. july?",
            "text: - huddle when away",
            "text: - bit flat",
            "text: - send agenda tue",
            "offered 1: huddle when away",
            "offered 2: bit flat",
            "offered 3: send agenda tue",
        ),
    ),
    Case(
        "a-phones-list",
        (
            "• Rota – fine\n"
            "• I’ll send last year’s agenda by Tue\n"
            "• Priya to draft – by 27 Nov\n"
            "• Mum’s better"
        ),
        (
            "me: send last year’s agenda; by Tue 24 Nov",
            "Priya Shah: draft; by Fri 27 Nov",
            "text: • Rota – fine",
            "text: • Mum’s better",
            "offered 1: Rota – fine",
            "offered 2: Mum’s better",
        ),
    ),
    Case(
        "an-outlook-list",
        (
            "•\tRota is fine\n"
            "o\tPriya to send the rota by 27 Nov\n"
            "o\ttired\n"
            "•\tI will ring HR by tue"
        ),
        (
            "Priya Shah: send the rota; by Fri 27 Nov",
            "me: ring HR; by Tue 24 Nov",
            "text: •\tRota is fine",
            "text: o\ttired",
            "offered 1: Rota is fine",
            "offered 2: tired",
        ),
    ),
    Case(
        "emphasis-within",
        "- Priya to **draft** the agenda by fri",
        ("Priya Shah: **draft** the agenda; by Fri 20 Nov",),
    ),
    Case(
        "another-script",
        "- 送る by fri\n- Прия: отправить by fri\n- أرسل by fri",
        (
            "me: 送る; by Fri 20 Nov",
            "me: Прия: отправить; by Fri 20 Nov; who?",
            "me: أرسل; by Fri 20 Nov",
        ),
    ),
    Case(
        "words-of-arabic-with-marks-of-direction",
        "\u200f- send it by fri\u200f",
        ("me: send it; by Fri 20 Nov",),
    ),
    Case(
        "a-picture-before-the-words",
        "- 📞 ring HR by tue",
        ("me: 📞 ring HR; by Tue 24 Nov",),
    ),
    Case("a-picture-as-a-mark", "✅ ring HR by tue", ("text: ✅ ring HR by tue",)),
    Case(
        "a-german-line",
        "- Priya: Rota schicken bis fri",
        ("Priya Shah: Rota schicken bis fri; when?",),
    ),
    Case("shouting", "- RING HR BY TUE!!!", ("me: RING HR; by Tue 24 Nov",)),
    Case(
        "two-sentences",
        "- Ring HR. Then tell Priya by fri.",
        ("me: Ring HR. Then tell Priya; by Fri 20 Nov",),
    ),
    Case(
        "tabs-between",
        "-\tPriya:\tdraft\tthe agenda\tby fri",
        ("Priya Shah: draft the agenda; by Fri 20 Nov",),
    ),
    Case("a-semicolon-of-a-list", "- ring HR by tue;", ("me: ring HR; by Tue 24 Nov",)),
    Case(
        "me-and-priya-with-a-colon",
        "- Me and Priya: agree dates by fri",
        ("me: Me and Priya: agree dates; by Fri 20 Nov; who?",),
    ),
    Case(
        "priya-and-then-i",
        "- Priya to draft it and I will send it by fri",
        ("Priya Shah: draft it and I will send it; by Fri 20 Nov; who?",),
    ),
    Case(
        "i-and-then-priya",
        "- I will draft it, Dana to send it by fri",
        ("me: draft it, Dana to send it; by Fri 20 Nov; who?",),
    ),
    Case(
        "mine-and-then-hers",
        "- draft it and she will send it by fri",
        ("me: draft it and she will send it; by Fri 20 Nov; who?",),
    ),
    Case(
        "ask-priya-and-tell-dana",
        "- ask Priya to draft it and tell Dana by fri",
        ("me: ask Priya to draft it and tell Dana; by Fri 20 Nov",),
    ),
    Case(
        "i-owe-her-a-lot",
        "- I owe her a lot",
        ("text: - I owe her a lot", "offered 1: I owe her a lot"),
    ),
    Case(
        "if-she-agrees",
        "- if she agrees, send it by fri",
        ("me: if she agrees, send it; by Fri 20 Nov; who?",),
    ),
    Case(
        "when-the-rota-is-out",
        "- when the rota is out, tell her by fri",
        (
            "text: - when the rota is out, tell her by fri",
            "offered 1: when the rota is out, tell her by fri",
        ),
    ),
    Case(
        "priya-wants",
        "- Priya wants the rota by fri",
        (
            "text: - Priya wants the rota by fri",
            "offered 1: Priya wants the rota by fri",
        ),
    ),
    Case(
        "priya-asked-me",
        "- Priya asked me to send it by fri",
        (
            "text: - Priya asked me to send it by fri",
            "offered 1: Priya asked me to send it by fri",
        ),
    ),
    Case(
        "send-priya-the-rota",
        "- send Priya the rota by fri",
        ("me: send Priya the rota; by Fri 20 Nov",),
    ),
    Case(
        "give-the-keys-to-dana",
        "- give the keys to Dana by fri",
        ("me: give the keys to Dana; by Fri 20 Nov",),
    ),
    Case(
        "will-send", "- will send it by fri", ("me: will send it; by Fri 20 Nov; who?",)
    ),
    Case("a-form-of-hr", "- HR form by fri", ("me: HR form; by Fri 20 Nov; who?",)),
    Case(
        "annual-leave",
        "- annual leave on 4 dec",
        ("me: annual leave; by Fri 4 Dec; who?",),
    ),
    Case(
        "on-leave",
        "- on leave on 4 dec",
        ("text: - on leave on 4 dec", "offered 1: on leave on 4 dec"),
    ),
    Case(
        "away", "- away on 4 dec", ("text: - away on 4 dec", "offered 1: away on 4 dec")
    ),
    Case(
        "dates-of-a-holiday",
        "- holiday 4 dec - 11 dec",
        ("text: - holiday 4 dec - 11 dec", "offered 1: holiday 4 dec - 11 dec"),
    ),
    Case(
        "signed-off",
        "- budget signed off by fri",
        ("text: - budget signed off by fri", "offered 1: budget signed off by fri"),
    ),
    Case(
        "promised-to-send",
        "- promised to send it by fri",
        ("text: - promised to send it by fri", "offered 1: promised to send it by fri"),
    ),
    Case(
        "i-promised-to-send",
        "- I promised to send it by fri",
        ("me: send it; by Fri 20 Nov",),
    ),
    Case(
        "i-would",
        "- I'd send it by fri",
        ("text: - I'd send it by fri", "offered 1: I'd send it by fri"),
    ),
    Case(
        "i-hope",
        "- I hope to send it by fri",
        ("text: - I hope to send it by fri", "offered 1: I hope to send it by fri"),
    ),
    Case(
        "i-ll-probably",
        "- I'll probably send it by fri",
        (
            "text: - I'll probably send it by fri",
            "offered 1: I'll probably send it by fri",
        ),
    ),
    Case(
        "i-will-not",
        "- I will not interrupt her",
        (
            "text: - I will not interrupt her",
            "offered 1: I will not interrupt her",
        ),
    ),
    Case(
        "maybe",
        "- maybe send it by fri",
        ("text: - maybe send it by fri", "offered 1: maybe send it by fri"),
    ),
    Case(
        "no-meeting",
        "- no meeting on fri",
        ("text: - no meeting on fri", "offered 1: no meeting on fri"),
    ),
    Case(
        "she-said",
        '- She said "I will send it by fri"',
        (
            'text: - She said "I will send it by fri"',
            'offered 1: She said "I will send it by fri"',
        ),
    ),
    Case(
        "priyas-off",
        "- Priya’s off on fri",
        ("text: - Priya’s off on fri", "offered 1: Priya’s off on fri"),
    ),
    Case(
        "follow-up",
        "- Follow up with Dana (fri)",
        ("me: Follow up with Dana; by Fri 20 Nov",),
    ),
    Case(
        "deadline",
        "- Deadline: fri",
        ("text: - Deadline: fri", "offered 1: Deadline: fri"),
    ),
    Case(
        "doctors-report",
        "- Dr Marsh's report by fri",
        ("me: Dr Marsh's report; by Fri 20 Nov; who?",),
    ),
    Case("me-to-be-braver", "me: to be braver", ("me: be braver",)),
    Case(
        "me-and-priya-without-a-list",
        "me & Priya: send it by fri",
        (
            "text: me & Priya: send it by fri",
            "offered 1: me & Priya: send it by fri",
        ),
    ),
    Case(
        "the-budget-to-dana",
        "- Q3 budget to Dana by fri",
        ("me: Q3 budget to Dana; by Fri 20 Nov",),
    ),
    Case(
        "priya-needs-to-leave",
        "- Priya: I need to leave by fri",
        (
            "text: - Priya: I need to leave by fri",
            "offered 1: Priya: I need to leave by fri",
        ),
    ),
    Case(
        "a-noun-today", "- rota today", ("text: - rota today", "offered 1: rota today")
    ),
    Case(
        "priyas-leaving",
        "- Priya’s leaving on fri",
        ("text: - Priya’s leaving on fri", "offered 1: Priya’s leaving on fri"),
    ),
    Case(
        "yesterday",
        "- Priya: ring HR (yesterday)",
        ("Priya Shah: ring HR (yesterday); when?",),
    ),
    Case(
        "below-a-tilde-then-text",
        "~ about Priya\n  - tired\nShe is well.\n  - likes the rota",
        (
            "note to oneself: about Priya",
            "note to oneself: tired",
            "text: She is well.",
            "text:   - likes the rota",
            "offered 1: likes the rota",
        ),
    ),
)
