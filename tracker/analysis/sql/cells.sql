-- The cells of every mission's value: added where its results are added, as they are where one result is taken. An
-- average divides by the results of the total, so that cells never come to more than it.
pair_cells AS MATERIALIZED (
    SELECT
        m.pair, v.cell_id,
        CASE WHEN q.period_rule = 'average' AND q.measure <> 'percentage'
            THEN round(sum(v.value), 40) / g.given
            WHEN q.period_rule = 'latest' OR q.measure <> 'percentage' THEN sum(v.value)
        END AS value,
        sum(v.numerator) FILTER (WHERE v.denominator > 0) AS numerator,
        sum(v.denominator) FILTER (WHERE v.denominator > 0) AS denominator
    FROM made_of m
    JOIN gathered g ON g.pair = m.pair
    JOIN pairs p ON p.pair = m.pair
    JOIN questions q ON q.question = p.question
    JOIN tracker_cellvalue v ON v.result_id = m.result_id
    GROUP BY m.pair, v.cell_id, q.period_rule, q.measure, g.given
    HAVING count(v.value) > 0 AND (q.period_rule = 'latest' OR q.measure <> 'percentage')
        OR count(*) FILTER (WHERE v.denominator > 0) > 0
),
-- The missions that the region's value is made of; where it is one mission's, that one, by code where several are.
in_value AS MATERIALIZED (
    SELECT p.pair, p.question, q.mission_rule, q.adds_parts
    FROM (
        SELECT
            p.pair, p.question,
            row_number() OVER (
                PARTITION BY p.question
                ORDER BY CASE q.mission_rule WHEN 'minimum' THEN k.value ELSE -k.value END, c.code COLLATE "C"
            ) AS place
        FROM known k
        JOIN pairs p ON p.pair = k.pair
        JOIN questions q ON q.question = p.question
        JOIN tracker_mission c ON c.id = p.mission_id
        WHERE NOT k.is_stale AND NOT k.not_applicable AND NOT q.counts_missions
            AND (p.phase = 'assigned' OR q.is_flow)
            AND CASE WHEN q.adds_parts THEN k.denominator ELSE k.value END IS NOT NULL
    ) AS p
    JOIN questions q ON q.question = p.question
    WHERE NOT q.takes_one OR p.place = 1
),
in_values AS MATERIALIZED (
    SELECT question, count(*) AS missions FROM in_value GROUP BY question
),
region_cells AS MATERIALIZED (
    SELECT
        i.question, c.cell_id,
        CASE
            WHEN i.mission_rule = 'average' THEN round(sum(c.value), 40) / n.missions
            WHEN NOT i.adds_parts THEN sum(c.value)
        END AS value,
        sum(c.numerator) AS numerator, sum(c.denominator) AS denominator
    FROM in_value i
    JOIN in_values n ON n.question = i.question
    JOIN pair_cells c ON c.pair = i.pair
    GROUP BY i.question, c.cell_id, i.mission_rule, i.adds_parts, n.missions
)
SELECT
    q.periods, q.indicator_id, m.code COLLATE "C", t.cell_id,
    trim_scale(CASE WHEN t.denominator IS NULL THEN t.value END), trim_scale(t.numerator), trim_scale(t.denominator)
FROM (
    SELECT p.question, p.mission_id, c.cell_id, c.value, c.numerator, c.denominator
    FROM pair_cells c
    JOIN pairs p ON p.pair = c.pair
    WHERE %(with_missions)s
    UNION ALL
    SELECT question, NULL, cell_id, value, numerator, denominator
    FROM region_cells
    WHERE value IS NOT NULL OR denominator IS NOT NULL
) AS t
JOIN questions q ON q.question = t.question
LEFT JOIN tracker_mission m ON m.id = t.mission_id
ORDER BY t.question, 3, t.cell_id
