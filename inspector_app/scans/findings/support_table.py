"""Until when releases of Django and Python get security fixes.

From djangoproject.com and the Python developer's guide (where they give months, the last day
stands here until the real one is known). Findings show the date of the table: a newer DJDesk knows
more.
"""

from __future__ import annotations

from datetime import date

AS_OF = date(2026, 8, 13)

Release = tuple[int, int]

DJANGO: dict[Release, date] = {
    (1, 4): date(2015, 10, 1),
    (1, 5): date(2014, 9, 2),
    (1, 6): date(2015, 4, 1),
    (1, 7): date(2015, 12, 1),
    (1, 8): date(2018, 4, 1),
    (1, 9): date(2017, 4, 4),
    (1, 10): date(2017, 12, 2),
    (1, 11): date(2020, 4, 1),
    (2, 0): date(2019, 4, 1),
    (2, 1): date(2019, 12, 2),
    (2, 2): date(2022, 4, 11),
    (3, 0): date(2021, 4, 6),
    (3, 1): date(2021, 12, 7),
    (3, 2): date(2024, 4, 1),
    (4, 0): date(2023, 4, 1),
    (4, 1): date(2023, 12, 1),
    (4, 2): date(2026, 4, 7),
    (5, 0): date(2025, 4, 2),
    (5, 1): date(2025, 12, 3),
    (5, 2): date(2028, 4, 30),
    (6, 0): date(2027, 4, 30),
    (6, 1): date(2027, 12, 31),
}
DJANGO_LTS: Release = (5, 2)

PYTHON: dict[Release, date] = {
    (2, 7): date(2020, 1, 1),
    (3, 4): date(2019, 3, 18),
    (3, 5): date(2020, 9, 30),
    (3, 6): date(2021, 12, 23),
    (3, 7): date(2023, 6, 27),
    (3, 8): date(2024, 10, 7),
    (3, 9): date(2025, 10, 31),
    (3, 10): date(2026, 10, 31),
    (3, 11): date(2027, 10, 31),
    (3, 12): date(2028, 10, 31),
    (3, 13): date(2029, 10, 31),
    (3, 14): date(2030, 10, 31),
}
