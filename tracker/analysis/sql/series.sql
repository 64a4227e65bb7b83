-- All values that count, mission by mission, over the periods.
series AS (
    SELECT
        series >> 32 AS indicator_id, series & ((1::bigint << 32) - 1) AS mission_id, period,
        coalesce(value, round(numerator, 40) / nullif(denominator, 0)) AS level, covers
    FROM counting
)
SELECT * FROM series WHERE level IS NOT NULL ORDER BY indicator_id, mission_id, period
