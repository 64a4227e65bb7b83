-- How the region stands as of a period, every indicator of a strategy: value, compared value, baseline, expected
-- level, target and status. Written from the rules in docs/ and analysis/rules/, apart from the engine's SQL.
-- Takes %(strategy)s (an id) and %(period)s (year * 4 + quarter - 1).
WITH
-- Each indicator, and the quarter at whose end it is judged: the latest in which it falls due.
indicators AS MATERIALIZED (
    SELECT
        i.id AS indicator_id, i.code, i.direction, i.period_rule, i.mission_rule, i.measure,
        CASE i.measure WHEN 'yes_no' THEN 1 ELSE i.threshold END AS threshold,
        i.measure = 'number' AND i.period_rule = 'sum' AS flow,
        i.measure IN ('stage', 'yes_no') AS steps,
        i.mission_rule IN ('count_reached', 'count_at_least') AS counts,
        i.measure = 'percentage' AND i.mission_rule = 'sum' AS weighted,
        i.mission_rule IN ('maximum', 'minimum') AS single,
        c.due_every, s.starts_on,
        p.number AS judged, p.ends_on AS judged_on
    FROM tracker_strategy s
    JOIN tracker_indicator i ON i.strategy_id = s.id
    JOIN (VALUES ('quarterly', 1), ('semi_annual', 2), ('annual', 4)) AS c (frequency, due_every)
        ON c.frequency = i.frequency
    LEFT JOIN tracker_reportingperiod p ON p.strategy_id = s.id
        AND p.number = %(period)s - (%(period)s + 1) %% CASE i.period_rule WHEN 'year' THEN 4 ELSE c.due_every END
        AND p.ends_on >= s.starts_on
    WHERE s.id = %(strategy)s
),
-- Who reports on it, from and to which quarter, and when that is judged: what has ended, at its end.
assigned AS MATERIALIZED (
    SELECT
        a.indicator_id, a.mission_id, d.begins, d.ended, a.active_to, j.judged, i.due_every,
        CASE WHEN NOT d.ended THEN i.judged_on WHEN i.period_rule = 'year' THEN make_date(j.judged / 4, 12, 31)
            ELSE a.active_to END AS judged_on,
        greatest(d.first, CASE i.period_rule WHEN 'year' THEN j.judged / 4 * 4 END) AS first
    FROM indicators i
    JOIN tracker_indicatorassignment a ON a.indicator_id = i.indicator_id AND a.withdrawn_at IS NULL
    CROSS JOIN LATERAL (
        SELECT
            greatest(a.active_from, i.starts_on) AS begins,
            coalesce(a.active_to < i.judged_on, false) AS ended,
            (date_part('year', greatest(a.active_from, i.starts_on)) * 4
                + date_part('quarter', greatest(a.active_from, i.starts_on)) - 1)::int AS first,
            (date_part('year', a.active_to) * 4 + date_part('quarter', a.active_to) - 1)::int AS last
    ) AS d
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN i.judged IS NULL OR a.active_from > i.judged_on THEN NULL
            WHEN NOT d.ended THEN i.judged
            WHEN i.period_rule = 'year' THEN d.last - (d.last + 1) %% 4
            ELSE d.last
        END AS period
    ) AS l
    CROSS JOIN LATERAL (SELECT CASE WHEN l.period >= d.first THEN l.period END AS judged) AS j
),
-- What counts: of each report and indicator the last revision approved and not withdrawn, unless held back. Few
-- reports have more than one revision.
revisions AS MATERIALIZED (
    SELECT v.id, v.report_id, v.number, t.mission_id, p.number AS period,
        count(*) OVER (PARTITION BY v.report_id) > 1 AS has_others
    FROM tracker_reportingperiod p
    JOIN tracker_progressreport t ON t.period_id = p.id
    JOIN tracker_reportrevision v ON v.report_id = t.id
    WHERE p.strategy_id = %(strategy)s AND p.number <= %(period)s
        AND v.status = 'approved' AND v.withdrawn_at IS NULL
),
counting AS (
    SELECT v.mission_id, v.period, r.*
    FROM revisions v
    JOIN tracker_indicatorresult r ON r.revision_id = v.id
    WHERE NOT v.has_others AND NOT r.held_back
    UNION ALL
    (
        SELECT DISTINCT ON (v.report_id, r.indicator_id) v.mission_id, v.period, r.*
        FROM revisions v
        JOIN tracker_indicatorresult r ON r.revision_id = v.id
        WHERE v.has_others AND NOT r.held_back
        ORDER BY v.report_id, r.indicator_id, v.number DESC
    )
),
-- Over periods; last: the latest period that has a value, with the result that says it.
summed AS MATERIALIZED (
    SELECT
        a.indicator_id, a.mission_id,
        sum(r.value) AS total, max(r.value) AS largest, avg(r.value) AS mean,
        sum(r.numerator) FILTER (WHERE r.denominator > 0) AS numerators,
        sum(r.denominator) FILTER (WHERE r.denominator > 0) AS denominators,
        max(r.period::bigint << 40 | r.id) FILTER (WHERE r.value IS NOT NULL OR r.denominator > 0) AS last,
        bool_or(r.not_applicable AND r.period = a.judged) AS not_applicable
    FROM assigned a
    JOIN counting r ON r.indicator_id = a.indicator_id AND r.mission_id = a.mission_id
        AND r.period BETWEEN a.first AND a.judged
    GROUP BY a.indicator_id, a.mission_id
),
-- Each mission: X (with its parts), B (with its parts), and where its line begins.
missions AS MATERIALIZED (
    SELECT
        a.*, i.flow, i.steps, i.counts, i.weighted, i.single, i.mission_rule, i.direction, i.threshold,
        x.not_applicable, x.denominator AS d, x.numerator AS n,
        coalesce(x.value, x.numerator / x.denominator) AS x,
        CASE WHEN i.flow THEN 0 ELSE coalesce(b.value, b.numerator / b.denominator) END AS b,
        b.numerator AS b_n, b.denominator AS b_d,
        greatest(a.begins, CASE WHEN NOT i.flow THEN b.date END) AS start
    FROM assigned a
    JOIN indicators i USING (indicator_id)
    LEFT JOIN tracker_baseline b ON b.indicator_id = a.indicator_id AND b.mission_id = a.mission_id
        AND b.withdrawn_at IS NULL
    LEFT JOIN summed s ON s.indicator_id = a.indicator_id AND s.mission_id = a.mission_id
    LEFT JOIN tracker_indicatorresult r ON i.period_rule = 'latest' AND r.id = s.last & ((1::bigint << 40) - 1)
    CROSS JOIN LATERAL (
        SELECT
            i.period_rule = 'latest' AND coalesce(s.not_applicable, false) AS not_applicable,
            -- Older than the two due quarters before J, a latest value says nothing any more.
            i.period_rule = 'latest' AND s.last >> 40 < a.judged - a.judged %% i.due_every - 1 - i.due_every AS stale
    ) AS f
    CROSS JOIN LATERAL (
        SELECT
            f.not_applicable,
            CASE
                WHEN f.not_applicable OR f.stale THEN NULL
                WHEN i.period_rule = 'latest' THEN r.value
                WHEN i.measure = 'percentage' THEN NULL
                WHEN i.period_rule = 'maximum' THEN s.largest
                WHEN i.period_rule = 'average' THEN s.mean
                ELSE s.total
            END AS value,
            CASE WHEN f.not_applicable OR f.stale OR i.measure <> 'percentage' THEN NULL
                WHEN i.period_rule = 'latest' THEN CASE WHEN r.denominator > 0 THEN r.numerator END
                ELSE s.numerators END AS numerator,
            CASE WHEN f.not_applicable OR f.stale OR i.measure <> 'percentage' THEN NULL
                WHEN i.period_rule = 'latest' THEN nullif(r.denominator, 0) ELSE s.denominators END AS denominator
    ) AS x
),
-- Its trajectory, piece by piece: from (start, B) through the targets after it.
pieces AS (
    SELECT *, lead(day) OVER w AS next_day, lead(level) OVER w AS next_level
    FROM (
        SELECT m.indicator_id, m.mission_id, m.start AS day, m.b AS level, false AS is_target
        FROM missions m
        UNION ALL
        SELECT m.indicator_id, m.mission_id, t.due_on, t.value, true
        FROM missions m
        JOIN tracker_target t ON t.indicator_id = m.indicator_id AND t.mission_id = m.mission_id
            AND t.due_on > m.start AND t.withdrawn_at IS NULL
        WHERE m.direction <> 'monitor'
    ) AS points
    WINDOW w AS (PARTITION BY indicator_id, mission_id ORDER BY day)
),
lines AS MATERIALIZED (
    SELECT
        m.indicator_id, m.mission_id,
        -- Before it starts it lies at B.
        coalesce(max(o.level) FILTER (WHERE p.day <= m.judged_on AND coalesce(m.judged_on < p.next_day, true)),
            CASE WHEN m.judged_on < m.start THEN m.b END) AS expected,
        max(p.level) FILTER (WHERE p.is_target AND p.next_day IS NULL) AS last_target,
        max(p.level) FILTER (WHERE p.is_target AND p.day <= m.active_to
            AND coalesce(m.active_to < p.next_day, true)) AS last_reached,
        max(e.level) FILTER (WHERE p.day < m.active_to AND m.active_to < p.next_day) AS level_at_end
    FROM missions m
    JOIN pieces p USING (indicator_id, mission_id)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN m.b IS NULL THEN NULL WHEN p.next_day IS NULL OR m.steps THEN p.level
            ELSE p.level + (p.next_level - p.level) * (m.judged_on - p.day) / (p.next_day - p.day) END AS level
    ) AS o
    CROSS JOIN LATERAL (
        SELECT CASE WHEN m.ended AND NOT m.steps AND m.b IS NOT NULL
            THEN p.level + (p.next_level - p.level) * (m.active_to - p.day) / (p.next_day - p.day) END AS level
    ) AS e
    GROUP BY m.indicator_id, m.mission_id, m.judged_on, m.start, m.b
),
-- A mission with its target (what has ended keeps the level that it had come to), and what it takes to be counted:
-- side * (level - bar) >= 0.
planned AS MATERIALIZED (
    SELECT
        m.*, g.target AS g, CASE WHEN g.target IS NOT NULL THEN l.expected END AS e,
        m.judged IS NOT NULL AND (NOT m.ended OR m.flow) AND NOT m.not_applicable AS is_member,
        CASE WHEN m.weighted THEN m.d ELSE m.x END IS NOT NULL AS reports,
        CASE
            WHEN m.mission_rule = 'count_at_least' THEN 1
            WHEN m.b IS NULL AND m.direction NOT IN ('increase', 'decrease') THEN NULL
            WHEN m.b <> g.target THEN sign(g.target - m.b)
            WHEN m.direction = 'decrease' THEN -1
            ELSE 1
        END AS side,
        CASE
            WHEN m.mission_rule = 'count_at_least' THEN m.threshold
            WHEN m.direction = 'maintain' AND m.b = g.target THEN g.target - s.maintain_tolerance * abs(g.target)
            ELSE g.target
        END AS bar
    FROM missions m
    JOIN tracker_strategy s ON s.id = %(strategy)s
    LEFT JOIN lines l USING (indicator_id, mission_id)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN m.ended THEN coalesce(l.level_at_end, l.last_reached) ELSE l.last_target END AS level
    ) AS f
    -- A flow whose final target is 0 plans nothing.
    CROSS JOIN LATERAL (SELECT CASE WHEN m.flow THEN nullif(f.level, 0) ELSE f.level END AS target) AS g
),
-- As the region takes them: a count by who qualifies.
weighed AS (
    SELECT
        p.indicator_id, p.judged, p.is_member, p.reports, p.x, p.n, p.d, p.b, p.b_n, p.b_d, p.e, p.g,
        p.is_member AND p.g IS NOT NULL AND NOT p.single AS has_target,
        p.is_member AND p.g IS NOT NULL AND NOT p.single AND (p.counts OR p.b IS NOT NULL) AS in_plan,
        NOT p.ended AND p.judged IS NULL AND p.g IS NOT NULL AND NOT p.single AS to_come,
        CASE WHEN p.counts THEN coalesce((p.side * (p.x - p.bar) >= 0)::int, 0) ELSE p.x END AS wx,
        CASE WHEN p.counts THEN coalesce((p.side * (coalesce(p.x, p.b) - p.bar) >= 0)::int, 0)
            ELSE coalesce(p.x, p.b) END AS wl,
        CASE WHEN p.counts THEN coalesce((p.side * (p.b - p.bar) >= 0)::int, 0) ELSE p.b END AS wb,
        CASE WHEN p.counts THEN coalesce((p.side * (p.e - p.bar) >= 0)::int, 0) ELSE p.e END AS we,
        CASE WHEN p.mission_rule = 'count_reached' THEN 1
            WHEN p.counts THEN coalesce((p.side * (p.g - p.bar) >= 0)::int, 0) ELSE p.g END AS wg
    FROM planned p
),
regions AS MATERIALIZED (
    SELECT
        indicator_id AS of_indicator,
        count(*) FILTER (WHERE is_member) AS members,
        count(*) FILTER (WHERE is_member AND reports) AS reporting,
        count(*) FILTER (WHERE has_target) AS with_target,
        count(*) FILTER (WHERE in_plan) AS plans,
        count(*) FILTER (WHERE in_plan AND reports) AS plans_reporting,
        bool_or(to_come) AS to_come,
        sum(wx) FILTER (WHERE is_member AND reports) AS x_sum, max(wx) FILTER (WHERE is_member AND reports) AS x_max,
        min(wx) FILTER (WHERE is_member AND reports) AS x_min,
        sum(n) FILTER (WHERE is_member) AS n_sum, sum(d) FILTER (WHERE is_member) AS d_sum,
        count(coalesce(x, b)) FILTER (WHERE is_member) AS with_level, sum(wl) FILTER (WHERE is_member) AS l_sum,
        count(b) FILTER (WHERE is_member) AS with_b, count(b_d) FILTER (WHERE is_member) AS with_b_parts,
        sum(wb) FILTER (WHERE is_member) AS b_sum, max(wb) FILTER (WHERE is_member) AS b_max,
        min(wb) FILTER (WHERE is_member) AS b_min,
        sum(b_n) FILTER (WHERE is_member) AS bn_sum, sum(b_d) FILTER (WHERE is_member) AS bd_sum,
        sum(n) FILTER (WHERE in_plan) AS pn, sum(d) FILTER (WHERE in_plan) AS pd,
        sum(b * d) FILTER (WHERE in_plan) AS pbd, sum(e * d) FILTER (WHERE in_plan) AS ped,
        sum(g * d) FILTER (WHERE in_plan) AS pgd,
        sum(wl) FILTER (WHERE in_plan) AS pl, sum(wb) FILTER (WHERE in_plan) AS pb,
        sum(we) FILTER (WHERE in_plan) AS pe, sum(wg) FILTER (WHERE in_plan) AS pg
    FROM weighed
    GROUP BY indicator_id
),
-- The value, and the region's own line.
own AS MATERIALIZED (
    SELECT
        i.*, r.*, v.value, o.b AS own_b, t.target AS own_g, t.expected AS own_e,
        i.direction <> 'monitor' AND t.target IS NOT NULL AND NOT (i.flow AND t.target = 0) AS has_own
    FROM indicators i
    LEFT JOIN regions r ON r.of_indicator = i.indicator_id
    LEFT JOIN tracker_baseline b ON b.indicator_id = i.indicator_id AND b.mission_id IS NULL
        AND b.withdrawn_at IS NULL
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN i.weighted THEN r.n_sum / r.d_sum
            WHEN i.mission_rule = 'average' THEN r.x_sum / nullif(r.reporting, 0)
            WHEN i.mission_rule = 'maximum' THEN r.x_max
            WHEN i.mission_rule = 'minimum' THEN r.x_min
            ELSE r.x_sum
        END AS value
    ) AS v
    CROSS JOIN LATERAL (
        SELECT
            greatest(i.starts_on, CASE WHEN i.counts OR NOT i.flow THEN b.date END) AS start,
            CASE
                WHEN i.flow AND NOT i.counts THEN 0
                WHEN b.id IS NOT NULL THEN coalesce(b.value, b.numerator / b.denominator)
                WHEN i.counts THEN coalesce(r.b_sum, 0)
                WHEN i.weighted THEN CASE WHEN r.with_b_parts = r.members THEN r.bn_sum / r.bd_sum END
                WHEN r.with_b < r.members THEN NULL
                WHEN i.mission_rule = 'average' THEN r.b_sum / r.members
                WHEN i.mission_rule = 'maximum' THEN r.b_max
                WHEN i.mission_rule = 'minimum' THEN r.b_min
                ELSE r.b_sum
            END AS b
    ) AS o
    LEFT JOIN LATERAL (
        SELECT
            (SELECT value FROM tracker_target WHERE indicator_id = i.indicator_id AND mission_id IS NULL
                AND withdrawn_at IS NULL AND due_on > o.start ORDER BY due_on DESC LIMIT 1) AS target,
            CASE
                WHEN after.due_on IS NULL THEN before.value
                WHEN i.steps AND NOT i.counts OR i.judged_on <= coalesce(before.due_on, o.start)
                    THEN coalesce(before.value, o.b)
                ELSE coalesce(before.value, o.b) + (after.value - coalesce(before.value, o.b))
                    * (i.judged_on - coalesce(before.due_on, o.start))
                    / (after.due_on - coalesce(before.due_on, o.start))
            END AS expected
        FROM (SELECT) AS one
        LEFT JOIN LATERAL (
            SELECT due_on, value FROM tracker_target WHERE indicator_id = i.indicator_id AND mission_id IS NULL
                AND withdrawn_at IS NULL AND due_on > o.start AND due_on <= i.judged_on ORDER BY due_on DESC LIMIT 1
        ) AS before ON true
        LEFT JOIN LATERAL (
            SELECT due_on, value FROM tracker_target WHERE indicator_id = i.indicator_id AND mission_id IS NULL
                AND withdrawn_at IS NULL AND due_on > greatest(o.start, i.judged_on) ORDER BY due_on LIMIT 1
        ) AS after ON true
    ) AS t ON true
),
-- What is set against what.
compared AS (
    SELECT
        o.indicator_id, o.code, o.judged, o.value, CASE WHEN o.counts THEN 'increase' ELSE o.direction END AS direction,
        f.basis,
        CASE f.basis
            WHEN 'own' THEN CASE
                WHEN NOT o.reporting > 0 THEN NULL
                WHEN o.counts THEN o.l_sum
                WHEN o.mission_rule = 'sum' AND NOT o.weighted THEN CASE WHEN o.with_level = o.members THEN o.l_sum END
                WHEN o.reporting >= s.half_share * o.members THEN o.value
            END
            WHEN 'weighted' THEN CASE WHEN o.plans_reporting >= s.half_share * o.plans THEN o.pn / o.pd END
            WHEN 'plans' THEN CASE WHEN o.plans_reporting > 0 THEN o.pl / f.by END
            WHEN 'value' THEN o.value
        END AS x,
        CASE f.basis WHEN 'own' THEN o.own_b WHEN 'weighted' THEN o.pbd / o.pd WHEN 'plans' THEN o.pb / f.by END AS b,
        CASE f.basis WHEN 'own' THEN CASE WHEN o.own_b IS NOT NULL THEN o.own_e END
            WHEN 'weighted' THEN o.ped / o.pd WHEN 'plans' THEN o.pe / f.by END AS e,
        CASE f.basis WHEN 'own' THEN o.own_g WHEN 'weighted' THEN o.pgd / o.pd WHEN 'plans' THEN o.pg / f.by END AS g,
        o.to_come, o.has_own, o.with_target, o.plans, o.plans_reporting >= s.half_share * o.plans AS half_reports
    FROM own o
    JOIN tracker_strategy s ON s.id = %(strategy)s
    CROSS JOIN LATERAL (
        SELECT
            CASE
                WHEN o.judged IS NULL THEN 'not begun'
                WHEN o.has_own THEN 'own'
                WHEN o.plans > 0 AND o.weighted THEN 'weighted'
                WHEN o.plans > 0 AND NOT (o.counts AND o.pg = 0) THEN 'plans'
                WHEN o.with_target > 0 AND o.plans = 0 OR o.to_come AND coalesce(o.with_target, 0) = 0 THEN 'value'
                ELSE 'none'
            END AS basis,
            CASE WHEN o.mission_rule = 'average' THEN nullif(o.plans, 0) ELSE 1 END AS by
    ) AS f
),
judged AS (
    SELECT
        c.*, c.x - c.b AS moved, c.g - c.b AS way, c.e - c.b AS due,
        CASE
            WHEN c.b IS NULL AND c.direction NOT IN ('increase', 'decrease') THEN false
            WHEN c.b IS NULL OR c.g = c.b THEN CASE c.direction
                WHEN 'maintain' THEN c.x >= c.g - s.maintain_tolerance * abs(c.g)
                WHEN 'decrease' THEN c.x <= c.g
                ELSE c.x >= c.g END
            WHEN c.g > c.b THEN c.x >= c.g
            ELSE c.x <= c.g
        END AS reached
    FROM compared c
    JOIN tracker_strategy s ON s.id = %(strategy)s
)
SELECT
    j.indicator_id,
    CASE
        WHEN j.basis = 'not begun' THEN CASE WHEN j.has_own OR j.to_come THEN 'not_due' ELSE 'no_target' END
        WHEN j.basis = 'none' THEN 'no_target'
        WHEN j.basis = 'value' AND j.with_target > 0 THEN CASE WHEN j.value IS NULL THEN 'no_data' ELSE 'no_baseline' END
        WHEN j.basis = 'value' THEN 'not_due'
        WHEN j.x IS NULL THEN 'no_data'
        WHEN j.reached THEN 'achieved'
        WHEN j.b IS NULL OR j.e IS NULL THEN 'no_baseline'
        WHEN j.way = 0 THEN 'off_track'
        WHEN abs(j.due) < s.early_share * abs(j.way) OR j.due = 0 OR sign(j.due) <> sign(j.way) THEN CASE
            WHEN sign(j.way) * j.moved >= -s.early_share * abs(j.way) THEN 'not_due' ELSE 'off_track' END
        WHEN j.moved / j.due >= s.on_track_from THEN 'on_track'
        WHEN j.moved / j.due >= s.at_risk_from THEN 'at_risk'
        ELSE 'off_track'
    END AS status,
    j.value,
    j.x AS compared_value,
    CASE WHEN j.basis = 'weighted' AND NOT j.half_reports THEN NULL ELSE j.b END AS baseline,
    CASE WHEN j.basis = 'weighted' AND NOT j.half_reports THEN NULL ELSE j.e END AS expected,
    CASE WHEN j.basis = 'weighted' AND NOT j.half_reports THEN NULL ELSE j.g END AS target
FROM judged j
JOIN tracker_strategy s ON s.id = %(strategy)s
ORDER BY j.indicator_id
