-- Whether a level has reached the target. Fifty digits of a third are not a third: closer than 1e-20 is the same.
CASE
    WHEN ${level} IS NULL OR ${target} IS NULL THEN false
    WHEN ${baseline} IS NULL AND ${direction} NOT IN ('increase', 'decrease') THEN false
    WHEN ${baseline} IS NULL OR abs(${target} - ${baseline}) <= 1e-20 THEN CASE ${direction}
        WHEN 'maintain' THEN ${level} - ${target} + s.maintain_tolerance * abs(${target}) >= -1e-20
        WHEN 'decrease' THEN ${target} - ${level} >= -1e-20
        ELSE ${level} - ${target} >= -1e-20
    END
    WHEN ${target} > ${baseline} THEN ${level} - ${target} >= -1e-20
    ELSE ${target} - ${level} >= -1e-20
END
