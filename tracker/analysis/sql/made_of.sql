-- The results that the value of a pair is made of. The largest is the latest of those that are as large.
peaks AS MATERIALIZED (
    SELECT p.pair, (max(ARRAY[r.value, r.period, r.id]))[3]::bigint AS result_id
    FROM pairs p
    JOIN questions q ON q.question = p.question AND q.period_rule = 'maximum'
    JOIN counting r ON r.series = p.series AND r.period BETWEEN p.first_period AND p.judged
    WHERE r.value IS NOT NULL
    GROUP BY p.pair
),
made_of AS MATERIALIZED (
    SELECT k.pair, r.id AS result_id
    FROM known k
    JOIN gathered g ON g.pair = k.pair
    JOIN pairs p ON p.pair = k.pair
    JOIN questions q ON q.question = p.question
    JOIN counting r ON r.series = p.series AND r.period BETWEEN p.first_period AND p.judged
    LEFT JOIN peaks x ON x.pair = k.pair
    WHERE NOT k.is_stale AND NOT k.not_applicable
        AND CASE
            WHEN q.period_rule = 'latest' THEN r.id = g.latest & ((1::bigint << 40) - 1)
            WHEN q.period_rule = 'maximum' THEN r.id = x.result_id
            WHEN q.measure = 'percentage' THEN r.denominator > 0
            ELSE r.value IS NOT NULL
        END
)
