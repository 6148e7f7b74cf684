"""`coachlog doctor`: what is wrong with the journal, its folder and its disk, and what to do."""

import os
import sys
from typing import Annotated

from coachlog.cli.declare import Noun, Option
from coachlog.cli.options import JsonOption
from coachlog.terminal.console import Console
from coachlog.text import clean_file_name

app = Noun("doctor")


@app.command()
def doctor(
    console: Console,
    mend: Annotated[
        bool,
        Option(
            "--mend",
            help="Mend what is harmless: who can read it, leftovers, hard links, the marker.",
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Look at the journal, its folder and its disk: what is wrong, and what to do about it.

    It works whatever state the journal is in, and without --mend it changes nothing. If something
    is wrong it ends with exit code 1; what is only worth a look, or not known, is not wrong.

    Examples:
      coachlog doctor         what is wrong, and what to type
      coachlog doctor --mend  mend what is harmless
      coachlog doctor --json  for a script
    """
    from coachlog.services.checkups.scene import Outside
    from coachlog.services.doctor import examine_home, require_sound_home
    from coachlog.terminal.programs import ask_program

    outside = Outside(sys.platform, os.environ, ask_program)
    diagnoses = examine_home(console.desk, outside, mend=mend)
    home = clean_file_name(str(console.desk.home))
    if as_json:
        from coachlog import __version__

        console.print_json("findings", diagnoses, home=home, coachlog=__version__)
    else:
        from coachlog.screens.doctor import render_diagnoses

        console.print_list(render_diagnoses(diagnoses, home, console.list_width))
    # Last, so that all of it is on the screen before the command fails because of it.
    require_sound_home(diagnoses)
    if not as_json:
        console.print_remark("Nothing wrong was found.")
