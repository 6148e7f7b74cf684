"""The rules of `figures.sql`, each with other words that spoil it: a recount must notice."""

SPOILT_RULES: dict[str, tuple[str, str]] = {
    # Promises
    "first-date-only-when-made": (
        "AND kind IN ('made', 'moved')\n        AND due IS NOT NULL",
        "AND kind = 'made'\n        AND due IS NOT NULL",
    ),
    "first-date-of-the-earliest-day": (
        "AND due IS NOT NULL ORDER BY id LIMIT 1) AS first_date",
        'AND due IS NOT NULL ORDER BY "on", id LIMIT 1) AS first_date',
    ),
    "move-on-the-last-day-is-late": ("moved_on <= in_force", "moved_on < in_force"),
    "late-move-helps": ("ELSE in_force END", "ELSE moved_to END"),
    "pulled-forward-counts": ("THEN max(first_date, moved_to)", "THEN moved_to"),
    "last-date-recorded-is-now": (
        "kind = 'moved'\n            ORDER BY \"on\" DESC, id DESC",
        "kind = 'moved'\n            ORDER BY id DESC",
    ),
    "reopened-stays-closed": (
        "kind IN ('done', 'dropped', 'reopened')",
        "kind IN ('done', 'dropped')",
    ),
    "kept-only-before-the-day": (
        "closed_on <= first_date THEN 'kept'",
        "closed_on < first_date THEN 'kept'",
    ),
    "reagreed-only-before-the-day": (
        "closed_on <= in_force THEN 'kept_as_reagreed'",
        "closed_on < in_force THEN 'kept_as_reagreed'",
    ),
    "let-go-only-before-the-day": (
        "closed_on <= in_force THEN 'released'",
        "closed_on < in_force THEN 'released'",
    ),
    "dropped-late-is-let-go": (
        "WHEN status = 'dropped' THEN 'missed'",
        "WHEN status = 'dropped' THEN 'released'",
    ),
    "missed-on-the-day": ("WHEN today > in_force", "WHEN today >= in_force"),
    "missed-by-the-first-date": ("WHEN today > in_force", "WHEN today > first_date"),
    "re-dated-is-not-in-first": (
        "ELSE status = 'done' OR today > first_date",
        "ELSE status = 'done' OR today > in_force",
    ),
    "let-go-counts-in-first": (
        "WHEN status = 'dropped' AND closed_on <= first_date THEN 0",
        "WHEN status = 'dropped' AND closed_on < first_date THEN 0",
    ),
    "owner-before-the-last-day": (
        '"on" > first_date\n            ORDER BY id LIMIT 1), owner) AS first_owner,\n'
        "       -- Whom it was made to",
        '"on" >= first_date\n            ORDER BY id LIMIT 1), owner) AS first_owner,\n'
        "       -- Whom it was made to",
    ),
    "hidden-promises-count": ("WHERE NOT hidden;", "WHERE 1;"),
    "carried-counts-all-moves": (
        "kind = 'moved' AND session_id IS NOT NULL)",
        "kind = 'moved')",
    ),
    # Corrections
    "correction-outlives-a-move": (
        "('done', 'dropped', 'moved', 'reopened'));",
        "('done', 'dropped', 'reopened'));",
    ),
    "withdrawn-corrections-stand": (
        "WHERE action_id = judged.id AND kind = 'corrected')",
        "WHERE action_id = judged.id AND kind = 'corrected' AND fate IS NOT NULL)",
    ),
    "deleted-reviews-correct": ("WHERE e.kind <> 'corrected' OR", "WHERE 1 OR"),
    "corrected-to-let-go-counts": ("said_fate <> 'released' END", "1 END"),
    # Beside the ratios
    "dating-puts-off": (
        "AND kind = 'made') IS NULL AS is_first",
        "AND 0) IS NULL AND 0 AS is_first",
    ),
    "dropped-is-late": (
        "CASE WHEN status <> 'dropped' AND last_day",
        "CASE WHEN last_day",
    ),
    "afterwards-only-by-the-first-date": (
        'OR "on" <= in_force_then AND recorded_on > in_force_then',
        "",
    ),
    "afterwards-on-the-day": (
        '"on" <= dated.first_date AND recorded_on > dated.first_date',
        '"on" <= dated.first_date AND recorded_on >= dated.first_date',
    ),
    "reopening-is-not-afterwards": (
        "recorded_on > dated.first_date\n                ELSE",
        "0\n                ELSE",
    ),
    "handed-over-any-day": (
        'AND old_owner IS NOT NULL AND "on" > first_date) AS is_handed_over',
        "AND old_owner IS NOT NULL) AS is_handed_over",
    ),
    "given-away-only-before-the-day": (
        'old_owner IS NOT NULL AND "on" <= caveat.first_date',
        'old_owner IS NOT NULL AND "on" < caveat.first_date',
    ),
    "given-away-afterwards": (
        'old_owner IS NOT NULL AND "on" <= caveat.first_date',
        "old_owner IS NOT NULL",
    ),
    "dated-when-made-is-dated-later": (
        "first_date IS NOT NULL AND (SELECT due FROM happening",
        "first_date IS NOT NULL OR (SELECT due FROM happening",
    ),
    "undated-is-in-no-period": (
        "coalesce(first_date, made_on) AS counted_on",
        "first_date AS counted_on",
    ),
    "deleted-talks-are-together": ("OR session.deleted_at IS NOT NULL", "OR 0"),
    "alone-is-together": (
        "THEN 'alone' ELSE 'together' END",
        "THEN 'together' ELSE 'together' END",
    ),
    # Conversations
    "deleted-talks-count": (
        "WHERE deleted_at IS NULL AND status IN ('held', 'cancelled')",
        "WHERE status IN ('held', 'cancelled')",
    ),
    "the-tank-counts": ("  AND NOT (template = 'tank'", "  AND NOT (0"),
    "tomorrow-does-not-count": (
        "  AND (status = 'held' OR held_on <= today);\n\n-- ---",
        "  AND held_on <= today;\n\n-- ---",
    ),
    "cancelled-counts-at-once": (
        "  AND (status = 'held' OR held_on <= today);\n\n-- ---",
        ";\n\n-- ---",
    ),
    "twelve-months-ago": ("'-11 months'", "'-12 months'"),
    "weeks-before-the-first-talk": (
        "SELECT date(max(first_day, first_met), 'weekday 1')",
        "SELECT date(first_day, 'weekday 1')",
    ),
    "alone-fills-a-week": (
        "status = 'held' AND NOT is_alone\n    AND held_on BETWEEN monday",
        "status = 'held' AND held_on BETWEEN monday",
    ),
    "weeks-to-come": (
        "<= min(last_day, today) AND NOT",
        "<= date(today, '+7 days') AND NOT",
    ),
    "third-person-does-not-count": (
        "UNION\nSELECT session_id, person_id FROM session_person;",
        ";",
    ),
    "measured-of-three-is-always-the-firsts": (
        "THEN NULL ELSE talk.person_id END AS person_id",
        "THEN talk.person_id ELSE talk.person_id END AS person_id",
    ),
    "named-owner-does-not-count": (
        "WHERE (story.owner = 'me' OR owner_id = who)",
        "WHERE story.owner = 'me'",
    ),
    "named-owner-is-on-no-side": (
        "SELECT story.id, person.name, person.id",
        "SELECT story.id, 'nobody', person.id",
    ),
    "made-to-the-first-of-three": (
        "'supervisor') DESC,\n                     who",
        "'supervisor') ASC,\n                     who",
    ),
    "all-of-three-come-up": (
        "WHERE (story.owner = 'me' OR owner_id = who)",
        "WHERE 1",
    ),
    # Rhythm
    "no-grace-of-two-days": (
        "rhythm_days + max(2, rhythm_days / 7.0) THEN 'amber'",
        "rhythm_days + rhythm_days / 7.0 THEN 'amber'",
    ),
    "grace-of-two-days-alone": (
        "rhythm_days + max(2, rhythm_days / 7.0) THEN 'amber'",
        "rhythm_days + 2 THEN 'amber'",
    ),
    "red-without-grace": (
        "1.5 * rhythm_days + max(2, rhythm_days / 7.0) THEN 'red'",
        "1.5 * rhythm_days THEN 'red'",
    ),
    "amber-without-grace": (
        "waited > rhythm_days + max(2, rhythm_days / 7.0)",
        "waited > rhythm_days",
    ),
    "a-month-is-30-days": (
        "min(date(start, '+' || every_months || ' months'),",
        "min(date(start, '+' || 30 * every_months || ' days'),",
    ),
    "pause-ends-early": ("today <= paused_until", "today < paused_until"),
    "rhythm-from-the-last-talk": (
        "max(last_held, coalesce(paused_until, last_held)) AS start",
        "last_held AS start",
    ),
    "never-met-is-in-time": (
        "WHEN last_held IS NULL THEN 'amber'",
        "WHEN last_held IS NULL THEN 'in time'",
    ),
    "archived-are-waited-for": (
        "WHEN archived_at IS NOT NULL THEN NULL\n           WHEN today",
        "WHEN today",
    ),
    "no-gap-before-the-period": ("AND held_on < first_day\n", "AND 0\n"),
    "pause-excuses-every-gap": ("WHEN paused_until <= ends OR is_wait", "WHEN 1"),
    "long-gap-without-grace": (
        "days > 1.5 * rhythm_days + max(2, rhythm_days / 7.0);",
        "days > 1.5 * rhythm_days;",
    ),
    # Fairness
    "fairness-over-60-days": (
        "AND held_on > date(today, '-90 days')",
        "AND held_on > date(today, '-60 days')",
    ),
    "known-for-less-is-judged": (
        "diary.day)) <= date(today, '-90 days')",
        "diary.day)) <= today",
    ),
    "away-is-judged": ("AND coalesce(paused_until, '') <= date(today, '-90 days')", ""),
    "met-only-in-sets-is-judged": (
        "AND person.id IN (SELECT person_id FROM set_member WHERE person_id IS NOT NULL)",
        "AND 0",
    ),
    "two-are-enough": ("CASE WHEN count(*) >= 3", "CASE WHEN count(*) >= 2"),
    "rhythms-count-in-the-median": (
        "FROM had WHERE every_days IS NULL AND every_months IS NULL GROUP BY relationship",
        "FROM had GROUP BY relationship",
    ),
    "long-rhythms-are-judged": (
        "CASE WHEN rhythm_days + max(2, rhythm_days / 7.0) <= 90 THEN 90 / rhythm_days END",
        "90 / rhythm_days",
    ),
    "usual-minutes-of-two": (
        "count(minutes) FILTER (WHERE sessions > 0) >= 3",
        "count(minutes) FILTER (WHERE sessions > 0) >= 2",
    ),
    # Measures, goals and sets
    "hidden-values-count": ("answer.private OR answer.health AS hidden", "0 AS hidden"),
    "health-is-shown": (
        "answer.private OR answer.health AS hidden",
        "answer.private AS hidden",
    ),
    "rating-recorded-last-is-now": (
        'WHERE goal_id = goal.id ORDER BY "on" DESC, rating.id DESC',
        "WHERE goal_id = goal.id ORDER BY rating.id DESC",
    ),
    "two-goals-make-a-score": (
        "now IS NOT NULL\nGROUP BY person_id HAVING count(*) >= 3",
        "now IS NOT NULL\nGROUP BY person_id HAVING count(*) >= 2",
    ),
    "dropped-goals-count": (
        "WHERE scale = 'attainment' AND status <> 'dropped' AND now",
        "WHERE scale = 'attainment' AND now",
    ),
    "goals-do-not-correlate": (
        "/ sqrt(0.7 * sum(weight * weight) + 0.3 * sum(weight) * sum(weight)) AS t_score,",
        "/ sqrt(sum(weight * weight)) AS t_score,",
    ),
    "start-is-the-first-recorded": (
        'WHERE goal_id = goal.id\n                           ORDER BY "on", rating.id',
        "WHERE goal_id = goal.id\n                           ORDER BY rating.id",
    ),
    "review-covers-30-days": ("'-30 days')) AS begins", "'-29 days')) AS begins"),
    "review-overlaps": (
        "'+1 day'),\n    date(held_on",
        "'+0 days'),\n    date(held_on",
    ),
    "archived-then-are-red": (
        "coalesce(diary.day, '9999-12-31') > review.held_on",
        "1",
    ),
    "turns-after-two-meetings": (
        "left_on IS NULL AND present >= 3",
        "left_on IS NULL AND present >= 2",
    ),
    "turns-of-those-who-left": (
        "role = 'member' AND left_on IS NULL AND present",
        "role = 'member' AND present",
    ),
    "spoken-to-before-the-period-counts": (
        "AND encounter.\"on\" >= coalesce(since, '')\n",
        "",
    ),
    "spoken-to-after-the-period-counts": (
        "\n  AND encounter.\"on\" <= coalesce(until, '9999-12-31');",
        ";",
    ),
    "thanks-before-the-period-count": (
        "AND coalesce(note.said_on, talk.held_on) >= coalesce(since, '')\n",
        "",
    ),
    "thanks-that-wait-count": (
        "coalesce(note.said_on, talk.held_on)",
        "coalesce(note.said_on, note.written_on)",
    ),
    "two-members-are-enough": ("HAVING count(*) >= 3", "HAVING count(*) >= 2"),
}
