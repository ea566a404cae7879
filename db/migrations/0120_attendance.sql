-- 考勤: clock-in files, shifts, leave with cover, and what follows from them by rule.

CREATE TABLE conduct.clock_source (
  city_code text NOT NULL,
  source_id uuid NOT NULL,
  name text NOT NULL,
  layout text NOT NULL CHECK (layout IN ('punches', 'daily')),
  mapping jsonb NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, source_id),
  UNIQUE (city_code, name)
);
COMMENT ON TABLE conduct.clock_source IS 'Clock-in machines (考勤机): which column of their files means what';
COMMENT ON COLUMN conduct.clock_source.layout IS 'punches: a line a punch; daily: a line a person and day';
COMMENT ON COLUMN conduct.clock_source.mapping IS 'Meaning such as staff or moment → title of the column';
GRANT SELECT, INSERT, UPDATE ON conduct.clock_source TO yiping_app;

CREATE TABLE conduct.clock_load (
  city_code text NOT NULL,
  load_id uuid NOT NULL,
  source_id uuid NOT NULL,
  file_name text NOT NULL,
  first_day date,
  last_day date,
  rows integer NOT NULL,
  created integer NOT NULL,
  bad_rows integer NOT NULL,
  loaded_by text NOT NULL,
  loaded_staff text,
  loaded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, load_id),
  FOREIGN KEY (city_code, source_id) REFERENCES conduct.clock_source (city_code, source_id)
);
CREATE INDEX clock_load_source ON conduct.clock_load (city_code, source_id, loaded_at DESC);
COMMENT ON TABLE conduct.clock_load IS 'Files of clock-in machines that were taken';
COMMENT ON COLUMN conduct.clock_load.first_day IS 'Earliest day of its punches; none without any';
COMMENT ON COLUMN conduct.clock_load.last_day IS 'Latest day of its punches';
COMMENT ON COLUMN conduct.clock_load.rows IS 'Lines of the file';
COMMENT ON COLUMN conduct.clock_load.created IS 'Punches that were new';
COMMENT ON COLUMN conduct.clock_load.bad_rows IS 'Lines that were refused';
COMMENT ON COLUMN conduct.clock_load.loaded_staff IS
  'Staff number of who loaded it: who brings the punches confirms no finding from them';
GRANT SELECT, INSERT, UPDATE ON conduct.clock_load TO yiping_app;

CREATE TABLE conduct.punch (
  city_code text NOT NULL,
  staff_no text NOT NULL,
  day date NOT NULL,
  minute smallint NOT NULL CHECK (minute BETWEEN 0 AND 1439),
  device text,
  load_id uuid NOT NULL,
  PRIMARY KEY (city_code, staff_no, day, minute)
);
CREATE INDEX punch_day ON conduct.punch (city_code, day);
COMMENT ON TABLE conduct.punch IS 'When somebody clocked in or out (打卡); only added to';
COMMENT ON COLUMN conduct.punch.minute IS 'Minutes since midnight in China';
COMMENT ON COLUMN conduct.punch.device IS 'Number of the machine, where the file tells';
COMMENT ON COLUMN conduct.punch.load_id IS 'The file that brought it first';
GRANT SELECT, INSERT ON conduct.punch TO yiping_app;

CREATE TABLE conduct.shift (
  city_code text NOT NULL,
  shift_id uuid NOT NULL,
  name text NOT NULL,
  place_kind text NOT NULL CHECK (place_kind IN ('hall', 'window', 'staff')),
  place_code text NOT NULL,
  days text NOT NULL CHECK (days IN ('workdays', 'days_off', 'every_day')),
  spans text NOT NULL,
  noon_punch boolean NOT NULL,
  from_date date NOT NULL,
  to_date date,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, shift_id),
  CHECK (to_date >= from_date)
);
CREATE INDEX shift_place ON conduct.shift (city_code, place_kind, place_code);
COMMENT ON TABLE conduct.shift IS
  'Working hours (班次) of a hall, a window or a person; the nearest one holds';
COMMENT ON COLUMN conduct.shift.place_kind IS 'For whom: everybody of a hall, of a window, or one person';
COMMENT ON COLUMN conduct.shift.place_code IS 'Region of the hall, code of the window, or staff number';
COMMENT ON COLUMN conduct.shift.days IS 'By the working calendar: working days, days off, or every day';
COMMENT ON COLUMN conduct.shift.spans IS
  'Hours such as 09:00-12:00,13:30-17:00; between them is the noon break';
