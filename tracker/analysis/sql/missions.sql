-- The trajectory of each pair: (start, baseline), then the targets after the first `skipped`.
mission_lines AS MATERIALIZED (
    SELECT
        p.*, q.is_flow, q.is_stage AS in_steps,
        d.baseline, d.start, w.dues, w.levels, width_bucket(d.start, w.dues) AS skipped,
        b.numerator AS baseline_numerator, b.denominator AS baseline_denominator
    FROM pairs p
    JOIN questions q ON q.question = p.question
    LEFT JOIN baselines b ON b.indicator_id = p.indicator_id AND b.mission_id = p.mission_id
    LEFT JOIN plans w ON w.indicator_id = p.indicator_id AND w.mission_id = p.mission_id
    CROSS JOIN LATERAL (
        SELECT
            CASE WHEN q.is_flow THEN 0 ELSE b.level END AS baseline,
            greatest(p.begins_on, CASE WHEN NOT q.is_flow THEN b.date END) AS start
    ) AS d
),
-- The final target: where an assignment has ended, its line ends with it.
mission_targets AS MATERIALIZED (
    SELECT
        l.*,
        CASE f.is_last WHEN 'recorded' THEN l.levels[f.kept] WHEN 'at the end' THEN on_end.level END AS target,
        CASE f.is_last WHEN 'recorded' THEN l.dues[f.kept] WHEN 'at the end' THEN l.active_to END AS target_due
    FROM mission_lines l
    CROSS JOIN LATERAL (
        SELECT
            CASE l.phase WHEN 'ended' THEN width_bucket(l.active_to, l.dues) ELSE cardinality(l.dues) END AS kept
    ) AS k
    CROSS JOIN LATERAL (
        SELECT
            k.kept,
            CASE
                WHEN l.skipped = cardinality(l.dues) THEN 'none'
                WHEN k.kept < cardinality(l.dues) AND NOT l.in_steps AND l.baseline IS NOT NULL
                    AND l.active_to > l.start THEN 'at the end'
                WHEN k.kept > l.skipped THEN 'recorded'
            END AS is_last
    ) AS f
    CROSS JOIN LATERAL (${level_on_end}) AS on_end (level)
),
-- Each pair before it is judged; figures are null where it has no J. has_line: it has, or will have, a target.
missions AS MATERIALIZED (
    SELECT
        l.pair, l.question, l.mission_id, l.phase, l.judged, l.judged_on, d.has_line,
        coalesce(k.not_applicable, false) AS not_applicable,
        CASE WHEN d.is_fresh THEN d.level END AS value,
        CASE WHEN d.is_fresh THEN k.numerator END AS numerator,
        CASE WHEN d.is_fresh THEN k.denominator END AS denominator,
        CASE WHEN d.is_stale THEN d.level END AS stale_value,
        CASE WHEN d.is_stale THEN k.latest_period END AS stale_period,
        CASE WHEN l.judged IS NOT NULL THEN l.baseline END AS baseline,
        CASE WHEN l.judged IS NOT NULL THEN l.baseline_numerator END AS baseline_numerator,
        CASE WHEN l.judged IS NOT NULL THEN l.baseline_denominator END AS baseline_denominator,
        CASE WHEN l.judged IS NOT NULL AND d.has_line THEN on_day.level END AS expected,
        CASE WHEN l.judged IS NOT NULL AND d.has_line THEN l.target END AS target,
        CASE WHEN l.judged IS NOT NULL AND d.has_line THEN l.target_due END AS target_due
    FROM mission_targets l
    LEFT JOIN known k ON k.pair = l.pair
    CROSS JOIN LATERAL (
        SELECT
            -- A flow whose final target is 0 plans nothing.
            l.target IS NOT NULL AND NOT (l.is_flow AND abs(l.target) <= 1e-20) AS has_line,
            coalesce(k.value, round(k.numerator, 40) / k.denominator) AS level,
            NOT k.is_stale AND NOT k.not_applicable AS is_fresh,
            k.is_stale AND NOT k.not_applicable AS is_stale
    ) AS d
    CROSS JOIN LATERAL (${level_on_judged}) AS on_day (level)
)
