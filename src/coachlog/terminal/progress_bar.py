"""The progress bar of anything that takes long: on stderr, and only on a terminal."""

import gc
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

Item = TypeVar("Item")
# A bar that flashes up and goes is worse than none.
BAR_DELAY_SECONDS = 1.0


def track_progress(
    items: Sequence[Item],
    label: str,
    console: "Console",
    timer: Callable[[], float] = monotonic,
    *,
    draws: bool = True,
) -> Iterator[Item]:
    """Yield the items; on a terminal, with a bar beside the label once a second has passed.

    Unless it `draws`, there is no bar.

    The bar disappears after the last item.
    """
    gc.enable()  # a quick command runs without collecting garbage, but this may be a long one
    bar: Progress | None = None
    start = timer()
    try:
        for number, item in enumerate(items):
            if (
                bar is None
                and draws
                and console.is_terminal
                and timer() - start > BAR_DELAY_SECONDS
            ):
                bar = _start_progress_bar(console, label, len(items))
            if bar is not None:
                bar.update(bar.task_ids[0], completed=number)
            yield item
    finally:
        if bar is not None:
            bar.stop()


def _start_progress_bar(console: "Console", label: str, total: int) -> "Progress":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
    )
    bar.add_task(label, total=total)
    bar.start()
    return bar