COMMENT ON COLUMN conduct.shift.noon_punch IS 'Whether people clock out and in for the noon break';
GRANT SELECT, INSERT, UPDATE ON conduct.shift TO yiping_app;

CREATE TABLE conduct.leave (
  city_code text NOT NULL,
  leave_id uuid NOT NULL,
  staff_no text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('annual', 'sick', 'personal', 'marriage', 'maternity', 'bereavement',
    'other', 'time_off', 'trip', 'training')),
  from_date date NOT NULL,
  from_half text NOT NULL CHECK (from_half IN ('am', 'pm')),
  to_date date NOT NULL,
  to_half text NOT NULL CHECK (to_half IN ('am', 'pm')),
  reason text NOT NULL,
  cover_staff text,
  on_paper boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('requested', 'approved', 'refused', 'withdrawn')),
  requested_by text NOT NULL,
  requested_name text NOT NULL,
  requested_staff text,
  requested_at timestamptz NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  decision_note text,
  withdrawn_by text,
  withdrawn_name text,
  withdrawn_at timestamptz,
  withdrawal_reason text,
  PRIMARY KEY (city_code, leave_id),
  CHECK ((from_date, from_half) <= (to_date, to_half)),
  CHECK (cover_staff <> staff_no),
  CHECK (decided_by <> requested_by),
  CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL))
);
CREATE INDEX leave_staff ON conduct.leave (city_code, staff_no, from_date);
CREATE INDEX leave_requested ON conduct.leave (city_code, requested_at DESC, leave_id DESC);
CREATE INDEX leave_days ON conduct.leave (city_code, to_date, from_date) WHERE state = 'approved';
COMMENT ON TABLE conduct.leave IS 'Leave and business trips (请假与公出), approved by another person';
COMMENT ON COLUMN conduct.leave.kind IS
  'Leave; time_off for overtime worked; trip and training are work elsewhere';
COMMENT ON COLUMN conduct.leave.from_half IS 'Half of the first day with which it begins';
COMMENT ON COLUMN conduct.leave.to_half IS 'Half of the last day with which it ends';
COMMENT ON COLUMN conduct.leave.cover_staff IS 'Who covers the post meanwhile (B 岗)';
COMMENT ON COLUMN conduct.leave.on_paper IS 'Asked for on paper and entered by the office';
COMMENT ON COLUMN conduct.leave.requested_staff IS 'Staff number of who entered it: no second person';
COMMENT ON COLUMN conduct.leave.decision_note IS 'Why it was refused, or what goes with the approval';
COMMENT ON COLUMN conduct.leave.withdrawal_reason IS 'Why it was withdrawn';
GRANT SELECT, INSERT, UPDATE ON conduct.leave TO yiping_app;

CREATE TABLE conduct.attendance_finding (
  city_code text NOT NULL,
  finding_id text NOT NULL,
  day date NOT NULL,
  half text NOT NULL CHECK (half IN ('am', 'pm')),
  subject_kind text NOT NULL CHECK (subject_kind IN ('staff', 'window')),
  subject_code text NOT NULL,
  region_code text NOT NULL,
  department_code text NOT NULL,
  rule text NOT NULL,
  minutes integer NOT NULL CHECK (minutes >= 0),
  evidence text NOT NULL,
  clause text NOT NULL,
  state text NOT NULL
    CHECK (state IN ('proposed', 'protested', 'confirmed', 'withdrawn', 'lapsed')),
  recorded_by text NOT NULL,
  recorded_staff text,
  proposed_at timestamptz NOT NULL,
  protest_until date NOT NULL,
  protest text,
  protested_by text,
  protested_name text,
  protested_at timestamptz,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  decision_note text,
  overtaken_at timestamptz,
  PRIMARY KEY (city_code, finding_id),
  CHECK (decided_by <> recorded_by),
  CHECK ((state IN ('confirmed', 'withdrawn')) = (decided_at IS NOT NULL)),
  CHECK ((protest IS NULL) = (protested_at IS NULL))
);
CREATE INDEX attendance_finding_day ON conduct.attendance_finding (city_code, day DESC, finding_id DESC);
CREATE INDEX attendance_finding_subject ON conduct.attendance_finding
  (city_code, subject_kind, subject_code, day);
