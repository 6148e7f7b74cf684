-- The figures, counted a second time: from the tables of a journal, by the definitions of
-- docs/figures.md, with nothing of the program that they check.
--
-- What depends on the journal alone is worked out once, as tables; what is asked, as views.
-- The temporary table `question` has one row: today, since, until, person (ids; NULL for none), and
-- whether private answers are shown. `diary` has the local day on which each row was recorded, as
-- noted by whoever typed the commands.

-- ---------------------------------------------------------------- promises: what happened to each

CREATE TEMP TABLE happening AS  -- in the order of recording, which is that of the ids
SELECT e.id, e.action_id, e."on", e.kind, e.due, e.fate, e.old_owner, e.new_owner,
       e.session_id, diary.day AS recorded_on
FROM action_event AS e JOIN diary ON diary.source = 'action_event' AND diary.id = e.id
-- What a deleted review corrected is taken back with it; what else a session recorded stays.
WHERE e.kind <> 'corrected' OR e.session_id IS NULL
   OR e.session_id IN (SELECT id FROM session WHERE deleted_at IS NULL);

CREATE INDEX temp.of_action ON happening (action_id, kind);

CREATE TEMP TABLE story AS
SELECT a.id, a.person_id, a.session_id, a.private,
       a.deleted_at IS NOT NULL AS hidden,
       (SELECT "on" FROM happening WHERE action_id = a.id AND kind = 'made') AS made_on,
       -- The first date is the one agreed when it was made, or else the first that was recorded.
       (SELECT due FROM happening WHERE action_id = a.id AND kind IN ('made', 'moved')
        AND due IS NOT NULL ORDER BY id LIMIT 1) AS first_date,
       coalesce(
           (SELECT due FROM happening WHERE action_id = a.id AND kind = 'moved'
            ORDER BY "on" DESC, id DESC LIMIT 1),
           (SELECT due FROM happening WHERE action_id = a.id AND kind = 'made')) AS due_now,
       coalesce(
           (SELECT CASE kind WHEN 'done' THEN 'done' WHEN 'dropped' THEN 'dropped' ELSE 'open' END
            FROM happening WHERE action_id = a.id AND kind IN ('done', 'dropped', 'reopened')
            ORDER BY id DESC LIMIT 1), 'open') AS status,
       (SELECT CASE kind WHEN 'reopened' THEN NULL ELSE "on" END
        FROM happening WHERE action_id = a.id AND kind IN ('done', 'dropped', 'reopened')
        ORDER BY id DESC LIMIT 1) AS closed_on,
       -- How often it came back in a conversation and stayed open, on its date or on a new one.
       (SELECT count(*) FROM happening WHERE action_id = a.id
        AND (kind = 'carried' OR kind = 'moved' AND session_id IS NOT NULL)) AS carried,
       a.owner
FROM action AS a;

-- A move is in time when it was made on or before the date then in force.
CREATE TEMP TABLE move AS
SELECT action_id, id, "on" AS moved_on, due AS moved_to,
       row_number() OVER (PARTITION BY action_id ORDER BY "on", id) AS place
FROM happening WHERE kind = 'moved';

CREATE TEMP TABLE agreed AS
WITH RECURSIVE walk (action_id, place, first_date, in_force) AS (
    SELECT id, 0, first_date, first_date FROM story WHERE first_date IS NOT NULL
    UNION ALL
    SELECT walk.action_id, move.place, first_date,
           CASE WHEN moved_on <= in_force THEN max(first_date, moved_to) ELSE in_force END
    FROM walk JOIN move ON move.action_id = walk.action_id AND move.place = walk.place + 1
)
SELECT * FROM walk;

CREATE TEMP TABLE force AS
SELECT action_id, in_force FROM agreed
WHERE place = (SELECT max(place) FROM agreed AS later WHERE later.action_id = agreed.action_id);

CREATE TEMP VIEW promise AS
SELECT story.*, in_force, today,
       -- Whoever owned it at the end of its first date.
       coalesce(
           (SELECT old_owner FROM happening
            WHERE action_id = story.id AND old_owner IS NOT NULL AND "on" > first_date
            ORDER BY id LIMIT 1), owner) AS first_owner,
       -- Whom it was made to: of two others, in a plan that is the owner's, whoever is above.
       coalesce(
           (SELECT relationship FROM person WHERE person.id = story.person_id),
           (SELECT relationship FROM partner JOIN person ON person.id = who
                 JOIN session ON session.id = partner.session_id
            WHERE partner.session_id = story.session_id
              AND partner.session_id IN (SELECT session_id FROM session_person)
            ORDER BY relationship IN ('manager', 'coach', 'mentor', 'supervisor') DESC,
                     who = session.person_id DESC
            LIMIT 1)) AS relationship,
       CASE WHEN status = 'open' THEN today ELSE closed_on END AS last_day
