-- What every mission's flow came to and how much of it was due, and the region's.
due AS MATERIALIZED (
    SELECT
        p.pair, p.question, p.mission_id, q.indicator_id, q.mission_rule = 'sum' AS is_added,
        coalesce((p.judged + 1) / q.period_step - p.first_period / q.period_step, 0) AS due,
        coalesce(
            (p.judged + 1) / q.period_step - greatest(p.first_period, p.judged / 4 * 4) / q.period_step, 0
        ) AS due_in_year,
        CASE WHEN p.judged / 4 = q.judged / 4
            THEN (p.judged + 1) / q.period_step - greatest(p.first_period, q.judged / 4 * 4) / q.period_step
            ELSE 0
        END AS region_due_in_year
    FROM pairs p
    JOIN questions q ON q.question = p.question
    WHERE q.is_flow
)
SELECT
    d.indicator_id, m.code COLLATE "C",
    trim_scale(f.in_period), trim_scale(f.in_year), trim_scale(f.to_date),
    coalesce(f.reported, 0), d.due, coalesce(f.reported_in_year, 0), d.due_in_year
FROM due d
JOIN tracker_mission m ON m.id = d.mission_id
LEFT JOIN flows f ON f.pair = d.pair
UNION ALL
SELECT
    d.indicator_id, NULL,
    trim_scale(sum(f.region_in_period) FILTER (WHERE d.is_added)),
    trim_scale(sum(f.region_in_year) FILTER (WHERE d.is_added)),
    trim_scale(sum(f.to_date) FILTER (WHERE d.is_added)),
    coalesce(sum(f.reported), 0)::int, sum(d.due)::int,
    coalesce(sum(f.region_reported_in_year), 0)::int, sum(d.region_due_in_year)::int
FROM due d
LEFT JOIN flows f ON f.pair = d.pair
GROUP BY d.indicator_id
ORDER BY 1, 2