COMMENT ON TABLE conduct.attendance_finding IS
  'What the clock says against somebody (考勤认定): proposed by rule, open to protest, decided by a person';
COMMENT ON COLUMN conduct.attendance_finding.half IS 'Half of the day that it is about';
COMMENT ON COLUMN conduct.attendance_finding.subject_kind IS 'Whom it charges: a person or a window';
COMMENT ON COLUMN conduct.attendance_finding.subject_code IS 'Staff number or code of the window';
COMMENT ON COLUMN conduct.attendance_finding.region_code IS 'Where the post is, for data scopes';
COMMENT ON COLUMN conduct.attendance_finding.department_code IS 'Department of the subject, for data scopes';
COMMENT ON COLUMN conduct.attendance_finding.rule IS 'What happened, as a rule code such as daily.late';
COMMENT ON COLUMN conduct.attendance_finding.minutes IS 'Minutes late or early; 0 where it isn''t measured';
COMMENT ON COLUMN conduct.attendance_finding.evidence IS 'Hours, punches and rule in a sentence';
COMMENT ON COLUMN conduct.attendance_finding.clause IS 'Clause of the rule that it rests on';
COMMENT ON COLUMN conduct.attendance_finding.state IS
  'proposed; protested by its subject; confirmed and posted; withdrawn; lapsed: the facts have changed';
COMMENT ON COLUMN conduct.attendance_finding.recorded_by IS 'Who brought the punches of the day';
COMMENT ON COLUMN conduct.attendance_finding.recorded_staff IS 'Staff number of who brought them';
COMMENT ON COLUMN conduct.attendance_finding.protest_until IS 'Last day on which the subject may protest';
COMMENT ON COLUMN conduct.attendance_finding.protest IS 'What the subject says against it';
COMMENT ON COLUMN conduct.attendance_finding.decision_note IS 'Why, in the words of whoever decided';
COMMENT ON COLUMN conduct.attendance_finding.overtaken_at IS
  'Since when the facts no longer bear out what was confirmed, such as leave approved afterwards';
GRANT SELECT, INSERT, UPDATE ON conduct.attendance_finding TO yiping_app;

CREATE VIEW conduct.v_leave_day AS
  SELECT l.city_code, l.staff_no, d.day::date AS day, l.kind,
    l.kind NOT IN ('time_off', 'trip', 'training') AS is_leave,
    2 - (d.day = l.from_date AND l.from_half = 'pm')::int
      - (d.day = l.to_date AND l.to_half = 'am')::int AS halves
  FROM conduct.leave l
  CROSS JOIN LATERAL generate_series(l.from_date, l.to_date, interval '1 day') AS d(day)
  LEFT JOIN registry.v_calendar_day c ON c.day = d.day::date
  WHERE l.state = 'approved' AND coalesce(c.kind = 'workday', extract(isodow FROM d.day) < 6);
COMMENT ON VIEW conduct.v_leave_day IS
  'Published: working days on which somebody is away with approval, in half days; is_leave without trips';
GRANT SELECT ON conduct.v_leave_day TO yiping_app;

CREATE VIEW conduct.v_open_attendance AS
  SELECT city_code, finding_id, day FROM conduct.attendance_finding WHERE state IN ('proposed', 'protested');
COMMENT ON VIEW conduct.v_open_attendance IS 'Published: findings from the clock that nobody has decided';
GRANT SELECT ON conduct.v_open_attendance TO yiping_app;

INSERT INTO oversight.role_permission (role, permission)
SELECT role, unnest(string_to_array(permissions, ' ')) FROM (VALUES
  ('assessment_office', 'attendance.read attendance.write attendance.confirm leave.read leave.enter '
    'leave.decide'),
  ('supervisor', 'attendance.read attendance.confirm leave.read leave.ask'),
  ('leader', 'attendance.read attendance.confirm leave.read leave.decide'),
  ('department_liaison', 'attendance.read attendance.protest leave.read leave.ask leave.decide'),
  ('clerk', 'attendance.own attendance.protest leave.ask')
) AS seed (role, permissions);