FROM story JOIN question LEFT JOIN force ON force.action_id = story.id
WHERE NOT hidden;

CREATE TEMP VIEW judged AS
SELECT *,
       CASE
           WHEN first_date IS NULL THEN NULL
           WHEN status = 'done' AND closed_on <= first_date THEN 'kept'
           WHEN status = 'done' AND closed_on <= in_force THEN 'kept_as_reagreed'
           WHEN status = 'done' THEN 'kept_late'
           WHEN status = 'dropped' AND closed_on <= in_force THEN 'released'
           WHEN status = 'dropped' THEN 'missed'
           WHEN today > in_force THEN 'missed'
           ELSE 'pending'
       END AS fate,
       CASE
           WHEN first_date IS NULL THEN 0
           WHEN status = 'dropped' AND closed_on <= first_date THEN 0
           ELSE status = 'done' OR today > first_date
       END AS in_first
FROM promise;

-- A correction stands until something else happens to the promise, or until it is withdrawn: then
-- the last correction has no fate.
CREATE TEMP VIEW correction_in_force AS
SELECT judged.*, said.fate AS said_fate, said."on" AS said_on
FROM judged JOIN happening AS said ON said.action_id = judged.id AND said.id = (
    SELECT max(id) FROM happening WHERE action_id = judged.id AND kind = 'corrected')
WHERE said.fate IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM happening AS later WHERE later.action_id = judged.id AND later.id > said.id
    AND later.kind IN ('done', 'dropped', 'moved', 'reopened'));

CREATE TEMP VIEW corrected AS
SELECT * FROM correction_in_force
WHERE first_owner = 'me' AND fate <> 'pending' AND said_fate <> fate;

CREATE TEMP VIEW standing AS  -- as corrected: released is in neither ratio, anything else in both
SELECT judged.id, judged.person_id, judged.first_owner, judged.first_date,
       coalesce(said_fate, judged.fate) AS fate,
       CASE WHEN said_fate IS NULL THEN judged.in_first ELSE said_fate <> 'released' END AS in_first
FROM judged LEFT JOIN corrected USING (id);

-- ------------------------------------------------------- promises: what is said beside the ratios

-- A first date given to an undated promise puts nothing off; every other move does.
CREATE TEMP TABLE redating AS
SELECT move.*,
       id = (SELECT min(id) FROM move AS other WHERE other.action_id = move.action_id)
       AND (SELECT due FROM happening WHERE action_id = move.action_id
            AND kind = 'made') IS NULL AS is_first
FROM move;

CREATE TEMP VIEW slipped AS
SELECT judged.id, person_id, first_owner, first_date,
       (SELECT count(*) FROM redating
        WHERE action_id = judged.id AND NOT is_first) AS move_count,
       CASE WHEN status <> 'dropped' AND last_day > first_date
            THEN CAST(julianday(last_day) - julianday(first_date) AS INTEGER) END AS days_late
FROM judged;

-- The date in force before each happening, in the order of their days.
CREATE TEMP TABLE dated AS
SELECT happening.*, story.first_date,
       (SELECT in_force FROM agreed WHERE agreed.action_id = story.id AND place = (
           SELECT count(*) FROM move WHERE move.action_id = story.id
           AND (move.moved_on, move.id) < (happening."on", happening.id))) AS in_force_then
FROM happening JOIN story ON story.id = happening.action_id
WHERE kind IN ('done', 'dropped', 'moved', 'reopened') AND story.first_date IS NOT NULL;

