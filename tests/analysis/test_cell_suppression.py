"""Which cells of a sensitive indicator are hidden where the region's value and its missions' stand side by side."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analysis.cell_suppression import Hidden, Value, hide_cells
from tracker.analysis.terms import Amount

F, M, U = 1, 2, 3


def of(total: int, **cells: int) -> Value:
    ids = {"f": F, "m": M, "u": U}
    amounts = {ids[name]: Amount(value=Decimal(value)) for name, value in cells.items()}
    return Value(Amount(value=Decimal(total)), amounts)


def hidden(
    region: Value, *, whole: tuple[str, ...] = (), exclusive: bool = True, **missions: Value
) -> Hidden:
    return hide_cells(
        region,
        missions,
        exclusive=[[F, M, U]] if exclusive else [],
        below=11,
        added=list(missions),
        read_whole=whole,
    )


def test_nothing_is_hidden_where_nothing_is_small():
    found = hidden(of(100, f=60, m=40), KG=of(50, f=30, m=20), TJ=of(50, f=30, m=20))
    assert found == Hidden(missions={"KG": frozenset(), "TJ": frozenset()})


def test_a_small_cell_of_one_mission_hides_the_regions_too():
    """Of 35 women 30 are Kyrgyzstan's: the region's 35 would say that Tajikistan has 5. So that the 65 men do not
    say the same, and of Tajikistan 45 of 50, they are hidden as well.
    """
    found = hidden(of(100, f=35, m=65), KG=of(50, f=30, m=20), TJ=of(50, f=5, m=45))
    assert found.missions == {"KG": frozenset(), "TJ": {F, M}}
    assert found.region == {F, M}


def test_two_missions_with_small_cells_hide_each_other():
    """12 women are 6 and 6, or 4 and 8: nobody can tell."""
    found = hidden(
        of(312, f=112, m=200), KG=of(100, f=6, m=94), TJ=of(100, f=6, m=94), UZ=of(112, f=100, m=12)
    )
    assert found.missions == {"KG": {F, M}, "TJ": {F, M}, "UZ": frozenset()}
    assert found.region == frozenset()


def test_two_missions_with_none_are_given_away_by_a_region_that_has_all_of_it_elsewhere():
    found = hidden(of(300, f=100, m=200), KG=of(100, f=0, m=100), TJ=of(100, f=0, m=100), UZ=of(100, f=100))
    assert F in found.region


def test_what_is_hidden_of_the_region_is_not_added_up_from_its_missions():
    """The region has 8 who are unknown, so that the fewest of the others are hidden with them; their sum over the
    missions would be the same number.
    """
    found = hidden(of(100, f=30, m=62, u=8), KG=of(50, f=15, m=35), TJ=of(50, f=15, m=27, u=8))
    assert found.region == {F, U}
    assert any(F in cells for cells in found.missions.values())


def test_a_reporter_reads_her_own_mission_whole_and_works_no_other_out():
    found = hidden(of(100, f=35, m=65), whole=("KG",), KG=of(50, f=30, m=20), TJ=of(50, f=5, m=45))
    assert "KG" not in found.missions
    assert found.region == {F, M}


def test_overlapping_cells_are_hidden_by_themselves():
    found = hidden(of(100, f=5, m=90), exclusive=False, KG=of(100, f=5, m=90))
    assert found == Hidden(region=frozenset({F}), missions={"KG": frozenset({F})})


def test_a_region_that_has_one_missions_cells_hides_what_is_small():
    found = hide_cells(
        of(50, f=5, m=45),
        {"KG": of(50, f=5, m=45), "TJ": of(20, f=4, m=16)},
        exclusive=[[F, M, U]],
        below=11,
        added=(),
        read_whole=(),
    )
    assert found.region == {F, M}


counts = st.integers(0, 40)
parts = st.fixed_dictionaries({"f": counts, "m": counts}, optional={"u": counts})


@settings(max_examples=300, deadline=None)
@given(
    missions=st.lists(st.tuples(parts, counts), min_size=1, max_size=5),
    whole=st.booleans(),
)
def test_no_cell_is_the_only_one_that_is_left_out(missions: list[tuple[dict[str, int], int]], whole: bool):
    """Neither among a value's own cells, nor among the missions' and the region's."""
    values = {
        f"M{place}": of(sum(cells.values()) + rest, **cells) for place, (cells, rest) in enumerate(missions)
    }
    sums = {
        name: sum(cells.get(name, 0) for cells, _rest in missions)
        for name in ("f", "m", "u")
        if any(name in cells for cells, _rest in missions)
    }
    region = of(sum(sums.values()) + sum(rest for _cells, rest in missions), **sums)
    own = ("M0",) if whole else ()
    found = hide_cells(region, values, exclusive=[[F, M, U]], below=11, added=list(values), read_whole=own)
    for code, value in values.items():
        small = {
            cell for cell, amount in value.cells.items() if amount.value is not None and amount.value < 11
        }
        assert code in own or small <= found.missions[code]
    for cell in region.cells:
        of_missions = [
            code
            for code, value in values.items()
            if cell in value.cells and cell in found.missions.get(code, ())
        ]
        if cell in found.region:
            others = [code for code, value in values.items() if code not in own and cell in value.cells]
            assert of_missions or not others
        else:
            assert len(of_missions) != 1
