"""Are the photos and papers that the books name there, and what they were?"""

from collections.abc import Iterator
from itertools import islice

from core.file_store import FileFace, FileStore, Standing
from core.i18n import gettext, ngettext
from pos.backups.file_copies import faces_in
from pos.doctor.doctor import Finding, Patient, bad, ok

NEWEST = 300
"""So many are read through; of the others the length is looked at. `shop verify` reads all of them."""
_MOST_NAMED = 5


def files_are_whole(patient: Patient) -> Iterator[Finding]:
    """Each file that is missing or altered by its name, a few of many."""
    if not patient.folder.holds_a_shop:
        return
    faces = faces_in(patient.folder.database)
    found = list(islice(_broken(FileStore(patient.folder.files), faces), _MOST_NAMED))
    for face, standing in found:
        said = (
            gettext("The attached file %(file)s is missing.", file=face.path)
            if standing is Standing.MISSING
            else gettext("The attached file %(file)s is not what it was.", file=face.path)
        )
        yield bad(said, gettext("Type: shop files mend. It brings them back from the second place."))
    if faces and not found:
        yield ok(ngettext("%(num)d attached file is whole.", "%(num)d attached files are whole.", len(faces)))


def _broken(store: FileStore, faces: list[FileFace]) -> Iterator[tuple[FileFace, Standing]]:
    yield from store.trouble(faces[:NEWEST])
    for face in faces[NEWEST:]:
        if not store.is_there(face):
            yield face, Standing.ALTERED if store.path_of(face).exists() else Standing.MISSING
