"""A handful of dated news articles of our own, from several publishers, for whole questions."""

from __future__ import annotations

from datetime import date

from tests.stories import Story, make_story

BREAKWATER = """\
The town of Ostrel will spend 40 million crowns on a new breakwater, mayor Dagny Holt said on \
Tuesday. Work is to start in September at the northern pier.

The old breakwater was built in 1901 and has been repaired eleven times. Engineers found last \
winter that the sea had hollowed out its foundations.

Three companies want to build the new one: Brandt Marine, the Skarre Group and Nordhavn Works. \
The council will choose between them in June.

A breakwater is a wall in the sea that shelters a harbour from waves.

“We have waited for this since the storm,” Holt told reporters. “Nobody wants to see boats on \
the market square again.”
"""
STORM_FIRST = """\
The storm wrecked seven ships at Ostrel on Sunday night, the coastguard said.

Nobody was killed. Two sailors were taken to the hospital in Lindmark with broken bones.

The storm reached wind speeds of 140 kilometres an hour, the weather service reported.
"""
STORM_LATER = """\
The storm wrecked nine ships at Ostrel, the harbour office said on Monday after a new count.

Power was out in 3,200 homes, because a falling mast had cut the cable to the island.

The harbour master, Jorun Vik, asked owners to move their wrecks before May.
"""
TICKETS = """\
The consumer council accused Lindmark Lines on Friday of defrauding pupils on its ferries for two \
years. Some 1,800 pupils paid the full fare although they were owed a discount.

A ticket to the island costs 90 crowns, and half of that for pupils.

Lindmark Lines denied that it had cheated anybody. “Every pupil got the discount,” its spokesman \
Per Aune said.

The consumer council is a public office that helps buyers against sellers.
"""
BAKERY = """\
The baker Sigrid Moen has won the Golden Loaf, the highest prize for bread in the country.

Moen, 34, opened her bakery in Lindmark in 2016 with a loan from her aunt. Her rye bread is baked \
with seaweed.

The jury praised “a crust that sings”. The prize comes with 50,000 crowns.
"""
SCHOOL = """\
The school of Lindmark closed on Wednesday because mould was found in its gym.

Pupils will be taught in the library until the walls are dry, head teacher Ola Berg wrote to \
parents.

The mould spread after the storm, when rain came through the roof.
"""
LIBRARY = """\
The librarian Tove Strand accused the Ostrel council of concealing a report about the library’s \
roof.

The report says that the roof of the library could fall in heavy snow.
"""


def list_articles() -> list[Story]:
    """Return the articles; their ids tell what they are about."""
    gazette, post = "The Ostrel Gazette", "Lindmark Post"
    return [
        make_story(
            BREAKWATER,
            "breakwater",
            title="Ostrel to build a new breakwater",
            publisher=gazette,
            published=date(2024, 4, 9),
        ),
        make_story(
            STORM_FIRST,
            "storm-first",
            title="Ships wrecked in storm",
            publisher=post,
            published=date(2024, 2, 5),
        ),
        make_story(
            STORM_LATER,
            "storm-later",
            title="More wrecks than thought",
            publisher=gazette,
            published=date(2024, 2, 13),
        ),
        make_story(
            TICKETS,
            "tickets",
            title="Pupils paid too much on ferries",
            publisher=post,
            published=date(2024, 3, 1),
        ),
        make_story(
            BAKERY,
            "bakery",
            title="Golden Loaf goes to Lindmark",
            publisher=post,
            published=date(2023, 11, 20),
        ),
        make_story(
            SCHOOL,
            "school",
            title="School closed by mould",
            publisher=post,
            published=date(2024, 2, 21),
        ),
        make_story(
            LIBRARY,
            "library",
            title="Library roof in doubt",
            publisher=gazette,
            published=date(2024, 1, 15),
        ),
    ]
