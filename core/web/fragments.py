"""One address, two answers: the whole page, or only the part of it that changes.

htmx 4 says in `HX-Request-Type` whether it wants a part; going back in the browser's history it asks for the page
again with `HX-History-Restore-Request`, and must not be given a part then. Caches are told that both matter.
"""

from __future__ import annotations

from flask import Response, make_response, render_template, request

VARY = ("HX-Request", "HX-Request-Type", "HX-History-Restore-Request")


def wants_fragment() -> bool:
    """Whether this request is answered with a part of a page."""
    asked_by_script = request.headers.get("HX-Request") == "true"
    whole = request.headers.get("HX-Request-Type") == "full" or "HX-History-Restore-Request" in request.headers
    return asked_by_script and not whole


def page_or_fragment(page: str, fragment: str, **context: object) -> Response:
    """The page, or its part when htmx asks for a part; both templates get the same context."""
    answer = make_response(render_template(fragment if wants_fragment() else page, **context))
    answer.vary.update(VARY)
    return answer


def move_page_on(answer: Response) -> Response:
    """A redirect answered to htmx moves the whole page, as it does without a script.

    `fetch` would follow the redirect by itself and put the next page inside the present one.
    """
    if request.headers.get("HX-Request") != "true" or answer.status_code not in {301, 302, 303, 307, 308}:
        return answer
    answer.headers["HX-Redirect"] = answer.headers.pop("Location")
    answer.status_code = 200
    answer.set_data(b"")
    return answer
