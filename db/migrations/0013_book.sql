-- 记分快路: what a close reads of a month's ratings, and nothing more.

CREATE INDEX rating_bad ON feedback.rating (city_code, service_month, step_id) WHERE satisfaction <= 2;

-- Published for counting: the first rating of each step without its step, for whoever reads the steps anyway.
CREATE VIEW feedback.first_rating AS
  SELECT r.city_code, r.service_month, r.step_id, r.satisfaction, r.tags, r.channel, r.batch_id,
         r.recorded_at,
         v.verdict, v.attribution, v.verified_by, v.approved_by, v.decided_on,
         coalesce(v.verdict IN ('mistaken', 'malicious'), false) AS excluded
  FROM feedback.rating r
  LEFT JOIN feedback.rating_verdict v
    ON v.city_code = r.city_code AND v.step_id = r.step_id AND v.assess_number = r.assess_number
  WHERE r.assess_number = 1;
COMMENT ON VIEW feedback.first_rating IS
  'Published: first ratings with their verdict and whether it excluded them; to be joined to steps';
GRANT SELECT ON feedback.first_rating TO yiping_app;

-- 超期办结: cases that took more working days than was promised follow from the records that came by the API.
CREATE INDEX case_step_overrun ON intake.case_step (city_code, service_month, step_id)
  WHERE source = 'api' AND result_date - accept_date > promise_day * interval '1 day';

CREATE VIEW registry.v_workday AS
  SELECT d::date AS day,
         count(*) FILTER (WHERE coalesce(c.kind = 'workday', extract(isodow FROM d) < 6)) OVER (ORDER BY d)
           AS number
  FROM generate_series(timestamp '2019-01-01', timestamp '2039-12-31', interval '1 day') AS d
  LEFT JOIN registry.calendar_day c ON c.day = d::date;
COMMENT ON VIEW registry.v_workday IS
  'Published: days with how many working days there were up to them; differences are working days between';
GRANT SELECT ON registry.v_workday TO yiping_app;

CREATE VIEW intake.overrun_case AS
  SELECT DISTINCT ON (s.city_code, s.service_month, s.project_no)
         s.city_code, s.service_month, s.project_no, s.step_id, s.service_time, s.staff_no, s.window_code,
         s.dept_code, a.day AS accepted_on, b.day AS finished_on, s.promise_day,
         (b.number - a.number)::int AS took_days, s.recorded_at
  FROM intake.case_step s
  JOIN registry.v_workday a ON a.day = (s.accept_date AT TIME ZONE 'Asia/Shanghai')::date
  JOIN registry.v_workday b ON b.day = (s.result_date AT TIME ZONE 'Asia/Shanghai')::date
  WHERE s.source = 'api' AND s.result_date - s.accept_date > s.promise_day * interval '1 day'
    AND b.number - a.number > s.promise_day
  ORDER BY s.city_code, s.service_month, s.project_no, s.step_id;
COMMENT ON VIEW intake.overrun_case IS
  'Published: cases finished after more working days than promised, by the first step that says so; API only';
GRANT SELECT ON intake.overrun_case TO yiping_app;

ALTER TABLE ledger.entry DROP CONSTRAINT entry_fact_kind_check;
ALTER TABLE ledger.entry ADD CONSTRAINT entry_fact_kind_check
  CHECK (fact_kind IN ('finding', 'merit', 'complaint', 'rating', 'appeal', 'record'));
