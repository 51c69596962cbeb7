"""A small app in the shell: two people, one list that grows, and a view for every kind of trouble."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from flask import Blueprint, Flask, redirect, request, url_for
from werkzeug.wrappers import Response

from core import clock
from core import staff as people
from core.database import Base, db, install_database, transaction
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Role, Staff
from core.web.access import for_role, public
from core.web.foot import FootItem
from core.web.forms import read_money, read_scan, read_text
from core.web.fragments import page_or_fragment
from core.web.once import once
from core.web.shell import MenuItem, install_shell

PINS = {"clerk": "111111", "manager": "222222", "auditor": "333333", "owner": "444444"}
NAMES = {"clerk": "Nguyễn Thị Hoa", "manager": "Trần Văn Đức", "auditor": "Lê Ánh", "owner": "Phạm Quốc Ơn"}

bp = Blueprint("tiny", __name__, template_folder="templates")


# A table of its own metadata: the shop's tables stay as they are, whichever tests run together.
NOTED = sa.Table("noted", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.Text))


class JarBroken(RuleBroken):
    message = N_("The jar of %(name)s is broken. Take another one.")


def create_tiny_app(folder: Path, *, testing: bool = True) -> Flask:
    app = Flask("tiny")
    app.config.update(SECRET_KEY="of a test", TESTING=testing, SITE_NAME="Điểm OCOP Cao Bằng")
    install_database(app, f"sqlite:///{folder / 'tiny.sqlite'}")
    install_shell(app)
    app.register_blueprint(bp)
    app.extensions["menu"] += [MenuItem("tiny.till", "Till", "F2"), MenuItem("tiny.ledger", "Ledger", "Alt+S")]
    app.extensions["foot_bar"] += [lambda: FootItem("Máy in", "ok"), lambda: FootItem("Chưa gửi", "warn"), lambda: None]
    with app.app_context():
        Base.metadata.create_all(db.engine)
        NOTED.metadata.create_all(db.engine)
        _hire()
    return app


def _hire() -> None:
    with transaction():
        for number, role in enumerate(Role, start=1):
            db.session.add(
                Staff(
                    code=f"{number:02d}",
                    name=NAMES[role.value],
                    name_salt="",
                    name_hash="",
                    role=role,
                    pin_hash=people._hash(PINS[role.value]),
                    record_seq=number,
                )
            )


def noted() -> list[str]:
    return list(db.session.scalars(sa.select(NOTED.c.text).order_by(NOTED.c.id)))


def keep(text: str) -> None:
    db.session.execute(NOTED.insert().values(text=text))


@bp.get("/")
@for_role(Role.CLERK, Role.AUDITOR)
def first() -> Response:
    return redirect(url_for("tiny.till"), 303)


@bp.get("/till")
@for_role(Role.CLERK)
def till() -> Response:
    return page_or_fragment("tiny/till.html", "tiny/_list.html", noted=noted())


@bp.post("/scans")
@for_role(Role.CLERK)
@once(again=".till")
def scan() -> None:
    code = read_scan(request.form)
    if not code.isascii() or any(c < " " and c != "\x1d" for c in code) or "\x7f" in code:
        raise JarBroken(name=code.encode("unicode_escape").decode())
    keep(code)


@bp.post("/notes")
@for_role(Role.CLERK)
@once
def note() -> Response:
    keep(read_text(request.form, "text"))
    return redirect(url_for("tiny.till"), 303)


@bp.post("/refused-notes")
@for_role(Role.CLERK)
@once
def refused_note() -> tuple[str, int]:
    keep("never kept")
    return "no", 422


@bp.post("/payments")
@for_role(Role.CLERK)
@once
def pay() -> Response:
    keep(f"paid {read_money(request.form, 'amount').dong}")
    return redirect(url_for("tiny.till"), 303)


@bp.get("/ledger")
@for_role(Role.MANAGER, Role.AUDITOR)
def ledger() -> str:
    return "ledger"


@bp.post("/ledger")
@for_role(Role.MANAGER, Role.AUDITOR)
def write_ledger() -> str:
    return "written"


@bp.get("/forgotten")
def forgotten() -> str:
    return "nobody decided who may see this"


@bp.get("/open")
@public
def opened() -> str:
    return f"open at {clock.today().year > 2000}"


@bp.get("/jar")
@public
def jar() -> str:
    raise JarBroken(name="mật ong")


@bp.get("/mistake")
@public
def mistake() -> str:
    raise ZeroDivisionError
