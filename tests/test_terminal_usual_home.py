"""The usual place of a journal is the one that platformdirs names, in every environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from platformdirs import user_data_path

from coachlog.terminal.usual_home import find_usual_home

FOLDERS = st.one_of(
    st.none(),
    st.sampled_from(["", " ", "/", "//", "//srv", "~", "relative", "/home/a b/", "."]),
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9
    ).map("/home/{}".format),
)


@given(data_folder=FOLDERS, user_folder=FOLDERS, android=st.booleans())
def test_the_usual_home_is_where_platformdirs_puts_it(
    data_folder: str | None, user_folder: str | None, android: bool
) -> None:
    variables = {
        "XDG_DATA_HOME": data_folder,
        "HOME": user_folder,
        "ANDROID_DATA": "/data" if android else None,
        "ANDROID_ROOT": "/system" if android else None,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            if value is None:
                patch.delenv(name, raising=False)
            else:
                patch.setenv(name, value)
        assert find_usual_home() == _ask_platformdirs()


def _ask_platformdirs() -> Path | None:
    try:
        folder = user_data_path("coachlog", appauthor=False, roaming=False)
    except RuntimeError:
        return None
    return folder if folder.is_absolute() else None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the library is asked")
def test_a_user_with_a_home_folder_does_not_wait_for_the_library(
    tmp_path: Path,
) -> None:
    code = (
        "import sys; from coachlog.terminal.usual_home import find_usual_home;"
        "print(find_usual_home()); print('platformdirs' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [f"{tmp_path}/.local/share/coachlog", "False"]
