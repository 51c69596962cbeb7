"""Localities: today's list is complete, and old places lead to today's, with the errors of the sources put right."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from datetime import date

import pytest

from config.reference import localities, old_localities
from config.reference.localities import same_name
from config.reference.table import UnknownReference
from tests.shared_cases import shared

TODAY = date(2026, 11, 22)
LANG_SON = "Lạng Sơn"


def province_id(name: str) -> str:
    (found,) = [one.id for one in localities.provinces_on(TODAY) if one.name == name]
    return found


def went_to(district: str, commune: str, province: str = LANG_SON) -> list[str]:
    (of,) = old_localities.old_districts_named(district, province)
    (old,) = old_localities.old_communes_named(commune, of.id)
    return [localities.commune(one, TODAY).full_name for one in old.now]


def test_there_are_34_provinces_and_3321_communes():
    communes = [one for each in localities.provinces_on(TODAY) for one in localities.communes_on(TODAY, each.id)]

    assert len(localities.provinces_on(TODAY)) == 34
    assert len(communes) == len({one.id for one in communes}) == 3_321
    assert Counter(one.kind for one in communes) == {"Xã": 2_611, "Phường": 697, "Đặc khu": 13}


@pytest.mark.parametrize(
    ("province", "kinds"),
    [
        (LANG_SON, {"Xã": 61, "Phường": 4}),
        ("Cao Bằng", {"Xã": 53, "Phường": 3}),
        ("Quảng Ngãi", {"Xã": 86, "Phường": 9, "Đặc khu": 1}),
        ("Đồng Nai", {"Xã": 62, "Phường": 33}),
    ],
)
def test_a_province_has_the_communes_of_its_resolution(province, kinds):
    communes = localities.communes_on(TODAY, province_id(province))

    assert Counter(one.kind for one in communes) == kinds


def test_the_list_agrees_with_the_one_collected_elsewhere():
    path = shared("data/localities_2026-07-25.csv", cases=3_321)
    with path.open(encoding="utf-8", newline="") as file:
        theirs = {
            (row["commune_code"], row["province_code"], same_name(row["full_name"])) for row in csv.DictReader(file)
        }

    provinces = {one.id: one.state_code for one in localities.provinces_on(TODAY)}
    ours = {
        (one.state_code, state_code, same_name(one.full_name))
        for each, state_code in provinces.items()
        for one in localities.communes_on(TODAY, each)
    }
    assert ours == theirs


def test_dong_nai_became_a_city_on_30_april_2026():
    dong_nai = province_id("Đồng Nai")
    (long_thanh,) = localities.communes_named("Long Thành", TODAY, "Đồng Nai")

    assert localities.province(dong_nai, date(2026, 4, 29)).full_name == "Tỉnh Đồng Nai"
    assert localities.province(dong_nai, date(2026, 4, 30)).full_name == "Thành phố Đồng Nai"
    assert localities.province(dong_nai).kind == "Thành phố"
    assert localities.address_line(long_thanh.id, date(2026, 4, 29)) == "Xã Long Thành, Tỉnh Đồng Nai"
    assert localities.address_line(long_thanh.id) == "Phường Long Thành, Thành phố Đồng Nai"


def test_nothing_of_today_was_there_before_july_2025():
    assert localities.provinces_on(date(2025, 6, 30)) == ()
    with pytest.raises(UnknownReference, match="p09 on 2025-06-30"):
        localities.province("p09", date(2025, 6, 30))


def test_ids_stay_what_they_are():
    # Journals hold these ids: a list made anew must not give them again.
    assert localities.address_line("c0704") == "Xã Chi Lăng, Tỉnh Lạng Sơn"
    assert localities.commune("c0001").full_name == "Phường Ba Đình"
    assert localities.commune("c3321").full_name == "Xã Đất Mũi"
    assert old_localities.old_commune("o02454").full_name == "Thị trấn Đồng Mỏ"
    assert old_localities.old_district("d142").full_name == "Huyện Chi Lăng"


@pytest.mark.parametrize(
    "written", ["Thụy Hùng", "Thuỵ Hùng", "xã Thuỵ Hùng", unicodedata.normalize("NFD", "Xã Thụy Hùng")]
)
def test_a_commune_is_found_however_its_tone_is_placed(written):
    (found,) = localities.communes_named(written, TODAY, "tỉnh Lạng Sơn")

    assert found.full_name == "Xã Thụy Hùng"


def test_names_that_differ_in_one_letter_stay_apart():
    found = [localities.communes_named(name, TODAY, "Quảng Ngãi") for name in ("Sơn Hà", "Sơn Hạ", "Ba Tơ", "Ba Tô")]

    assert [len(one) for one in found] == [1, 1, 1, 1]
    assert len({one[0].id for one in found}) == 4


def test_an_ambiguous_name_gives_every_place_it_may_mean():
    places = localities.communes_named("Tân Thành", TODAY)

    assert len(places) > 3
    assert len(localities.communes_named("Tân Thành", TODAY, LANG_SON)) == 1
    assert localities.communes_named("Nowhere", TODAY) == ()


@pytest.mark.parametrize(
    ("district", "commune", "now"),
    [
        ("Chi Lăng", "thị trấn Đồng Mỏ", ["Xã Chi Lăng"]),
        ("Cao Lộc", "thị trấn Cao Lộc", ["Phường Kỳ Lừa"]),  # not xã Cao Lộc
        ("Văn Lãng", "Na Sầm", ["Xã Na Sầm"]),
        ("Tràng Định", "Thất Khê", ["Xã Thất Khê"]),
        ("Bình Gia", "Hồng Phong", ["Xã Hồng Phong"]),  # one source sends part of it to Đồng Đăng
        ("Cao Lộc", "Hồng Phong", ["Xã Đồng Đăng"]),
        ("Đình Lập", "Bính Xá", ["Xã Kiên Mộc", "Xã Đình Lập"]),
        ("Đình Lập", "Kiên Mộc", ["Xã Kiên Mộc", "Xã Châu Sơn"]),
    ],
)
def test_an_old_commune_leads_to_today(district, commune, now):
    assert went_to(district, commune) == now


def test_the_two_thanh_loc_of_kien_giang_are_not_exchanged():
    assert went_to("Châu Thành", "Thạnh Lộc", "Kiên Giang") == ["Xã Thạnh Lộc"]
    assert went_to("Giồng Riềng", "Thạnh Lộc", "Kiên Giang") == ["Xã Thạnh Hưng"]


def test_a_split_commune_must_be_asked_about():
    (dinh_lap,) = old_localities.old_districts_named("huyện Đình Lập", LANG_SON)
    (binh_xa,) = old_localities.old_communes_named("Bính Xá", dinh_lap.id)

    assert binh_xa.was_split
    assert sum(one.was_split for one in old_localities.old_communes()) == 487


def test_an_old_name_means_little_without_its_district():
    hoa_binh = [
        one.district_id
        for one in old_localities.old_communes()
        if one.name == "Hòa Bình" and old_localities.old_district(one.district_id).province == LANG_SON
    ]

    assert len(set(hoa_binh)) == 4


def test_an_island_district_has_become_a_special_zone():
    (ly_son,) = old_localities.old_districts_named("Lý Sơn", "Quảng Ngãi")

    assert went_to("Lý Sơn", "Lý Sơn", "Quảng Ngãi") == ["Đặc khu Lý Sơn"]
    assert ly_son.kind == "Huyện"


def test_kon_tum_belongs_to_quang_ngai_now():
    quang_ngai = province_id("Quảng Ngãi")
    districts = {one.id for one in old_localities.old_districts() if one.province == "Kon Tum"}
    communes = [one for one in old_localities.old_communes() if one.district_id in districts]

    assert len(communes) == 102
    assert {localities.commune(now).province_id for one in communes for now in one.now} == {quang_ngai}


def test_every_old_place_leads_somewhere_and_every_place_of_today_comes_from_somewhere():
    today = {one.id for each in localities.provinces_on(TODAY) for one in localities.communes_on(TODAY, each.id)}
    districts = {one.id for one in old_localities.old_districts()}
    reached = {now for one in old_localities.old_communes() for now in one.now}

    assert reached == today
    assert {one.district_id for one in old_localities.old_communes()} == districts
    assert len({one.id for one in old_localities.old_communes()}) == len(old_localities.old_communes()) == 10_809
    assert len({one.province for one in old_localities.old_districts()}) == 63
    assert Counter(str(one.last_day) for one in old_localities.old_communes()) == {"2025-06-30": 10_040, "None": 769}


def test_a_commune_of_today_knows_its_old_places():
    (chi_lang,) = localities.communes_named("xã Chi Lăng", TODAY, LANG_SON)

    assert "Thị trấn Đồng Mỏ" in [one.full_name for one in old_localities.old_places(chi_lang.id)]


@pytest.mark.parametrize(
    "look_up",
    [
        lambda: localities.commune("c9999"),
        lambda: localities.province("p99"),
        lambda: old_localities.old_commune("o99999"),
        lambda: old_localities.old_district("d999"),
    ],
)
def test_an_unknown_id_is_named(look_up):
    with pytest.raises(UnknownReference):
        look_up()