CREATE TEMP TABLE caveat AS
SELECT story.id, story.person_id, first_date, hidden, owner,
       coalesce(
           (SELECT old_owner FROM happening
            WHERE action_id = story.id AND old_owner IS NOT NULL AND "on" > first_date
            ORDER BY id LIMIT 1), owner) AS first_owner,
       -- On its day by what was entered, but entered only when that day had passed.
       EXISTS (SELECT 1 FROM dated WHERE action_id = story.id AND (
           CASE WHEN kind = 'reopened' THEN recorded_on > dated.first_date
                ELSE "on" <= dated.first_date AND recorded_on > dated.first_date
                  OR "on" <= in_force_then AND recorded_on > in_force_then END)) AS is_afterwards,
       EXISTS (SELECT 1 FROM happening WHERE action_id = story.id
               AND old_owner IS NOT NULL AND "on" > first_date) AS is_handed_over,
       -- For one without a date, the day it was made says whether it is in a period.
       coalesce(first_date, made_on) AS counted_on,
       first_date IS NOT NULL AND (SELECT due FROM happening WHERE action_id = story.id
                                   AND kind = 'made') IS NULL AS is_dated_later,
       -- Where the date in force comes from, if it is not the first one.
       (SELECT CASE
            WHEN session.id IS NULL OR session.deleted_at IS NOT NULL
                OR session.person_id IS NULL AND session.id NOT IN (
                SELECT session_id FROM meeting) THEN 'alone' ELSE 'together' END
        FROM dated LEFT JOIN session ON session.id = dated.session_id
        WHERE dated.action_id = story.id AND kind = 'moved' AND dated."on" <= in_force_then
          AND (SELECT in_force FROM force WHERE force.action_id = story.id) > dated.first_date
        ORDER BY dated."on" DESC, dated.id DESC LIMIT 1) AS reagreed
FROM story;

CREATE TEMP VIEW given_away AS  -- by whoever had it before the end of its first date
SELECT DISTINCT caveat.id, caveat.first_date, hidden, old_owner AS giver, first_owner
FROM caveat JOIN happening ON action_id = caveat.id
WHERE old_owner IS NOT NULL AND "on" <= caveat.first_date;

-- ------------------------------------------------------------------------- conversations and time

CREATE TEMP VIEW talk AS
SELECT session.*, meeting.set_id,
       session.person_id IS NULL AND meeting.set_id IS NULL AS is_alone
FROM session LEFT JOIN meeting ON meeting.session_id = session.id
WHERE deleted_at IS NULL AND status IN ('held', 'cancelled')
  -- An entry of the owner's own tank is no conversation, and nothing that is measured.
  AND NOT (template = 'tank' AND person_id IS NULL AND meeting.set_id IS NULL);

-- Everybody else in a conversation: with each of two others it was held, cancelled and spent time.
CREATE TEMP VIEW partner AS
SELECT id AS session_id, person_id AS who FROM session WHERE person_id IS NOT NULL
UNION
SELECT session_id, person_id FROM session_person;

-- Held is held, also on a day that is tomorrow after a flight west; cancelled counts from its day on.
CREATE TEMP VIEW talk_in_period AS
SELECT talk.* FROM talk JOIN question
WHERE held_on >= coalesce(since, '')
  AND held_on <= coalesce(until, '9999-12-31')
  AND (status = 'held' OR held_on <= today);

-- ---------------------------------------------------------------------------------- spoken to

-- Days on which somebody was spoken to without a conversation: each once for each person.
CREATE TEMP VIEW spoken_to AS
SELECT DISTINCT encounter.person_id, encounter."on" FROM encounter JOIN question
WHERE (person IS NULL OR encounter.person_id = person)
  AND encounter."on" >= coalesce(since, '')
  AND encounter."on" <= coalesce(until, '9999-12-31');

-- Thanks that were noted, and then said: by themselves, or in a conversation that still stands.
CREATE TEMP VIEW thanked AS
SELECT note.id, coalesce(note.said_on, talk.held_on) AS said_on
FROM note JOIN question LEFT JOIN talk ON talk.id = note.session_id AND talk.status = 'held'
WHERE note.kind = 'thanks'
  AND coalesce(note.said_on, talk.held_on) >= coalesce(since, '')
  AND coalesce(note.said_on, talk.held_on) <= coalesce(until, '9999-12-31');

-- ------------------------------------------------------------------------------------- measures

