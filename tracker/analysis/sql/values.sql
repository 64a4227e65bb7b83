-- Over periods: of the results of a pair, the sums and the largest, and where its latest value lies.
gathered AS MATERIALIZED (
    SELECT
        p.pair,
        count(r.value) AS given, sum(r.value) AS added, max(r.value) AS largest,
        sum(r.numerator) FILTER (WHERE r.denominator > 0) AS numerators,
        sum(r.denominator) FILTER (WHERE r.denominator > 0) AS denominators,
        max(r.period::bigint << 40 | r.id) FILTER (WHERE r.value IS NOT NULL OR r.denominator > 0) AS latest,
        bool_or(r.not_applicable AND r.period = p.judged) AS not_applicable
    FROM pairs p
    JOIN counting r ON r.series = p.series
    WHERE r.period BETWEEN p.first_period AND p.judged
    GROUP BY p.pair
),
-- X of a pair, a percentage by its parts where they are known, and whether it is too old to be its value.
known AS MATERIALIZED (
    SELECT
        p.pair, g.latest >> 40 AS latest_period,
        CASE
            WHEN q.period_rule = 'latest' THEN l.value
            WHEN q.measure = 'percentage' THEN NULL
            WHEN q.period_rule = 'maximum' THEN g.largest
            WHEN q.period_rule = 'average' THEN round(g.added, 40) / nullif(g.given, 0)
            ELSE g.added
        END AS value,
        CASE
            WHEN q.period_rule = 'latest' THEN CASE WHEN l.denominator > 0 THEN l.numerator END
            WHEN q.measure = 'percentage' THEN g.numerators
        END AS numerator,
        CASE
            WHEN q.period_rule = 'latest' THEN nullif(l.denominator, 0)
            WHEN q.measure = 'percentage' THEN g.denominators
        END AS denominator,
        q.period_rule = 'latest' AND g.not_applicable AS not_applicable,
        q.period_rule = 'latest' AND g.latest >> 40 < CASE
            WHEN s.stale_due_periods = 0 THEN p.judged
            ELSE p.judged - 1 - p.judged %% q.period_step - (s.stale_due_periods - 1) * q.period_step
        END AS is_stale
    FROM gathered g
    JOIN pairs p ON p.pair = g.pair
    JOIN questions q ON q.question = p.question
    JOIN tracker_strategy s ON s.id = %(strategy)s
    LEFT JOIN tracker_indicatorresult l ON q.period_rule = 'latest' AND l.id = g.latest & ((1::bigint << 40) - 1)
)
