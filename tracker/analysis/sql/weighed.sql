-- A mission's level as the region takes it: 1 or 0 where missions are counted, else itself.
CASE
    WHEN NOT q.counts_missions THEN ${level}
    WHEN q.mission_rule = 'count_at_least' THEN CASE WHEN ${level} - q.bar >= -1e-20 THEN 1 ELSE 0 END
    WHEN ${reached} THEN 1
    ELSE 0
END