-- Of three, a number is about the first or, where they are above the owner, about the owner.
CREATE TEMP VIEW asked AS
SELECT answer.id, answer.measure,
       CASE WHEN talk.id IN (SELECT session_id FROM session_person) AND talk.person_id IN (
                SELECT id FROM person
                WHERE relationship IN ('manager', 'coach', 'mentor', 'supervisor'))
            THEN NULL ELSE talk.person_id END AS person_id,
       talk.set_id, answer.slot_id, answer.low,
       answer.high, talk.held_on, talk.id AS session_id, answer.position,
       CAST(answer.value AS INTEGER) AS value, answer.private OR answer.health AS hidden
FROM answer JOIN talk_in_period AS talk ON talk.id = answer.session_id
WHERE talk.status = 'held' AND measure IS NOT NULL AND answer.kind = 'scale' AND value <> 'null';

-- The first and the last day of what is drawn: of the period, or of twelve calendar months. It ends
-- today, or on the last day of a conversation that a flight west has put after it.
CREATE TEMP VIEW edge AS
SELECT today, person,
       (SELECT min(held_on) FROM talk
        WHERE status = 'held' AND (person IS NULL OR EXISTS (
            SELECT 1 FROM partner WHERE session_id = talk.id AND who = person))) AS first_held,
       (SELECT min(held_on) FROM talk WHERE status = 'held' AND NOT is_alone) AS first_met,
       max(today, coalesce(
           (SELECT max(held_on) FROM talk
            WHERE status = 'held' AND (person IS NULL OR EXISTS (
                SELECT 1 FROM partner WHERE session_id = talk.id AND who = person))),
           today)) AS latest,
       since, until
FROM question;

CREATE TEMP VIEW span AS
SELECT *,
       CASE
           WHEN since IS NOT NULL THEN since
           WHEN until IS NULL THEN date(today, 'start of month', '-11 months')
           ELSE min(coalesce(first_held, until, latest), min(coalesce(until, latest), latest))
       END AS first_day,
       min(coalesce(until, latest), latest) AS last_day
FROM edge;

CREATE TEMP VIEW drawn AS  -- the conversations in what is drawn
SELECT talk.* FROM talk JOIN span
WHERE held_on BETWEEN first_day AND last_day AND (person IS NULL OR EXISTS (
        SELECT 1 FROM partner WHERE session_id = talk.id AND who = person))
  AND (status = 'held' OR held_on <= today);

-- Whole weeks, from the first conversation of all up to today, in which none was held with anyone.
CREATE TEMP VIEW week_without AS
WITH RECURSIVE week (monday) AS (
    SELECT date(max(first_day, first_met), 'weekday 1')  -- that day, if it is a Monday
    FROM span WHERE first_met IS NOT NULL
    UNION ALL
    SELECT date(monday, '+7 days') FROM week JOIN span
    WHERE date(monday, '+7 days') <= last_day
)
SELECT monday FROM week JOIN span
WHERE date(monday, '+6 days') <= min(last_day, today) AND NOT EXISTS (
    SELECT 1 FROM talk WHERE status = 'held' AND NOT is_alone
    AND held_on BETWEEN monday AND date(monday, '+6 days'));

-- ---------------------------------------------------------------------------------------- rhythm

CREATE TEMP VIEW contact AS
SELECT 'person' AS source, person.id, every_days, every_months, archived_at, paused_until, today,
       (SELECT max(held_on) FROM talk JOIN partner ON session_id = talk.id
        WHERE who = person.id AND status = 'held') AS last_held
FROM person JOIN question
UNION ALL
SELECT 'set', learning_set.id, every_days, every_months, archived_at, NULL, today,
       (SELECT max(held_on) FROM talk WHERE set_id = learning_set.id AND status = 'held')
FROM learning_set JOIN question;

CREATE TEMP VIEW started AS
SELECT *, max(last_held, coalesce(paused_until, last_held)) AS start FROM contact;

-- A month after the 31st is the last day of a shorter month.
CREATE TEMP VIEW expected AS
SELECT *, CASE
    WHEN archived_at IS NOT NULL THEN NULL
    WHEN every_months IS NOT NULL THEN
        min(date(start, '+' || every_months || ' months'),
            date(start, 'start of month', '+' || (every_months + 1) || ' months', '-1 day'))
    ELSE date(start, '+' || every_days || ' days') END AS next_due
FROM started;

CREATE TEMP VIEW paced AS
SELECT *, julianday(next_due) - julianday(start) AS rhythm_days,
       julianday(today) - julianday(start) AS waited
FROM expected;

