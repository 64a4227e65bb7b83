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
