"""Parts of a page that change with nothing but a few facts: drawn once for each, and the same words again afterwards.

The row of keys under a basket is such a part. Drawing it anew takes a tenth of what a customer waits for at each press.
Its template may use what it is given, the language and addresses, and nothing of the request.
"""

from flask import current_app, render_template
from markupsafe import Markup

from core.i18n import current_language

_DRAWN = "fixed_parts"


def fixed_part(template: str, **facts: bool) -> Markup:
    """The template drawn with these facts, in the language of the screen."""
    drawn: dict[object, Markup] = current_app.extensions.setdefault(_DRAWN, {})
    key = template, current_language(), tuple(sorted(facts.items()))
    if key not in drawn:
        drawn[key] = Markup(render_template(template, **facts))  # noqa: S704  # nosec B704 (our own template)
    return drawn[key]
