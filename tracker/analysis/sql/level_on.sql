-- The level of the line l on a day: from (start, baseline) through the targets, by days, flat after; for stages in
-- steps. The first l.skipped targets lie at or before its start. Null without a target, or where B is unknown.
SELECT CASE
    WHEN l.baseline IS NULL OR n.passed IS NULL OR l.skipped = cardinality(l.dues) THEN NULL
    WHEN n.passed = cardinality(l.dues) THEN l.levels[n.passed]
    WHEN l.in_steps OR ${day} <= f.since THEN f.level
    ELSE f.level + round((l.levels[n.passed + 1] - f.level) * (${day} - f.since), 40) / (l.dues[n.passed + 1] - f.since)
END
FROM (SELECT width_bucket(${day}, l.dues) AS passed) AS n
CROSS JOIN LATERAL (
    SELECT
        CASE WHEN n.passed > l.skipped THEN l.dues[n.passed] ELSE l.start END AS since,
        CASE WHEN n.passed > l.skipped THEN l.levels[n.passed] ELSE l.baseline END AS level
) AS f
