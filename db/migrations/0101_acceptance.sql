-- 受理: cases that are worked here, from the counter on. Each ratable moment is a service record by itself.

ALTER TABLE intake.case_step DROP CONSTRAINT case_step_source_check;
ALTER TABLE intake.case_step ADD CONSTRAINT case_step_source_check
  CHECK (source IN ('api', 'file', 'demo', 'hall'));
COMMENT ON COLUMN intake.case_step.source IS
  'How the record came: API, file, the invented demo, or the hall''s own work';

-- Over the promise: what other systems hand in, and what is worked here, where promise_day holds pauses too.
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
  WHERE s.source IN ('api', 'hall') AND s.result_date - s.accept_date > s.promise_day * interval '1 day'
    AND w.days > s.promise_day;

CREATE TABLE intake.case_series (
  city_code text NOT NULL,
  series text NOT NULL,
  next int NOT NULL,
  PRIMARY KEY (city_code, series)
);
COMMENT ON TABLE intake.case_series IS 'Numbers that the hall itself gives to cases and notices';
COMMENT ON COLUMN intake.case_series.series IS
  'What is numbered: cases of a region and day, notices of a year';
COMMENT ON COLUMN intake.case_series.next IS 'The next free number, from 1';

CREATE TABLE intake.application (
  city_code text NOT NULL,
  project_no text NOT NULL,
  form_id uuid NOT NULL,
  joint_no text,
  item_code text NOT NULL,
  item_name text NOT NULL,
  department_code text NOT NULL,
  region_code text NOT NULL,
  window_code text NOT NULL,
  staff_no text NOT NULL,
  user_prop smallint NOT NULL,
  person_step bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('consulted', 'noticed', 'accepted', 'paused', 'refused', 'withdrawn',
    'approved', 'rejected', 'handed_out')),
  promised_days int NOT NULL CHECK (promised_days >= 0),
  extended_days int NOT NULL DEFAULT 0 CHECK (extended_days >= 0),
  paused_days int NOT NULL DEFAULT 0 CHECK (paused_days >= 0),
  paused_at timestamptz,
  lacking_until date,
  received_at timestamptz NOT NULL,
  accepted_at timestamptz,
  decided_at timestamptz,
  handed_out_at timestamptz,
  next_service int NOT NULL,
  next_event int NOT NULL,
  PRIMARY KEY (city_code, project_no),
  UNIQUE (city_code, form_id),
  CHECK ((state = 'paused') = (paused_at IS NOT NULL))
);
CREATE INDEX application_staff ON intake.application (city_code, staff_no, state);
CREATE INDEX application_open ON intake.application (city_code, region_code, state, received_at DESC);
CREATE INDEX application_joint ON intake.application (city_code, joint_no) WHERE joint_no IS NOT NULL;
COMMENT ON TABLE intake.application IS
  'A case 办件 that is worked in this hall: its fine state and its promise clock';
COMMENT ON COLUMN intake.application.form_id IS
  'Id that the clerk''s form drew: the same again is the same case';
COMMENT ON COLUMN intake.application.joint_no IS
  'Number of the first case of several handed in together 一件事';
COMMENT ON COLUMN intake.application.region_code IS 'Region of the hall in which it was received';
COMMENT ON COLUMN intake.application.department_code IS 'Department that handles the item';
COMMENT ON COLUMN intake.application.window_code IS 'Window that received it';
COMMENT ON COLUMN intake.application.staff_no IS 'Clerk who received it';
COMMENT ON COLUMN intake.application.user_prop IS 'userProp: 1 person, 2 company … 9 other';
COMMENT ON COLUMN intake.application.person_step IS
  'Its first service record, beside which the person is sealed';
COMMENT ON COLUMN intake.application.state IS
  'consulted 咨询, noticed 待补正 (national 1); accepted 已受理, paused 暂停 (2); '
  'refused 不予受理, withdrawn 撤回, approved 准予, rejected 不予, handed_out 已出件 (3)';
COMMENT ON COLUMN intake.application.promised_days IS
  'Working days promised at acceptance; 0 for what is settled at once';
COMMENT ON COLUMN intake.application.extended_days IS 'Working days by which it was extended 延期';
COMMENT ON COLUMN intake.application.paused_days IS
  'Working days that did not count 暂停 (hearing, inspection on site)';
COMMENT ON COLUMN intake.application.lacking_until IS
  'Last day for papers that may follow 容缺; none where all are there';
COMMENT ON COLUMN intake.application.next_service IS 'serviceNumber of its next ratable moment';
COMMENT ON COLUMN intake.application.next_event IS 'Number of its next line in the course';

CREATE TABLE intake.application_material (
  city_code text NOT NULL,
  project_no text NOT NULL,
  material_no int NOT NULL,
  name text NOT NULL,
  form text NOT NULL,
  copies int NOT NULL,
  may_follow boolean NOT NULL,
  handed_at timestamptz,
  PRIMARY KEY (city_code, project_no, material_no),
  FOREIGN KEY (city_code, project_no) REFERENCES intake.application (city_code, project_no)
);
COMMENT ON TABLE intake.application_material IS
  'Papers of a case, as the list of its item stood when it came';
COMMENT ON COLUMN intake.application_material.material_no IS 'Its place in the list of the item';
COMMENT ON COLUMN intake.application_material.form IS 'original, copy or electronic';
COMMENT ON COLUMN intake.application_material.copies IS 'How many of it';
COMMENT ON COLUMN intake.application_material.may_follow IS 'May be handed in after acceptance 可容缺';

CREATE TABLE intake.application_notice (
  city_code text NOT NULL,
  notice_no text NOT NULL,
  project_no text NOT NULL,
  missing int[] NOT NULL,
  remark text,
  given_by text NOT NULL,
  given_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, notice_no),
  FOREIGN KEY (city_code, project_no) REFERENCES intake.application (city_code, project_no)
);
CREATE INDEX application_notice_case ON intake.application_notice (city_code, project_no, given_at);
COMMENT ON TABLE intake.application_notice IS
  'One-time notices 一次性告知书: all that is missing, told at once';
COMMENT ON COLUMN intake.application_notice.notice_no IS 'Year and number, such as 2026-00001';
COMMENT ON COLUMN intake.application_notice.missing IS 'Places in the list of the papers that are missing';
COMMENT ON COLUMN intake.application_notice.remark IS 'What else has to be put right';
COMMENT ON COLUMN intake.application_notice.given_by IS 'Staff number of the clerk';

CREATE TABLE intake.application_event (
  city_code text NOT NULL,
  project_no text NOT NULL,
  event_no int NOT NULL,
  verb text NOT NULL,
  staff_no text NOT NULL,
  staff_name text NOT NULL,
  happened_at timestamptz NOT NULL,
  remark text,
  step_id bigint,
  PRIMARY KEY (city_code, project_no, event_no),
  FOREIGN KEY (city_code, project_no) REFERENCES intake.application (city_code, project_no)
);
COMMENT ON TABLE intake.application_event IS
  'The course of a case: each thing done, in order; only added to';
COMMENT ON COLUMN intake.application_event.event_no IS 'Its place in the course';
COMMENT ON COLUMN intake.application_event.verb IS 'What was done';
COMMENT ON COLUMN intake.application_event.remark IS 'Reason, ground or opinion; nothing about a person';
COMMENT ON COLUMN intake.application_event.step_id IS
  'The service record that it made, where it can be rated';

GRANT SELECT, INSERT, UPDATE ON intake.case_series, intake.application, intake.application_material
  TO yiping_app;
GRANT SELECT, INSERT ON intake.application_notice, intake.application_event TO yiping_app;
