-- 按时办结: how many services had a promised time and kept it, by the records themselves.

-- Over their promised days by the calendar: only these few can be over it in working days.
CREATE INDEX case_step_late ON intake.case_step (city_code, service_month, step_id)
  WHERE result_date - accept_date > promise_day * interval '1 day';
DROP INDEX intake.case_step_overrun;

-- Working days after the first up to the last: those of the week by arithmetic, put right by the calendar.
CREATE OR REPLACE VIEW intake.overrun_step AS
  SELECT s.city_code, s.service_month, s.project_no, s.service_number, s.step_id, s.service_time, s.staff_no,
         s.window_code, s.dept_code, d.accepted AS accepted_on, d.finished AS finished_on, s.promise_day,
         w.days AS took_days, greatest(s.recorded_at, s.corrected_at) AS since
  FROM intake.case_step s
  CROSS JOIN LATERAL (
    SELECT (s.accept_date AT TIME ZONE 'Asia/Shanghai')::date AS accepted,
           (s.result_date AT TIME ZONE 'Asia/Shanghai')::date AS finished) d
  CROSS JOIN LATERAL (
    SELECT d.accepted - DATE '1999-12-27' AS since, d.finished - DATE '1999-12-27' AS until) n
  CROSS JOIN LATERAL (
    SELECT (5 * (n.until / 7 - n.since / 7) + least(n.until % 7, 4) - least(n.since % 7, 4)
            + count(*) FILTER (WHERE c.kind = 'workday' AND extract(isodow FROM c.day) > 5)
            - count(*) FILTER (WHERE c.kind = 'holiday' AND extract(isodow FROM c.day) < 6))::int AS days
    FROM registry.calendar_day c WHERE c.day > d.accepted AND c.day <= d.finished) w
  WHERE s.source = 'api' AND s.result_date - s.accept_date > s.promise_day * interval '1 day'
    AND w.days > s.promise_day;

CREATE VIEW intake.v_late_step AS
  SELECT s.city_code, s.service_month, s.step_id, s.staff_no, s.window_code, s.task_code
  FROM intake.case_step s
  CROSS JOIN LATERAL (
    SELECT (s.accept_date AT TIME ZONE 'Asia/Shanghai')::date AS accepted,
           (s.result_date AT TIME ZONE 'Asia/Shanghai')::date AS finished) d
  CROSS JOIN LATERAL (
    SELECT d.accepted - DATE '1999-12-27' AS since, d.finished - DATE '1999-12-27' AS until) n
  CROSS JOIN LATERAL (
    SELECT (5 * (n.until / 7 - n.since / 7) + least(n.until % 7, 4) - least(n.since % 7, 4)
            + count(*) FILTER (WHERE c.kind = 'workday' AND extract(isodow FROM c.day) > 5)
            - count(*) FILTER (WHERE c.kind = 'holiday' AND extract(isodow FROM c.day) < 6))::int AS days
    FROM registry.calendar_day c WHERE c.day > d.accepted AND c.day <= d.finished) w
  WHERE s.result_date - s.accept_date > s.promise_day * interval '1 day' AND w.days > s.promise_day;
COMMENT ON VIEW intake.v_late_step IS
  'Published: services that took more working days than promised, wherever their records came from';
GRANT SELECT ON intake.v_late_step TO yiping_app;

ALTER TABLE close.statement ADD COLUMN promised int NOT NULL DEFAULT 0;
ALTER TABLE close.statement ADD COLUMN kept int NOT NULL DEFAULT 0;
COMMENT ON COLUMN close.statement.promised IS
  'Services of the month whose record says when it was accepted, finished and promised; 0 in months closed
   before they were counted';
COMMENT ON COLUMN close.statement.kept IS 'Those finished within the promised working days';

-- Lines are written by the thousand and read by the page: kept as they are sent, they cost half as much.
DROP VIEW close.statement_line;
ALTER TABLE close.statement ALTER COLUMN lines TYPE json USING lines::json;
CREATE VIEW close.statement_line AS
  SELECT s.city_code, s.month, s.subject_kind, s.subject_code, l.line_no::int AS line_no,
         l.line ->> 'part' AS part, l.line ->> 'kind' AS kind, (l.line ->> 'points')::int AS points_centi,
         l.line ->> 'key' AS value_key, (l.line ->> 'entry')::uuid AS entry_id,
         (l.line ->> 'other')::uuid AS other_entry_id, (l.line -> 'about')::jsonb AS about
  FROM close.statement s
  CROSS JOIN LATERAL json_array_elements(s.lines) WITH ORDINALITY AS l(line, line_no);
COMMENT ON VIEW close.statement_line IS
  'Lines of statements, one a row: part, kind (base, entry, good_rate …), points in 0.01, the scheme''s value
   that it rests on, the entry that it carries, the one that stands instead or is taken back, and the counts';
GRANT SELECT ON close.statement_line TO yiping_app;