CREATE TEMP VIEW pace AS
SELECT source, id, last_held, next_due,
       CASE
           WHEN archived_at IS NOT NULL THEN NULL
           WHEN today <= paused_until THEN 'paused'
           WHEN every_days IS NULL AND every_months IS NULL THEN NULL
           WHEN last_held IS NULL THEN 'amber'
           WHEN waited > 1.5 * rhythm_days + max(2, rhythm_days / 7.0) THEN 'red'
           WHEN waited > rhythm_days + max(2, rhythm_days / 7.0) THEN 'amber'
           ELSE 'in time'
       END AS rhythm,
       CAST(max(0, julianday(today) - julianday(next_due)) AS INTEGER) AS days_late
FROM paced;

CREATE TEMP VIEW rhythm AS
SELECT id, last_held, next_due, rhythm, days_late FROM pace WHERE source = 'person';

CREATE TEMP VIEW set_rhythm AS
SELECT id, last_held, next_due, rhythm, days_late FROM pace WHERE source = 'set';

-- With whom a promise comes up, and counts: the person whose plan it is in and, of two others in a
-- conversation, also with whoever promised it, and with both what the owner promised.
CREATE TEMP VIEW coming_up AS
SELECT story.id, who FROM story JOIN action ON action.id = story.id
     JOIN partner ON partner.session_id = story.session_id
WHERE (story.owner = 'me' OR owner_id = who)
  AND story.session_id IN (SELECT session_id FROM session_person)
UNION
SELECT id, person_id FROM story WHERE person_id IS NOT NULL;

-- Who is meant by the owner of a promise: `them` is the person in whose plan it is, and a name
-- somebody else in a conversation of three. A promise counts for them with that person only.
CREATE TEMP VIEW maker AS
SELECT id AS promise_id, 'them' AS called, person_id AS who FROM story WHERE person_id IS NOT NULL
UNION
SELECT story.id, person.name, person.id
FROM story JOIN partner ON partner.session_id = story.session_id JOIN person ON person.id = who
WHERE story.session_id IN (SELECT session_id FROM session_person);

-- Gaps between conversations of one person, the last before the period first, the wait since the
-- last one at the end. Only the latest pause is on record: it excuses the gap it ended in, and the wait.
CREATE TEMP VIEW gap AS
WITH mark AS (
    SELECT held_on FROM drawn WHERE status = 'held'
    UNION
    SELECT max(held_on) FROM talk JOIN partner ON session_id = talk.id JOIN span
    WHERE status = 'held' AND who = person AND held_on < first_day
),
pair AS (
    SELECT held_on AS begins, lead(held_on) OVER (ORDER BY held_on) AS next FROM mark
    WHERE held_on IS NOT NULL
),
ended AS (
    SELECT begins, coalesce(next, min(last_day, today)) AS ends, next IS NULL AS is_wait
    FROM pair JOIN span
),
excused AS (
    SELECT ends, every_days, every_months,
           CASE WHEN paused_until IS NULL THEN begins
                WHEN paused_until <= ends OR is_wait THEN max(begins, min(paused_until, ends))
                ELSE begins END AS begins
    FROM ended JOIN question JOIN person ON person.id = question.person
    WHERE NOT (is_wait AND archived_at IS NOT NULL)  -- nobody waits for someone archived
)
SELECT *, julianday(ends) - julianday(begins) AS days,
       julianday(CASE WHEN every_months IS NOT NULL THEN
           min(date(begins, '+' || every_months || ' months'),
               date(begins, 'start of month', '+' || (every_months + 1) || ' months', '-1 day'))
           ELSE date(begins, '+' || every_days || ' days') END) - julianday(begins) AS rhythm_days
FROM excused;

CREATE TEMP VIEW long_gap AS
SELECT * FROM gap WHERE days > 1.5 * rhythm_days + max(2, rhythm_days / 7.0);

-- -------------------------------------------------------------------------------------- fairness

-- The last 90 days; whoever was known for less, away in them or met in sets only is not judged.
CREATE TEMP VIEW had AS
SELECT person.id, relationship, every_days, every_months,
       count(talk.id) AS sessions,
       CASE WHEN count(talk.id) = count(minutes) THEN CAST(total(minutes) AS INTEGER) END AS minutes
FROM person JOIN question
     JOIN diary ON diary.source = 'person' AND diary.id = person.id
     LEFT JOIN (SELECT talk.*, who FROM talk JOIN partner ON session_id = talk.id) AS talk
         ON talk.who = person.id AND status = 'held'
         AND held_on > date(today, '-90 days')
