import stat

import pytest

from pos.data_folder import DataFolder, NoShopHere


def test_the_cookie_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    folder = DataFolder(tmp_path)

    first = folder.read_secret()

    assert len(first) == 64
    assert folder.read_secret() == first
    assert stat.S_IMODE(folder.secret_key.stat().st_mode) == 0o600


def test_two_shops_have_two_secrets(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert DataFolder(tmp_path / "a").read_secret() != DataFolder(tmp_path / "b").read_secret()


def test_a_folder_without_a_shop_says_how_to_make_one(tmp_path):
    with pytest.raises(NoShopHere, match=r"--data .* demo"):
        DataFolder(tmp_path).need_shop()
