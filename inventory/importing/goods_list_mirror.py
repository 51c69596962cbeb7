"""What the journal tells of lists of goods that were entered, and of those that were taken back."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.importing.goods_list import GoodsList, GoodsListBack

REPLAY = Replay()

REPLAY.mirror(
    Mirror(
        "goods_lists",
        select(
            GoodsList.number.label("no"),
            GoodsList.file_name.label("file"),
            GoodsList.day,
            GoodsList.entered.label("rows"),
            GoodsList.first_seq.label("first"),
            GoodsList.last_seq.label("last"),
            GoodsList.staff_code.label("usr"),
            GoodsList.record_seq,
        ),
        key=("no",),
    )
)
REPLAY.mirror(
    Mirror(
        "goods_lists_back",
        select(
            GoodsListBack.list_number.label("no"),
            GoodsListBack.day,
            GoodsListBack.reason,
            GoodsListBack.staff_code.label("usr"),
            GoodsListBack.record_seq,
        ),
        key=("no",),
    )
)


@REPLAY.kind(Kind.GOODS_LIST)
def _list(record: Replayed) -> Iterator[Told]:
    told = {name: value for name, value in record.body.items() if name != "act"} | {"usr": record.usr}
    yield ("goods_lists_back" if record.body.get("act") == "taken_back" else "goods_lists"), told
