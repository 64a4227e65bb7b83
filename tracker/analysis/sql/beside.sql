-- What stands beside the boxes of a report: of each indicator how its mission stands, its flow, and all that it gave.
given AS (
    SELECT
        series, array_agg(period ORDER BY period) AS periods, array_agg(covers ORDER BY period) AS covers,
        array_agg(value ORDER BY period) AS amounts, array_agg(numerator ORDER BY period) AS numerators,
        array_agg(denominator ORDER BY period) AS denominators,
        array_agg(not_applicable ORDER BY period) AS not_applicable, array_agg(id ORDER BY period) AS results
    FROM counting
    WHERE value IS NOT NULL OR numerator IS NOT NULL OR not_applicable
    GROUP BY series
)
SELECT
    p.indicator_id, m.phase, m.judged, m.judged_on, m.not_applicable,
    trim_scale(m.value), trim_scale(m.baseline), trim_scale(m.expected), trim_scale(m.target), m.target_due,
    trim_scale(f.in_period), trim_scale(f.in_year), trim_scale(f.to_date),
    g.periods, g.covers, g.amounts, g.numerators, g.denominators, g.not_applicable, g.results
FROM pairs p
JOIN missions m ON m.pair = p.pair
LEFT JOIN flows f ON f.pair = p.pair
LEFT JOIN given g ON g.series = p.series
