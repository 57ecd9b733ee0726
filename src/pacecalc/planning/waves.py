"""Start waves by name."""

from __future__ import annotations

from pacecalc.errors import UsageError
from pacecalc.planning.course import Course, Wave


def find_wave(course: Course, name: str) -> Wave:
    """The start wave of that name; its number alone will do.

    Raises
    ------
    UsageError
        When the course has no such wave; those it has are named.
    """
    if not course.waves:
        raise UsageError(
            f'the profile of {course.id} knows no start waves; give --start-delay instead of wave "{name}"'
        )
    folded = [wave.name.casefold() for wave in course.waves]
    wanted = name.strip().casefold()
    fitting = [i for i, known in enumerate(folded) if known == wanted]
    fitting = fitting or [i for i, known in enumerate(folded) if wanted and wanted in known.split()]
    if len(fitting) == 1:
        return course.waves[fitting[0]]
    names = ", ".join(wave.name for wave in course.waves)
    raise UsageError(f'no start wave called "{name}"; waves are: {names}')
