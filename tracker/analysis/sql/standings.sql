-- How each mission and each group (mission_id is null) stands. A status that is known before X is looked at comes
-- with the row; the rest is judged here, of both alike. Of a count more is better whatever the direction.
stands AS MATERIALIZED (
    SELECT
        question, NULL AS subregion, mission_id, phase, judged, judged_on, value,
        CASE WHEN target IS NOT NULL THEN value END AS compared_value,
        baseline, expected, target, target_due,
        numerator, denominator, baseline_numerator, baseline_denominator, not_applicable, stale_value, stale_period,
        CASE
            WHEN judged IS NULL THEN CASE WHEN has_line THEN 'not_due' ELSE 'no_target' END
            WHEN target IS NULL THEN 'no_target'
            WHEN not_applicable THEN 'not_applicable'
        END AS status
    FROM missions
    WHERE %(with_missions)s
    UNION ALL
    SELECT
        question, subregion, NULL, NULL, judged, judged_on, value,
        compared_value,
        baseline, expected, target, target_due,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        status
    FROM regions
)
SELECT
    q.indicator_id, q.code, q.judged, CASE WHEN t.subregion = '' THEN q.periods END, t.subregion, m.id, m.code,
    coalesce(t.status, CASE
        WHEN t.compared_value IS NULL OR t.target IS NULL THEN 'no_data'
        WHEN j.is_reached THEN 'achieved'
        WHEN t.baseline IS NULL OR t.expected IS NULL THEN 'no_baseline'
        WHEN abs(j.planned) <= 1e-20 THEN 'off_track'
        WHEN p.pace IS NULL THEN CASE
            WHEN CASE WHEN j.planned > 0 THEN j.moved ELSE -j.moved END + s.early_share * abs(j.planned) >= -1e-20
            THEN 'not_due' ELSE 'off_track'
        END
        WHEN p.pace - s.on_track_from >= -1e-20 THEN 'on_track'
        WHEN p.pace - s.at_risk_from >= -1e-20 THEN 'at_risk'
        ELSE 'off_track'
    END) AS status,
    trim_scale(t.value) AS value,
    trim_scale(t.compared_value) AS compared_value,
    trim_scale(t.baseline) AS baseline,
    trim_scale(t.expected) AS expected,
    trim_scale(t.target) AS target,
    t.target_due,
    trim_scale(CASE WHEN abs(j.planned) > 1e-20 THEN round(j.moved, 40) / j.planned END) AS attainment,
    trim_scale(p.pace) AS pace,
    t.judged, t.judged_on, t.phase,
    trim_scale(t.numerator), trim_scale(t.denominator),
    trim_scale(t.baseline_numerator), trim_scale(t.baseline_denominator),
    t.not_applicable, trim_scale(t.stale_value), t.stale_period,
    r.basis, c.kind, c.in_value, c.counted, c.at_baseline, c.left_out, c.not_applicable, c.stale, c.percentage_only,
    c.baseline_unknown
FROM stands t
JOIN questions q ON q.question = t.question
JOIN tracker_strategy s ON s.id = %(strategy)s
LEFT JOIN tracker_mission m ON m.id = t.mission_id
LEFT JOIN regions r ON r.question = t.question AND r.subregion = t.subregion
LEFT JOIN coverages c ON c.question = t.question AND c.subregion = t.subregion
CROSS JOIN LATERAL (
    SELECT CASE WHEN t.mission_id IS NULL AND q.counts_missions THEN 'increase' ELSE q.direction END AS direction
) AS w
CROSS JOIN LATERAL (
    SELECT
        t.compared_value - t.baseline AS moved,
        t.target - t.baseline AS planned,
        t.expected - t.baseline AS due,
        ${reached} AS is_reached
) AS j
CROSS JOIN LATERAL (
    SELECT CASE
        -- Too early to judge, or expected on the other side of B from the final target.
        WHEN abs(j.planned) <= 1e-20 OR abs(j.due) <= 1e-20 OR j.due * j.planned < 0
            OR abs(j.due) - s.early_share * abs(j.planned) < -1e-20 THEN NULL
        ELSE round(j.moved, 40) / j.due
    END AS pace
) AS p
ORDER BY t.question, m.code COLLATE "C", t.subregion DESC
