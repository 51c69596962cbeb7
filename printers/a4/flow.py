"""Where the parts of a paper go: from the top of a page down, over as many pages as they need."""

from collections.abc import Callable
from dataclasses import dataclass, field

from printers.a4.letters import Letters
from printers.a4.page import Area, Line, Page, points
from printers.blocks import Align

PAPER_MM = (210, 297)
LEFT_MM, RIGHT_MM, TOP_MM, FOOT_MM = 20, 15, 14, 20
BODY, SMALL, STRONG = Letters(9.5), Letters(8), Letters(9.5, bold=True)
SHARES = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}


@dataclass(slots=True)
class Flow:
    """The pages so far and where on the last one the paper goes on; `on_new_page` sets what stands at its top."""

    landscape: bool
    on_new_page: Callable[["Flow"], None]
    pages: list[Page] = field(default_factory=list)
    top: float = 0

    def __post_init__(self) -> None:
        self._open()

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def left(self) -> float:
        """Left edge of what is printed."""
        return points(LEFT_MM)

    @property
    def width(self) -> float:
        """Width of what is printed."""
        return self.page.width - points(LEFT_MM + RIGHT_MM)

    @property
    def bottom(self) -> float:
        """How far down parts may reach; the foot of the page stands under it."""
        return self.page.height - points(FOOT_MM)

    @property
    def left_over(self) -> float:
        """How much of the page is free."""
        return self.bottom - self.top

    def new_page(self) -> None:
        """Go on at the top of a fresh page."""
        self._open()
        self.on_new_page(self)

    def need(self, height: float) -> None:
        """Go on on a fresh page unless so much is free; what is higher than any page begins where it is."""
        if height > self.left_over and height <= self.bottom - points(TOP_MM) and self.top > self.page_start:
            self.new_page()

    @property
    def page_start(self) -> float:
        """Where parts begin on a page."""
        return points(TOP_MM)

    def feed(self, height: float) -> None:
        """Leave white."""
        self.top += height

    def line(self, heavy: float = 0.5) -> None:
        """A line across the paper."""
        self.page.marks.append(Line(self.left, self.top, self.left + self.width, self.top, heavy))

    def area(self, height: float, *, grey: float) -> None:
        """A grey area across the paper, from here down; the paper does not grow by it."""
        self.page.marks.append(Area(self.left, self.top, self.width, height, grey))

    def text(self, text: str, letters: Letters = BODY, align: Align = Align.LEFT) -> None:
        """A paragraph; it may go on on the next page."""
        for words in letters.wrap(text, self.width):
            self.need(letters.line_height)
            base = self.top + letters.base_line
            self.page.words(self.left, base, letters, words, room=self.width, share=SHARES[align])
            self.feed(letters.line_height)

    def _open(self) -> None:
        wide, high = (points(side) for side in (reversed(PAPER_MM) if self.landscape else PAPER_MM))
        self.pages.append(Page(wide, high))
        self.top = self.page_start
