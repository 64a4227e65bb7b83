"""What the numbers mean: how an indicator stands, for a mission and for a region.

The readable truth behind every figure shown. Pure: no database, no words for people (only codes such as
"on_track"), nothing rounded; rounding happens once, where a number is shown. It reads in this order: `questions`
(when an indicator is judged), `aggregates`, `over_periods`, `trajectories`, `status`, `missions`, `over_missions`,
`regions`, and `standing`, which is all of that for one indicator; `flows` is what is shown of a flow beside it.

X is the value, B the baseline, E the level expected by now, G the final target, J the period of judgement.
A percentage is a fraction (0.25 is 25 %), with numerator and denominator where they are known; a stage is its
place on its scale; yes is 1 and no 0. `None` is "nothing", never 0. A period is an ordinal: year * 4 +
quarter - 1 (`periods.py`). What goes in and comes out is in `terms.py`.

Decided here, where the rules leave room:

1.  A period is within an assignment's dates if any day of it is.
2.  An assignment that ended before J is judged at the period that holds its last day, due or not (rule
    `year`: at the latest Q4 up to it, so that part of a year is never set against a year); E is read on its
    last day, or at the end of that Q4. Staleness and "not applicable" are seen from there.
3.  Periods before the strategy's first day do not exist: nothing is judged there, and no result lies there.
4.  A target due on or before `start` is refused at entry; one that becomes so (a corrected date) is ignored.
5.  Before `start` the trajectory lies at B. The date of an unknown baseline counts for nothing.
6.  `start` of a region's own trajectory: the strategy's first day, or the date of the regional baseline where
    that is B (a flow's under a count rule too). Where B is made from the missions' baselines, their dates do
    not count.
7.  In the region a mission to which the indicator does not apply at J is as good as not assigned: neither its
    baseline, nor its target, nor its place in the half counts.
8.  A percentage known only as such is no data where a region adds numerators: not for its value or its half.
9.  "The assigned missions" of the half are those of the value's kind: for a flow, the ended ones too.
10. A regional baseline made from no mission at all is unknown (a count's is 0).
11. A baseline of 0 of 0 is unknown. A result of n > 0 of 0 is refused at entry; it would be no value.
12. "Not applicable" speaks only under the rule `latest` and only at J; elsewhere the period has no value.
13. Before the first J a region is `not_due` if it or any mission has a target, else `no_target`; under
    `maximum` and `minimum` the missions' targets do not count for that.
14. A regional target of 0 is no target for a flow under a count rule either; the missions' are then taken.
15. "Reported" of a due period means a value or "not applicable" that lies in it or covers it.
"""
