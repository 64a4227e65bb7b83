-- The revisions that may speak for their report, and whether it has others.
revisions AS MATERIALIZED (
    SELECT
        v.id, v.report_id, v.number, t.mission_id, p.number AS period,
        count(*) OVER (PARTITION BY v.report_id) = 1 AS is_alone
    FROM tracker_reportingperiod p
    JOIN tracker_progressreport t ON t.period_id = p.id
    JOIN tracker_reportrevision v ON v.report_id = t.id
    WHERE p.strategy_id = %(strategy)s AND p.number <= greatest((SELECT max(judged) FROM questions), %(read_to)s)
        AND (v.withdrawn_at IS NULL OR v.withdrawn_at > %(known_on)s)
        AND (
            v.status = 'approved' AND v.approved_at <= %(known_on)s
            OR %(provisional)s AND v.status IN ('submitted', 'approved')
                AND coalesce(v.submitted_at, v.created_at) <= %(known_on)s
            OR v.id = ANY (%(drafts)s::bigint[])
        )
        AND (%(missions)s::bigint[] IS NULL OR t.mission_id = ANY (%(missions)s::bigint[]))
),
-- The one row of a report that counts, for each indicator: the latest that is not held back. Most reports have
-- one revision, and need no sorting. series: indicator and mission in one key, which joins and groups cheaply.
counting AS (
    SELECT
        r.indicator_id << 32 | v.mission_id AS series, v.period,
        r.id, r.value, r.numerator, r.denominator, r.not_applicable, r.covers
    FROM revisions v
    JOIN tracker_indicatorresult r ON r.revision_id = v.id
    WHERE v.is_alone AND NOT r.held_back
        AND (%(indicators)s::bigint[] IS NULL OR r.indicator_id = ANY (%(indicators)s::bigint[]))
    UNION ALL
    (
        SELECT DISTINCT ON (v.report_id, r.indicator_id)
            r.indicator_id << 32 | v.mission_id, v.period,
            r.id, r.value, r.numerator, r.denominator, r.not_applicable, r.covers
        FROM revisions v
        JOIN tracker_indicatorresult r ON r.revision_id = v.id
        WHERE NOT v.is_alone AND NOT r.held_back
            AND (%(indicators)s::bigint[] IS NULL OR r.indicator_id = ANY (%(indicators)s::bigint[]))
        ORDER BY v.report_id, r.indicator_id, v.number DESC
    )
)