WHERE archived_at IS NULL
  AND coalesce(paused_until, '') <= date(today, '-90 days')
  AND min(diary.day, coalesce(
      (SELECT min(held_on) FROM talk JOIN partner ON session_id = talk.id
       WHERE status = 'held' AND who = person.id),
      diary.day)) <= date(today, '-90 days')
  AND NOT (every_days IS NULL AND every_months IS NULL
      AND person.id IN (SELECT person_id FROM set_member WHERE person_id IS NOT NULL)
      AND person.id NOT IN (
          SELECT who FROM talk JOIN partner ON session_id = talk.id WHERE status = 'held'))
GROUP BY person.id;

CREATE TEMP VIEW agreed_share AS  -- as many as the rhythm comes to, a month being 30 days
SELECT *, coalesce(every_days, 30 * every_months) AS rhythm_days FROM had
WHERE every_days IS NOT NULL OR every_months IS NOT NULL;

CREATE TEMP VIEW usual AS
SELECT relationship,
       CASE WHEN count(*) >= 3 THEN median(sessions) END AS usual_sessions,
       CASE WHEN count(minutes) FILTER (WHERE sessions > 0) >= 3
            THEN median(minutes) END AS usual_minutes  -- 0 for those with no conversation
FROM had WHERE every_days IS NULL AND every_months IS NULL GROUP BY relationship;

CREATE TEMP VIEW fairness AS
SELECT id, sessions, minutes,
       CASE WHEN rhythm_days + max(2, rhythm_days / 7.0) <= 90 THEN 90 / rhythm_days END
           AS usual_sessions,
       NULL AS usual_minutes,
       CASE WHEN rhythm_days + max(2, rhythm_days / 7.0) <= 90 THEN 'rhythm' END AS basis
FROM agreed_share
UNION ALL
SELECT id, sessions, minutes, usual_sessions,
       CASE WHEN sessions > 0 AND minutes IS NOT NULL THEN usual_minutes END,
       CASE WHEN usual_sessions IS NOT NULL THEN 'relationship' END
FROM had JOIN usual USING (relationship) WHERE every_days IS NULL AND every_months IS NULL;

-- ----------------------------------------------------------------------------------------- goals

CREATE TEMP VIEW rated_goal AS
SELECT goal.*,
       (SELECT value FROM rating WHERE goal_id = goal.id ORDER BY "on" DESC, rating.id DESC
        LIMIT 1) AS now,
       coalesce(baseline, (SELECT value FROM rating WHERE goal_id = goal.id
                           ORDER BY "on", rating.id LIMIT 1)) AS start,
       (SELECT max("on") FROM rating WHERE goal_id = goal.id) AS rated_on
FROM goal WHERE deleted_at IS NULL;

-- The T-score of one person's goals (Kiresuk and Sherman 1968), of three that were rated and not
-- dropped; at the start with the baseline or the first rating of each.
CREATE TEMP VIEW attained AS
SELECT person_id, count(*) AS goals,
       50 + 10.0 * sum(weight * now)
           / sqrt(0.7 * sum(weight * weight) + 0.3 * sum(weight) * sum(weight)) AS t_score,
       50 + 10.0 * sum(weight * start)
           / sqrt(0.7 * sum(weight * weight) + 0.3 * sum(weight) * sum(weight)) AS t_score_at_start,
       max(status <> 'open') AS includes_closed, max(rated_on) AS rated_on,
       (SELECT count(*) FROM goal AS other WHERE other.person_id IS rated_goal.person_id
        AND scale = 'attainment' AND status = 'dropped' AND deleted_at IS NULL) AS dropped
FROM rated_goal
WHERE scale = 'attainment' AND status <> 'dropped' AND now IS NOT NULL
GROUP BY person_id HAVING count(*) >= 3;

-- ----------------------------------------------------------------------- reviews of one's shadow

CREATE TEMP VIEW scored AS
SELECT talk.id AS session, held_on,
       max(value) FILTER (WHERE measure = 'shadow-say') AS say,
       max(value) FILTER (WHERE measure = 'shadow-act') AS act,
       max(value) FILTER (WHERE measure = 'shadow-prioritise') AS prioritise,
       max(value) FILTER (WHERE measure = 'shadow-measure') AS measure,
       CASE WHEN count(value) > 1 THEN max(value) - min(value) END AS gap
