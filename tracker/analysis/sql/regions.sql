-- The groups of missions that stand together: all that were asked about, as "", and maybe each subregion.
groups AS MATERIALIZED (
    SELECT '' AS subregion
    UNION
    SELECT c.subregion FROM tracker_country c WHERE %(with_subregions)s
),
grouped AS MATERIALIZED (
    SELECT g.subregion, m.id AS mission_id
    FROM groups g
    JOIN tracker_mission m ON true
    LEFT JOIN tracker_country c ON c.id = m.country_id
    WHERE g.subregion = '' OR g.subregion = c.subregion
),
-- Each mission as its region takes it. A member is of the value's kind (assigned at J; of a flow the ended too) and
-- the indicator applies to it. is_planned: it has what a comparison over the missions' own targets needs.
members AS MATERIALIZED (
    SELECT
        m.*, k.is_kind, k.reports, k.level,
        k.is_kind AND NOT m.not_applicable AS is_member,
        k.is_kind AND NOT m.not_applicable AND k.has_target AS has_target,
        k.is_kind AND NOT m.not_applicable AND k.has_target
            AND (q.counts_missions OR m.baseline IS NOT NULL) AS is_planned,
        m.phase = 'not_begun' AND m.has_line AND NOT q.takes_one AS is_to_come,
        CASE WHEN q.adds_parts THEN m.denominator ELSE 1 END AS weight,
        ${weighed_value} AS weighed_value,
        ${weighed_level} AS weighed_level,
        ${weighed_baseline} AS weighed_baseline,
        ${weighed_expected} AS weighed_expected,
        CASE WHEN q.mission_rule = 'count_reached' THEN 1 ELSE ${weighed_target} END AS weighed_target
    FROM missions m
    JOIN questions q ON q.question = m.question
    JOIN tracker_strategy s ON s.id = %(strategy)s
    CROSS JOIN LATERAL (
        SELECT
            m.judged IS NOT NULL AND (m.phase = 'assigned' OR q.is_flow) AS is_kind,
            CASE WHEN q.adds_parts THEN m.denominator ELSE m.value END IS NOT NULL AS reports,
            m.target IS NOT NULL AND NOT q.takes_one AS has_target,
            -- Without data it stands at its baseline: nothing reported is no known change.
            coalesce(m.value, m.baseline) AS level
    ) AS k
),
-- Sums over the members, and over P, the planned (of a percentage: those of them that report).
sums AS MATERIALIZED (
    SELECT
        m.question AS of_question, g.subregion AS of_subregion,
        bool_or(is_to_come) AS is_to_come,
        count(*) FILTER (WHERE is_member) AS members,
        count(*) FILTER (WHERE is_member AND reports) AS reporting,
        count(*) FILTER (WHERE has_target) AS with_target,
        sum(weighed_value) FILTER (WHERE is_member AND reports) AS value_sum,
        max(weighed_value) FILTER (WHERE is_member AND reports) AS value_maximum,
        min(weighed_value) FILTER (WHERE is_member AND reports) AS value_minimum,
        sum(numerator) FILTER (WHERE is_member AND reports) AS numerators,
        sum(denominator) FILTER (WHERE is_member AND reports) AS denominators,
        count(level) FILTER (WHERE is_member) AS with_level,
        sum(weighed_level) FILTER (WHERE is_member AND level IS NOT NULL) AS level_sum,
        count(baseline) FILTER (WHERE is_member) AS with_baseline,
        sum(weighed_baseline) FILTER (WHERE is_member) AS baseline_sum,
        max(weighed_baseline) FILTER (WHERE is_member) AS baseline_maximum,
        min(weighed_baseline) FILTER (WHERE is_member) AS baseline_minimum,
        count(baseline_denominator) FILTER (WHERE is_member) AS with_baseline_parts,
        sum(baseline_numerator) FILTER (WHERE is_member) AS baseline_numerators,
        sum(baseline_denominator) FILTER (WHERE is_member) AS baseline_denominators,
        count(*) FILTER (WHERE is_planned) AS planned,
        count(*) FILTER (WHERE is_planned AND reports) AS planned_reporting,
        sum(numerator) FILTER (WHERE is_planned) AS planned_numerators,
        sum(weight) FILTER (WHERE is_planned) AS planned_weight,
        sum(weighed_level) FILTER (WHERE is_planned) AS planned_level,
        sum(weighed_baseline * weight) FILTER (WHERE is_planned) AS planned_baseline,
        sum(weighed_expected * weight) FILTER (WHERE is_planned) AS planned_expected,
        sum(weighed_target * weight) FILTER (WHERE is_planned) AS planned_target,
        max(target_due) FILTER (WHERE is_planned AND weight IS NOT NULL) AS planned_due
    FROM members m
    JOIN grouped g ON g.mission_id = m.mission_id
    GROUP BY m.question, g.subregion
),
-- The value shown of each group, and the region's own trajectory where it has targets of its own.
region_lines AS MATERIALIZED (
    SELECT
        q.question, g.subregion, q.judged, q.judged_on, q.is_flow, q.counts_missions, q.adds_parts, q.adds_each, q.mission_rule, t.*,
        q.is_stage AND NOT q.counts_missions AS in_steps,
        d.baseline, d.start, w.dues, w.levels, width_bucket(d.start, w.dues) AS skipped,
        CASE
            WHEN t.reporting = 0 THEN NULL
            WHEN q.adds_parts THEN round(t.numerators, 40) / t.denominators
            WHEN q.mission_rule = 'average' THEN round(t.value_sum, 40) / t.reporting
            WHEN q.mission_rule = 'maximum' THEN t.value_maximum
            WHEN q.mission_rule = 'minimum' THEN t.value_minimum
            ELSE t.value_sum
        END AS value
    FROM questions q
    CROSS JOIN groups g
    LEFT JOIN sums t ON t.of_question = q.question AND t.of_subregion = g.subregion
    LEFT JOIN baselines b ON b.indicator_id = q.indicator_id AND b.mission_id IS NULL
        AND g.subregion = '' AND %(missions)s::bigint[] IS NULL
    LEFT JOIN plans w ON w.indicator_id = q.indicator_id AND w.mission_id IS NULL
        AND g.subregion = '' AND %(missions)s::bigint[] IS NULL
    CROSS JOIN LATERAL (
        SELECT
            CASE
                WHEN q.is_flow AND NOT q.counts_missions THEN 0
                WHEN b.level IS NOT NULL THEN b.level
                WHEN q.counts_missions THEN coalesce(t.baseline_sum, 0)
                WHEN q.adds_parts THEN CASE WHEN t.with_baseline_parts = t.members
                    THEN round(t.baseline_numerators, 40) / t.baseline_denominators END
                WHEN t.with_baseline < t.members THEN NULL
                WHEN q.mission_rule = 'average' THEN round(t.baseline_sum, 40) / t.members
                WHEN q.mission_rule = 'maximum' THEN t.baseline_maximum
                WHEN q.mission_rule = 'minimum' THEN t.baseline_minimum
                ELSE t.baseline_sum
            END AS baseline,
            greatest(q.starts_on, CASE WHEN q.counts_missions OR NOT q.is_flow THEN b.date END) AS start
    ) AS d
    -- A subregion none of whose missions reports on an indicator does not stand.
    WHERE g.subregion = '' OR t.of_question IS NOT NULL
),
-- Against what each region is compared, and whether enough of its missions have data.
region_bases AS MATERIALIZED (
    SELECT
        l.*, c.has_line, e.basis,
        coalesce(f.is_compared, false) AS is_compared,
        -- By what the sums over P are divided; nothing where they are not set against anything.
        CASE
            WHEN e.basis = 'mission_targets' THEN CASE l.mission_rule WHEN 'average' THEN l.planned ELSE 1 END
            WHEN e.basis = 'mission_targets_weighted' AND f.is_compared THEN l.planned_weight
        END AS divisor,
        CASE
            WHEN l.judged IS NULL THEN CASE WHEN c.has_line OR l.is_to_come THEN 'not_due' ELSE 'no_target' END
            WHEN e.basis <> 'none' THEN NULL
            WHEN l.with_target > 0 AND l.planned = 0 THEN
                CASE WHEN l.value IS NULL THEN 'no_data' ELSE 'no_baseline' END
            WHEN l.is_to_come AND l.with_target = 0 THEN 'not_due'
            ELSE 'no_target'
        END AS status
    FROM region_lines l
    JOIN tracker_strategy s ON s.id = %(strategy)s
    CROSS JOIN LATERAL (
        SELECT
            coalesce(
                l.skipped < cardinality(l.dues)
                -- A flow whose final target is 0 plans nothing.
                AND NOT (l.is_flow AND abs(l.levels[cardinality(l.dues)]) <= 1e-20), false
            ) AS has_line,
            l.planned > 0 AND NOT (l.counts_missions AND l.planned_target = 0) AS has_plan
    ) AS c
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN l.judged IS NULL THEN 'none'
            WHEN c.has_line THEN 'regional_target'
            WHEN NOT coalesce(c.has_plan, false) THEN 'none'
            WHEN l.adds_parts THEN 'mission_targets_weighted'
            ELSE 'mission_targets'
        END AS basis
    ) AS e
    CROSS JOIN LATERAL (
        SELECT CASE e.basis
            WHEN 'regional_target' THEN l.reporting > 0 AND CASE
                WHEN l.counts_missions THEN true
                WHEN l.adds_each THEN l.with_level = l.members
                ELSE l.reporting >= s.half_share * l.members
            END
            WHEN 'mission_targets' THEN l.planned_reporting > 0
            WHEN 'mission_targets_weighted' THEN
                l.planned_reporting > 0 AND l.planned_reporting >= s.half_share * l.planned
        END AS is_compared
    ) AS f
),
-- Each region before it is judged.
regions AS MATERIALIZED (
    SELECT
        l.question, l.subregion, l.judged, l.judged_on, l.status, l.basis, l.is_compared, l.value,
        CASE
            WHEN l.basis = 'none' THEN CASE WHEN l.status <> 'no_target' THEN l.value END
            WHEN NOT l.is_compared THEN NULL
            WHEN l.basis <> 'regional_target' THEN p.level
            WHEN l.counts_missions OR l.adds_each THEN l.level_sum
            ELSE l.value
        END AS compared_value,
        CASE l.basis WHEN 'regional_target' THEN l.baseline ELSE p.baseline END AS baseline,
        CASE l.basis WHEN 'regional_target' THEN on_day.level ELSE p.expected END AS expected,
        CASE l.basis WHEN 'regional_target' THEN l.levels[cardinality(l.dues)] ELSE p.target END AS target,
        CASE l.basis WHEN 'regional_target' THEN l.dues[cardinality(l.dues)] ELSE p.target_due END AS target_due
    FROM region_bases l
    CROSS JOIN LATERAL (
        SELECT
            round(CASE WHEN l.adds_parts THEN l.planned_numerators ELSE l.planned_level END, 40) / l.divisor AS level,
            round(l.planned_baseline, 40) / l.divisor AS baseline,
            round(l.planned_expected, 40) / l.divisor AS expected,
            round(l.planned_target, 40) / l.divisor AS target,
            CASE WHEN l.divisor IS NOT NULL THEN l.planned_due END AS target_due
    ) AS p
    CROSS JOIN LATERAL (${level_on_judged}) AS on_day (level)
),
-- Who the figures speak for, by code.
coverages AS MATERIALIZED (
    SELECT
        m.question, r.subregion,
        array_agg(p.code ORDER BY p.code) FILTER (WHERE m.is_member) AS kind,
        array_agg(p.code ORDER BY p.code) FILTER (WHERE m.is_member AND m.reports) AS in_value,
        array_agg(p.code ORDER BY p.code) FILTER (WHERE m.is_member AND p.place = 'counted') AS counted,
        array_agg(p.code ORDER BY p.code) FILTER (WHERE m.is_member AND p.place = 'at_baseline') AS at_baseline,
        array_agg(p.code ORDER BY p.code) FILTER (WHERE m.is_member AND p.place = 'left_out') AS left_out,
        array_agg(p.code ORDER BY p.code) FILTER (WHERE m.not_applicable) AS not_applicable,
        array_agg(p.code ORDER BY p.code) FILTER (WHERE m.is_member AND m.stale_period IS NOT NULL) AS stale,
        array_agg(p.code ORDER BY p.code) FILTER (WHERE m.is_member AND m.value IS NOT NULL AND NOT m.reports)
            AS percentage_only,
        array_agg(p.code ORDER BY p.code) FILTER (WHERE m.is_member AND m.baseline IS NULL)
            AS baseline_unknown
    FROM members m
    JOIN tracker_mission c ON c.id = m.mission_id
    JOIN questions q ON q.question = m.question
    JOIN grouped g ON g.mission_id = m.mission_id
    JOIN regions r ON r.question = m.question AND r.subregion = g.subregion
    CROSS JOIN LATERAL (
        SELECT c.code COLLATE "C" AS code, CASE
            WHEN NOT r.is_compared OR (r.basis <> 'regional_target' AND NOT m.is_planned) THEN 'left_out'
            WHEN m.reports THEN 'counted'
            WHEN m.baseline IS NULL OR q.adds_parts THEN 'left_out'
            WHEN r.basis <> 'regional_target' OR q.counts_missions OR q.adds_each THEN 'at_baseline'
            ELSE 'left_out'
        END AS place
    ) AS p
    WHERE m.is_kind
    GROUP BY m.question, r.subregion
)
