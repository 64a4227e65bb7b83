-- Baselines and targets, for a mission or (null) for the region.
baselines AS MATERIALIZED (
    SELECT
        b.indicator_id, b.mission_id, b.date, b.numerator, nullif(b.denominator, 0) AS denominator,
        coalesce(b.value, round(b.numerator, 40) / nullif(b.denominator, 0)) AS level
    FROM tracker_baseline b
    JOIN tracker_indicator i ON i.id = b.indicator_id
    WHERE i.strategy_id = %(strategy)s
        AND (%(indicators)s::bigint[] IS NULL OR i.id = ANY (%(indicators)s::bigint[]))
        AND b.recorded_at <= %(known_on)s AND (b.withdrawn_at IS NULL OR b.withdrawn_at > %(known_on)s)
),
plans AS MATERIALIZED (
    SELECT
        t.indicator_id, t.mission_id,
        array_agg(t.due_on ORDER BY t.due_on) AS dues, array_agg(t.value ORDER BY t.due_on) AS levels
    FROM tracker_target t
    JOIN tracker_indicator i ON i.id = t.indicator_id
    WHERE i.strategy_id = %(strategy)s AND i.direction <> 'monitor'
        AND (%(indicators)s::bigint[] IS NULL OR i.id = ANY (%(indicators)s::bigint[]))
        AND t.recorded_at <= %(known_on)s AND (t.withdrawn_at IS NULL OR t.withdrawn_at > %(known_on)s)
    GROUP BY t.indicator_id, t.mission_id
)