FROM talk JOIN (SELECT session_id, measure, CAST(value AS INTEGER) AS value FROM answer
                WHERE value <> 'null' AND measure LIKE 'shadow-%') AS given ON session_id = talk.id
WHERE status = 'held' AND person_id IS NULL
GROUP BY talk.id;

-- From the day after the last review of an earlier day; the first one covers 31 days.
CREATE TEMP VIEW review AS
SELECT *, coalesce(
    date((SELECT max(held_on) FROM scored AS b WHERE b.held_on < a.held_on), '+1 day'),
    date(held_on, '-30 days')) AS begins
FROM scored AS a;

CREATE TEMP VIEW unseen AS  -- who was red on the day of a review, by the rhythm and the pause of now
WITH last AS (
    SELECT session, review.held_on, person.id, every_days, every_months, paused_until,
           max(coalesce(paused_until, ''), (
               SELECT max(held_on) FROM talk JOIN partner ON partner.session_id = talk.id
               WHERE status = 'held' AND who = person.id
               AND talk.held_on <= review.held_on)) AS start
    FROM review JOIN person
         LEFT JOIN diary ON diary.source = 'archive' AND diary.id = person.id
    WHERE coalesce(diary.day, '9999-12-31') > review.held_on
      AND coalesce(paused_until, '') < review.held_on
),
paced AS (
    SELECT *, julianday(held_on) - julianday(start) AS waited,
           CASE WHEN every_months IS NULL THEN every_days ELSE julianday(
               min(date(start, '+' || every_months || ' months'),
                   date(start, 'start of month', '+' || (every_months + 1) || ' months',
                        '-1 day'))) - julianday(start) END AS rhythm_days
    FROM last
)
SELECT * FROM paced WHERE waited > 1.5 * rhythm_days + max(2, rhythm_days / 7.0);

-- ------------------------------------------------------------------------------------------ sets

CREATE TEMP VIEW met AS  -- meetings held
SELECT * FROM talk_in_period WHERE set_id IS NOT NULL AND status = 'held';

CREATE TEMP VIEW question_asked AS
SELECT met.id AS session_id, json_extract(asked.value, '$.tag') AS tag
FROM met JOIN answer ON answer.session_id = met.id AND kind = 'questions'
     JOIN json_each(answer.value) AS asked
WHERE answer.value <> 'null';

-- Somebody who left and came back is one person; what they are in the set is their last membership.
CREATE TEMP VIEW membership AS
SELECT set_id, coalesce(person_id, 0) AS who, max(id) AS last_id, group_concat(id) AS ids
FROM set_member GROUP BY set_id, coalesce(person_id, 0);

CREATE TEMP VIEW attended AS
SELECT membership.set_id, who, member.role, member.left_on,
       (SELECT count(*) FROM participant JOIN met ON met.id = session_id
        JOIN set_member AS m ON m.id = member_id
        WHERE m.set_id = membership.set_id AND coalesce(m.person_id, 0) = who) AS present,
       (SELECT count(*) FROM slot JOIN met ON met.id = session_id
        JOIN set_member AS m ON m.id = member_id
        WHERE m.set_id = membership.set_id AND coalesce(m.person_id, 0) = who) AS turns,
       (SELECT sum(slot.minutes) FROM slot JOIN met ON met.id = session_id
        JOIN set_member AS m ON m.id = member_id
        WHERE m.set_id = membership.set_id AND coalesce(m.person_id, 0) = who) AS minutes,
       (SELECT count(slot.minutes) FROM slot JOIN met ON met.id = session_id
        JOIN set_member AS m ON m.id = member_id
        WHERE m.set_id = membership.set_id AND coalesce(m.person_id, 0) = who) AS minutes_noted
FROM membership JOIN set_member AS member ON member.id = last_id;

-- Turns for each meeting attended, of those who take turns and were at three meetings or more.
CREATE TEMP VIEW turn_share AS
SELECT set_id, who, turns * 1.0 / present AS share FROM attended
WHERE role = 'member' AND left_on IS NULL AND present >= 3;

CREATE TEMP VIEW usual_turn_share AS
SELECT set_id, median(share) AS usual_share FROM turn_share GROUP BY set_id HAVING count(*) >= 3;
