-- The results that values are made of, one by one.
result_rows AS (
    SELECT
        q.indicator_id, m.code COLLATE "C" AS mission, r.id, r.period,
        r.value, r.numerator, r.denominator, r.not_applicable, r.covers
    FROM made_of w
    JOIN pairs p ON p.pair = w.pair
    JOIN questions q ON q.question = p.question
    JOIN counting r ON r.id = w.result_id
    JOIN tracker_mission m ON m.id = p.mission_id
)
SELECT * FROM result_rows ORDER BY indicator_id, mission, period
