"""The screen that greets a new owner, as plain text: it has to appear at once."""

WELCOME = """\
Welcome to coachlog, a journal for coaching conversations.

After your next 1:1, type:

  coachlog log NAME          one box, as in a notes file
  coachlog session new       step by step, with questions to choose from

Home from a course, to write down the one thing that you will do:

  coachlog session new -t first-plan --tag course

It records what each of you promised, and brings it back next time. What you
write stays in one file on this computer. Marking an answer private keeps it out
of plans and exports; the person it is about can still ask to see it.

  coachlog template list     the conversations to choose from
  coachlog --help            everything else
"""
