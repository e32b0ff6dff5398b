"""A report as lines of plain, aligned text: counts beside percentages, intervals beside figures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from retrieval.measuring.measures import Estimate, Share
from retrieval.measuring.report import ANSWERED_SHARE, FALSE_SHARE, RANKS, Report, Separation

LABEL_CHARS = 40
INTERVALS = "Intervals at 95 %: Wilson for counts, Newcombe for areas, else bootstrap."


def report_lines(report: Report) -> Iterator[str]:
    """Yield every figure of a report."""
    yield (
        f"{len(report.outcomes)} questions: {len(report.answerable)} answerable, "
        f"{len(report.unanswerable)} not. {INTERVALS}"
    )
    yield from chain(_ranking_lines(report), _kind_lines(report))
    yield from chain(_separation_lines(report), _calibration_lines(report))
    yield from chain(_shipped_lines(report), _quote_lines(report))


def _ranking_lines(report: Report) -> Iterator[str]:
    yield from ("", "Silence off (answerable questions)")
    for k in RANKS:
        yield _line(f"hit@{k}", report.hit(k))
    for k in RANKS:
        yield _line(f"passage@{k}", report.passage_hit(k))


def _kind_lines(report: Report) -> Iterator[str]:
    heads = "".join(f"{name}@{k}".rjust(11) for name in ("hit", "pass.") for k in RANKS)
    yield from ("", f"{'By type of question, silence off':<{LABEL_CHARS}}{'n':>7}{heads}")
    for kind, part in report.by_kind().items():
        counts = [part.hit(k) for k in RANKS] + [part.passage_hit(k) for k in RANKS]
        cells = "".join(f"{share.count:>5} {share.value:>5.0%}" for share in counts)
        yield f"  {kind:<{LABEL_CHARS - 2}}{len(part.outcomes):>7}{cells}"


def _separation_lines(report: Report) -> Iterator[str]:
    sides = (
        ("unanswerable questions", report.separation()),
        ("questions whose answer is hidden", report.hidden_separation()),
    )
    for others, separation in sides:
        if separation is not None:
            yield from ("", f"Confidence: answerable questions against {others}")
            yield from _sides_lines(separation)


def _sides_lines(separation: Separation) -> Iterator[str]:
    yield _line("area under the ROC curve", separation.area, ".3f")
    yield _line(f"answered at {FALSE_SHARE:.0%} false answers", separation.answered, ".1%")
    yield _line(f"silence while {ANSWERED_SHARE:.0%} are answered", separation.silent, ".1%")


def _calibration_lines(report: Report) -> Iterator[str]:
    error = report.calibration()
    if error is None:
        return
    yield from ("", f"{'Confidence, and how often it is right':<{LABEL_CHARS}}   mean")
    for part in report.reliability():
        span = f"from {part.low:.0%} to {part.high:.0%}"
        yield f"  {span:<{LABEL_CHARS - 2}}{part.mean_confidence:>7.1%}{part.right}"
    yield _line("expected calibration error", error, ".3f")


def _shipped_lines(report: Report) -> Iterator[str]:
    yield from ("", "At the shipped threshold (silence is a miss)")
    yield _line("answerable answered", report.answered())
    yield _line("unanswerable met with silence", report.silent())
    if report.hidden:
        yield _line("answer hidden, met with silence", report.hidden_silent())
    for k in RANKS:
        yield _line(f"hit@{k}", report.shipped_hit(k))
    yield _line("quotes neither gold nor tolerated", report.wrong())
    yield _line("processor time a question, median", report.cpu_ms(), ".1f", " ms")


def _quote_lines(report: Report) -> Iterator[str]:
    yield from ("", "Quotes of both runs")
    yield _line("verbatim, with the right hash", report.verbatim())
    yield _line("captions, labelled as such", report.labelled_captions())
    yield _line("captions, not labelled", report.unlabelled_captions())
    yield _line("headings, credits, bylines and such", report.other_kinds())
    yield _line("answers that show the same words twice", report.repeated())
    yield _line("mean length of a quote", report.quote_chars(), ".0f", " characters")


def _line(label: str, figure: Share | Estimate | None, pattern: str = "", unit: str = "") -> str:
    if figure is None:
        shown = "none to count"
    elif isinstance(figure, Share):
        shown = str(figure)
    else:
        shown = f"{'':>15}{figure.show(pattern, unit)}"
    return f"  {label:<{LABEL_CHARS - 2}}{shown}"
