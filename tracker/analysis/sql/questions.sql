-- What is asked: each indicator at each J that the chosen periods lead to. A period is year * 4 + quarter - 1.
-- judged and judged_on are null where nothing had fallen due yet; period_step is 1, 2 or 4 quarters.
asked AS (
    SELECT
        array_agg(chosen.period) AS periods,
        i.id AS indicator_id, i.code, i.measure, i.direction, i.period_rule, i.mission_rule, f.period_step,
        s.starts_on,
        j.judged,
        CASE WHEN i.measure = 'yes_no' THEN 1 ELSE i.threshold END AS bar,
        i.measure = 'number' AND i.period_rule = 'sum' AS is_flow,
        i.measure IN ('stage', 'yes_no') AS is_stage,
        i.mission_rule IN ('count_reached', 'count_at_least') AS counts_missions,
        i.measure = 'percentage' AND i.mission_rule = 'sum' AS adds_parts,
        i.measure <> 'percentage' AND i.mission_rule = 'sum' AS adds_each,
        i.mission_rule IN ('maximum', 'minimum') AS takes_one
    FROM tracker_indicator i
    JOIN tracker_strategy s ON s.id = i.strategy_id
    CROSS JOIN unnest(%(periods)s::int[]) AS chosen (period)
    CROSS JOIN LATERAL (
        SELECT CASE i.frequency WHEN 'quarterly' THEN 1 WHEN 'semi_annual' THEN 2 ELSE 4 END AS period_step
    ) AS f
    CROSS JOIN LATERAL (
        SELECT
            chosen.period - (chosen.period + 1) %% CASE i.period_rule WHEN 'year' THEN 4 ELSE f.period_step END
                AS latest
    ) AS d
    CROSS JOIN LATERAL (SELECT CASE WHEN d.latest >= ${period_of_start} THEN d.latest END AS judged) AS j
    WHERE i.strategy_id = %(strategy)s
        AND (%(indicators)s::bigint[] IS NULL OR i.id = ANY (%(indicators)s::bigint[]))
    GROUP BY i.id, s.id, f.period_step, j.judged
),
questions AS MATERIALIZED (
    SELECT
        row_number() OVER (ORDER BY indicator_id, judged) AS question, asked.*,
        make_date((judged + 1) / 4, (judged + 1) %% 4 * 3 + 1, 1) - 1 AS judged_on
    FROM asked
),
-- One row for each question and each mission assigned, whether before, at or after J. Its own J (an assignment that
-- ended is judged as of its end) and the first period whose result counts; null where it has no figures.
pairs AS MATERIALIZED (
    SELECT
        row_number() OVER () AS pair, q.question, q.indicator_id, a.mission_id,
        q.indicator_id << 32 | a.mission_id AS series, a.active_to, b.begins_on, b.phase,
        j.judged,
        CASE WHEN j.judged IS NOT NULL
            THEN least(make_date((j.judged + 1) / 4, (j.judged + 1) %% 4 * 3 + 1, 1) - 1, a.active_to)
        END AS judged_on,
        greatest(${period_of_begin}, CASE q.period_rule WHEN 'year' THEN j.judged / 4 * 4 END) AS first_period
    FROM questions q
    JOIN tracker_indicatorassignment a ON a.indicator_id = q.indicator_id
    CROSS JOIN LATERAL (
        SELECT
            greatest(q.starts_on, a.active_from) AS begins_on,
            ${period_of_end} AS last_period,
            CASE
                WHEN q.judged IS NULL OR a.active_from > q.judged_on THEN 'not_begun'
                WHEN a.active_to < q.judged_on THEN 'ended'
                ELSE 'assigned'
            END AS phase
    ) AS b
    CROSS JOIN LATERAL (
        SELECT CASE b.phase
            WHEN 'assigned' THEN q.judged
            WHEN 'ended' THEN b.last_period - CASE q.period_rule WHEN 'year' THEN (b.last_period + 1) %% 4 ELSE 0 END
        END AS latest
    ) AS d
    CROSS JOIN LATERAL (SELECT CASE WHEN d.latest >= ${period_of_begin} THEN d.latest END AS judged) AS j
    WHERE a.recorded_at <= %(known_on)s AND (a.withdrawn_at IS NULL OR a.withdrawn_at > %(known_on)s)
        AND (%(missions)s::bigint[] IS NULL OR a.mission_id = ANY (%(missions)s::bigint[]))
)
