-- Of every mission's flow: sums in the period (since the due period before its J), in J's year and to date, and how
-- many due periods are answered. A result answers the periods that it covers, and is added once, at its own.
-- The region_ figures are of the region's period and year, in which a mission that ended may have had no part.
flows AS MATERIALIZED (
    SELECT
        p.pair,
        sum(r.value) FILTER (WHERE a.period = r.period AND r.period > p.judged - 1 - p.judged %% q.period_step)
            AS in_period,
        sum(r.value) FILTER (WHERE a.period = r.period AND r.period / 4 = p.judged / 4) AS in_year,
        sum(r.value) FILTER (WHERE a.period = r.period) AS to_date,
        count(DISTINCT a.period) FILTER (WHERE a.is_due) AS reported,
        count(DISTINCT a.period) FILTER (WHERE a.is_due AND a.period / 4 = p.judged / 4) AS reported_in_year,
        sum(r.value) FILTER (WHERE a.period = r.period AND r.period > q.judged - 1 - q.judged %% q.period_step)
            AS region_in_period,
        sum(r.value) FILTER (WHERE a.period = r.period AND r.period / 4 = q.judged / 4) AS region_in_year,
        count(DISTINCT a.period) FILTER (WHERE a.is_due AND a.period / 4 = q.judged / 4) AS region_reported_in_year
    FROM pairs p
    JOIN questions q ON q.question = p.question
    JOIN counting r ON r.series = p.series
    CROSS JOIN LATERAL (
        SELECT covered.period, covered.period >= p.first_period AND (covered.period + 1) %% q.period_step = 0 AS is_due
        FROM generate_series(r.period - r.covers + 1, r.period) AS covered (period)
    ) AS a
    WHERE q.is_flow AND r.period BETWEEN p.first_period AND p.judged
        AND (r.value IS NOT NULL OR r.not_applicable)
    GROUP BY p.pair
)
