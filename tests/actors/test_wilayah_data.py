"""The shipped regions and offices: complete, well written, and nobody without an office."""

import re
from collections import Counter

from coordination.actors.data import offices, regions
from coordination.actors.schools.regions import Regions


def test_the_file_holds_the_whole_country():
    assert Counter(region.level for region in regions()) == {"provinsi": 38, "kabkota": 514, "kecamatan": 7277}


def test_every_region_lies_in_one_that_comes_before_it():
    seen = set()
    for region in regions():
        assert not region.parent or region.parent in seen, region
        seen.add(region.code)


def test_names_are_written_as_they_are_shown():
    names = {region.code: region.name for region in regions()}
    assert names["32.76"] == "Kota Depok"
    assert names["32.16"] == "Kab. Bekasi"
    assert names["31"] == "DKI Jakarta"
    assert names["34"] == "DI Yogyakarta"
    assert names["31.74"] == "Kota Adm. Jakarta Selatan"
    assert not [name for name in names.values() if name != name.strip() or re.search(r"[A-Z]{5}", name)]


def test_each_province_has_its_zone_and_its_districts_share_it():
    zones = {region.code: region.zone for region in regions()}
    assert zones["32.76.01"] == "Asia/Jakarta"
    assert zones["64.71"] == "Asia/Makassar"
    assert zones["96"] == "Asia/Jayapura"
    assert all(zone == zones[code[:2]] for code, zone in zones.items())


def test_no_two_regions_are_lost_under_one_key():
    known = Regions((region.code, region.name) for region in regions())
    assert sum(map(len, known._regencies.values())) == 514
    assert sum(map(len, known._districts.values())) == 7277


def test_every_province_is_served_by_a_pmp_and_a_bgp_office():
    provinces = {region.code for region in regions() if region.level == "provinsi"}
    for units in ({"bbpmp", "bpmp"}, {"bbgp", "bgp"}):
        served = Counter(code for upt in offices()["upt"] if upt["unit"] in units for code in upt["melayani"])
        assert set(served) == provinces
        assert set(served.values()) == {1}


def test_the_list_of_offices_is_the_one_of_2023():
    units = Counter(upt["unit"] for upt in offices()["upt"])
    assert units == {"bbpmp": 5, "bpmp": 29, "bbgp": 6, "bgp": 27, "bbppmpv": 6, "bppmpv": 1}
    assert [office["unit"] for office in offices()["pusat"]] == ["bskap", "pd", "gtk"]


def test_north_kalimantan_and_the_new_papuan_provinces_are_served_by_their_neighbours():
    serves = {upt["kode"]: upt["melayani"] for upt in offices()["upt"]}
    assert serves["bgp_kaltim"] == ["64", "65"]
    assert serves["bpmp_papua"] == serves["bgp_papua"] == ["91", "93", "94", "95"]
    assert serves["bpmp_papua_barat"] == serves["bgp_papua_barat"] == ["92", "96"]


def test_codes_of_offices_are_unique_and_their_seats_exist():
    known = {region.code for region in regions()}
    everything = [*offices()["pusat"], *offices()["upt"]]
    assert max(Counter(office["kode"] for office in everything).values()) == 1
    assert all(re.fullmatch(r"[a-z0-9_]+", office["kode"]) for office in everything)
    assert all(upt["kedudukan"] in known for upt in offices()["upt"])
