-- 超期办结: a case is charged once, by its first step over the promise, to whom that step names today.

ALTER TABLE intake.case_step ADD COLUMN corrected_at timestamptz;
COMMENT ON COLUMN intake.case_step.corrected_at IS 'When its clerk or window was last put right';

DROP VIEW intake.overrun_case;
CREATE VIEW intake.overrun_step AS
  SELECT s.city_code, s.service_month, s.project_no, s.service_number, s.step_id, s.service_time, s.staff_no,
         s.window_code, s.dept_code, a.day AS accepted_on, b.day AS finished_on, s.promise_day,
         (b.number - a.number)::int AS took_days, greatest(s.recorded_at, s.corrected_at) AS since
  FROM intake.case_step s
  JOIN registry.v_workday a ON a.day = (s.accept_date AT TIME ZONE 'Asia/Shanghai')::date
  JOIN registry.v_workday b ON b.day = (s.result_date AT TIME ZONE 'Asia/Shanghai')::date
  WHERE s.source = 'api' AND s.result_date - s.accept_date > s.promise_day * interval '1 day'
    AND b.number - a.number > s.promise_day;
COMMENT ON VIEW intake.overrun_step IS
  'Published: steps that say that their case took more working days than promised; from the API only';
GRANT SELECT ON intake.overrun_step TO yiping_app;

COMMENT ON COLUMN ledger.entry.fact_id IS
  'Finding, merit or complaint id; record number of a rating; number of a case or of an appeal';
