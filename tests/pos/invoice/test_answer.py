import pytest

from pos.invoice.answer import LARGEST_ANSWER, Unreadable, Verdict, read_answer
from tests.pos.invoice.fake_provider import answer_of
from tests.pos.invoice.test_message import DAY, ENVELOPE

ABOUT = ENVELOPE.message_id
NAMED = (
    "<LHDMTTien><DSHDon><HDon><KHMSHDon>1</KHMSHDon><KHHDon>C26MAA</KHHDon><SHDon>{number}</SHDon><DSLDo><LDo>"
    "<MLoi>10003</MLoi><MTLoi>Mã số thuế người mua không tồn tại</MTLoi></LDo></DSLDo></HDon></DSHDon></LHDMTTien>"
)
TECHNICAL = "<DSLDo><LDo><MLoi>9</MLoi><MTa>Sai chữ ký</MTa></LDo></DSLDo>"
BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("content", "verdict", "refused", "reason"),
    [
        (answer_of(ABOUT), Verdict.VALID, {}, ""),
        (answer_of(ABOUT, kind="999"), Verdict.RECEIVED, {}, ""),
        (
            answer_of(ABOUT, kind="999", valid=False, refused=TECHNICAL),
            Verdict.REFUSED, {}, "9; Sai chữ ký",
        ),
        (
            answer_of(ABOUT, valid=False, refused=NAMED.format(number="00000007")), Verdict.REFUSED,
            {("1", "C26MAA", "7"): "10003; Mã số thuế người mua không tồn tại"},
            "10003; Mã số thuế người mua không tồn tại",
        ),
        (answer_of(ABOUT, valid=False, refused="<Ten>Kết quả</Ten>"), Verdict.REFUSED, {}, "Kết quả"),
    ],
)  # fmt: skip
def test_what_the_tax_office_says(content, verdict, refused, reason):
    answer = read_answer(content, DAY)

    assert (answer.message_id, answer.verdict, answer.refused, answer.reason) == (ABOUT, verdict, refused, reason)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not well-formed"),
        (b"<html>Login</html>", "no message"),
        (b"\x00\xff\xfe", "not well-formed"),
        (b"<TDiep>" + b" " * LARGEST_ANSWER + b"</TDiep>", "too many"),
        (BOMB.encode() + answer_of(ABOUT), "document type"),
        (BOMB.encode() + b"<TDiep><TTChung><MTDTChieu>&c;</MTDTChieu></TTChung></TDiep>", "document type"),
        (b"<TDiep>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</TDiep>", "not well-formed"),
        (answer_of(ABOUT, kind="206"), "is no answer"),
        (answer_of("K1"), "names no message"),
        (answer_of(ABOUT).replace(b"DLTBao", b"X"), "no result"),
    ],
)
def test_what_is_no_answer_is_not_believed(content, why):
    with pytest.raises(Unreadable, match=why):
        read_answer(content, DAY)


def test_a_reason_is_cut_and_cleaned():
    long = f"<DSLDo><LDo><MTLoi>{'dài ' * 400}</MTLoi></LDo></DSLDo>"

    answer = read_answer(answer_of(ABOUT, valid=False, refused=long), DAY)

    assert len(answer.reason) <= 400
