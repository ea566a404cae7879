-- What the migrations make, read back from the catalogue and reviewed like code. The test
-- test/arch/schema.test.ts compares it, and writes it anew with -u. Month partitions and the queue's own
-- schema are left out.

CREATE TABLE close.closing (
  city_code text NOT NULL,
  month date NOT NULL,
  closed_at timestamp with time zone NOT NULL,
  closed_by text NOT NULL,
  scheme_hash text NOT NULL,
  staff integer NOT NULL,
  windows integer NOT NULL,
  departments integer NOT NULL,
  ratable integer NOT NULL,
  rated integer NOT NULL,
  good integer NOT NULL,
  bad integer NOT NULL,
  pending integer NOT NULL,
  published_at timestamp with time zone,
  published_by text,
  notice_until timestamp with time zone,
  sealed_at timestamp with time zone,
  sealed_by text,
  waived_reason text,
  CONSTRAINT closing_pkey PRIMARY KEY (city_code, month)
);

GRANT INSERT ON close.closing TO yiping_app;
GRANT SELECT ON close.closing TO yiping_app;
GRANT UPDATE ON close.closing TO yiping_app;

COMMENT ON TABLE close.closing IS 'The last close of each month';
COMMENT ON COLUMN close.closing.closed_at IS 'When it was closed last';
COMMENT ON COLUMN close.closing.closed_by IS 'Who closed it';
COMMENT ON COLUMN close.closing.scheme_hash IS 'Scheme whose numbers of the whole month were used';
COMMENT ON COLUMN close.closing.staff IS 'Members of staff assessed';
COMMENT ON COLUMN close.closing.windows IS 'Windows assessed';
COMMENT ON COLUMN close.closing.departments IS 'Departments assessed';
COMMENT ON COLUMN close.closing.ratable IS 'Ratable services of the city in the month';
COMMENT ON COLUMN close.closing.rated IS 'First ratings that count in the month, exclusions left out';
COMMENT ON COLUMN close.closing.good IS 'Levels 3 to 5 among them';
COMMENT ON COLUMN close.closing.bad IS 'Levels 1 and 2 among them';
COMMENT ON COLUMN close.closing.pending IS 'Deductions that waited for a verdict';
COMMENT ON COLUMN close.closing.published_at IS 'When the public notice began';
COMMENT ON COLUMN close.closing.published_by IS 'Who put the results on public notice';
COMMENT ON COLUMN close.closing.notice_until IS 'Last instant at which objections are in time';
COMMENT ON COLUMN close.closing.sealed_at IS 'When the month was sealed';
COMMENT ON COLUMN close.closing.sealed_by IS 'Who sealed it';
COMMENT ON COLUMN close.closing.waived_reason IS 'Why the notice was cut short; printed on every statement';

CREATE TABLE close.redress (
  city_code text NOT NULL,
  month date NOT NULL,
  of_month date NOT NULL,
  subject_kind text NOT NULL,
  subject_code text NOT NULL,
  sealed_centi integer NOT NULL,
  rescored_centi integer NOT NULL,
  owed_centi integer NOT NULL,
  before_centi integer NOT NULL,
  given_centi integer NOT NULL,
  CONSTRAINT redress_pkey PRIMARY KEY (city_code, month, of_month, subject_kind, subject_code),
  CONSTRAINT redress_owed_centi_check CHECK ((owed_centi >= 0)),
  CONSTRAINT redress_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['staff'::text, 'window'::text, 'department'::text])))
);

GRANT DELETE ON close.redress TO yiping_app;
GRANT INSERT ON close.redress TO yiping_app;
GRANT SELECT ON close.redress TO yiping_app;

COMMENT ON TABLE close.redress IS 'What a sealed month owes a subject by what was decided of it since, and what a later month gives of it';
COMMENT ON COLUMN close.redress.month IS 'Month whose close gives; replaced by each close, frozen by sealing';
COMMENT ON COLUMN close.redress.of_month IS 'The sealed month that was scored once more';
COMMENT ON COLUMN close.redress.subject_kind IS 'staff, window or department';
COMMENT ON COLUMN close.redress.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN close.redress.sealed_centi IS 'Total of the sealed statement in 0.01, its own redress left out';
COMMENT ON COLUMN close.redress.rescored_centi IS 'What that total would be by everything decided since';
COMMENT ON COLUMN close.redress.owed_centi IS 'What is owed for the sealed month altogether';
COMMENT ON COLUMN close.redress.before_centi IS 'What months sealed before have given of it';
COMMENT ON COLUMN close.redress.given_centi IS 'What this month gives: less than is left where the subject is not assessed in it or its total is full';

CREATE TABLE close.statement (
  city_code text NOT NULL,
  month date NOT NULL,
  subject_kind text NOT NULL,
  subject_code text NOT NULL,
  name text NOT NULL,
  unit_code text NOT NULL,
  identity text,
  department_code text NOT NULL,
  region_code text NOT NULL,
  stationing_centi integer NOT NULL,
  daily_centi integer NOT NULL,
  case_centi integer NOT NULL,
  rating_centi integer NOT NULL,
  complaint_centi integer NOT NULL,
  base_centi integer NOT NULL,
  bonus jsonb NOT NULL,
  bonus_centi integer,
  total_centi integer NOT NULL,
  deducted_centi integer NOT NULL,
  ratable integer NOT NULL,
  rated integer NOT NULL,
  good integer NOT NULL,
  bad integer NOT NULL,
  excluded integer NOT NULL,
  grade text,
  veto boolean NOT NULL,
  flags text[] NOT NULL,
  pay_fen integer,
  lines json NOT NULL,
  scheme_hash text NOT NULL,
  closed_at timestamp with time zone NOT NULL,
  promised integer DEFAULT 0 NOT NULL,
  kept integer DEFAULT 0 NOT NULL,
  call_reached integer DEFAULT 0 NOT NULL,
  call_satisfied integer DEFAULT 0 NOT NULL,
  CONSTRAINT statement_pkey PRIMARY KEY (city_code, month, subject_kind, subject_code),
  CONSTRAINT statement_calls CHECK (((call_satisfied >= 0) AND (call_satisfied <= call_reached))),
  CONSTRAINT statement_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['staff'::text, 'window'::text, 'department'::text])))
);

CREATE INDEX statement_subject ON close.statement USING btree (city_code, subject_kind, subject_code, month);

GRANT DELETE ON close.statement TO yiping_app;
GRANT INSERT ON close.statement TO yiping_app;
GRANT SELECT ON close.statement TO yiping_app;
GRANT UPDATE ON close.statement TO yiping_app;

COMMENT ON TABLE close.statement IS 'Each subject''s result of a month (月度考核结果)';
COMMENT ON COLUMN close.statement.subject_kind IS 'staff, window or department';
COMMENT ON COLUMN close.statement.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN close.statement.name IS 'Name at the close';
COMMENT ON COLUMN close.statement.unit_code IS 'Hall in which it is compared: city hall, or county hall with its townships';
COMMENT ON COLUMN close.statement.identity IS 'Whom a member of staff works for; empty for windows and departments';
COMMENT ON COLUMN close.statement.department_code IS 'Department it belongs to; a department''s own code';
COMMENT ON COLUMN close.statement.region_code IS 'Where it sits; for staff, where most posting days were';
COMMENT ON COLUMN close.statement.stationing_centi IS 'Indicator stationing 部门进驻 in 0.01 points';
COMMENT ON COLUMN close.statement.daily_centi IS 'Indicator daily management 日常管理 in 0.01 points';
COMMENT ON COLUMN close.statement.case_centi IS 'Indicator case handling 业务管理 in 0.01 points';
COMMENT ON COLUMN close.statement.rating_centi IS 'Indicator ratings 好差评 in 0.01 points';
COMMENT ON COLUMN close.statement.complaint_centi IS 'Indicator complaints 举报投诉 in 0.01 points';
COMMENT ON COLUMN close.statement.base_centi IS 'Sum of the five indicators';
COMMENT ON COLUMN close.statement.bonus IS 'Points in 0.01 by bonus item after its cap; empty for windows and departments';
COMMENT ON COLUMN close.statement.bonus_centi IS 'Sum of the items after the cap of all; none for windows and departments';
COMMENT ON COLUMN close.statement.total_centi IS 'Total in 0.01 points';
COMMENT ON COLUMN close.statement.deducted_centi IS 'Points taken away before floors, and what stationing lacks: breaks ties';
COMMENT ON COLUMN close.statement.ratable IS 'Ratable services of the month';
COMMENT ON COLUMN close.statement.rated IS 'First ratings that count, exclusions left out';
COMMENT ON COLUMN close.statement.good IS 'Levels 3 to 5 among them';
COMMENT ON COLUMN close.statement.bad IS 'Levels 1 and 2 among them, also without a verdict';
COMMENT ON COLUMN close.statement.excluded IS 'Ratings found mistaken or malicious';
COMMENT ON COLUMN close.statement.grade IS '好, 较好, 一般, 较差; none for windows and departments';
COMMENT ON COLUMN close.statement.veto IS 'A rule with veto stands against it (一票否决)';
COMMENT ON COLUMN close.statement.flags IS 'small_sample, pending, veto, over_quota';
COMMENT ON COLUMN close.statement.pay_fen IS 'What pay would float by, in fen; none where pay doesn''t float';
COMMENT ON COLUMN close.statement.lines IS 'The lines in their order, entries and derived ones: their points add up to the total';
COMMENT ON COLUMN close.statement.scheme_hash IS 'Scheme whose numbers of the whole month were used';
COMMENT ON COLUMN close.statement.closed_at IS 'When it was computed';
COMMENT ON COLUMN close.statement.promised IS 'Services of the month whose record says when it was accepted, finished and promised; 0 in months closed
   before they were counted';
COMMENT ON COLUMN close.statement.kept IS 'Those finished within the promised working days';
COMMENT ON COLUMN close.statement.call_reached IS 'Call-backs of the month that reached somebody; 0 for departments, and in months closed before it counted';
COMMENT ON COLUMN close.statement.call_satisfied IS 'Of them those who were content: breaks ties';

CREATE VIEW close.statement_line AS
 SELECT s.city_code, s.month, s.subject_kind, s.subject_code, l.line_no::integer AS line_no,
    l.line ->> 'part'::text AS part, l.line ->> 'kind'::text AS kind,
    (l.line ->> 'points'::text)::integer AS points_centi, l.line ->> 'key'::text AS value_key,
    (l.line ->> 'entry'::text)::uuid AS entry_id, (l.line ->> 'other'::text)::uuid AS other_entry_id,
    (l.line -> 'about'::text)::jsonb AS about
   FROM close.statement s
     CROSS JOIN LATERAL json_array_elements(s.lines) WITH ORDINALITY l(line, line_no);

GRANT SELECT ON close.statement_line TO yiping_app;

COMMENT ON VIEW close.statement_line IS 'Lines of statements, one a row: part, kind (base, entry, good_rate …), points in 0.01, the scheme''s value
   that it rests on, the entry that it carries, the one that stands instead or is taken back, and the counts';

CREATE TABLE close.unit_closing (
  city_code text NOT NULL,
  month date NOT NULL,
  unit_code text NOT NULL,
  closed_at timestamp with time zone NOT NULL,
  closed_by text NOT NULL,
  staff integer NOT NULL,
  windows integer NOT NULL,
  departments integer NOT NULL,
  published_at timestamp with time zone,
  published_by text,
  notice_until timestamp with time zone,
  sealed_at timestamp with time zone,
  sealed_by text,
  waived_reason text,
  CONSTRAINT unit_closing_pkey PRIMARY KEY (city_code, month, unit_code)
);

GRANT DELETE ON close.unit_closing TO yiping_app;
GRANT INSERT ON close.unit_closing TO yiping_app;
GRANT SELECT ON close.unit_closing TO yiping_app;
GRANT UPDATE ON close.unit_closing TO yiping_app;

COMMENT ON TABLE close.unit_closing IS 'The end of a month hall by hall; close.closing says the same of all halls together';
COMMENT ON COLUMN close.unit_closing.unit_code IS 'City hall, or county hall with its townships';
COMMENT ON COLUMN close.unit_closing.closed_at IS 'When it was closed last';
COMMENT ON COLUMN close.unit_closing.closed_by IS 'Who closed it';
COMMENT ON COLUMN close.unit_closing.staff IS 'Members of staff assessed';
COMMENT ON COLUMN close.unit_closing.windows IS 'Windows assessed';
COMMENT ON COLUMN close.unit_closing.departments IS 'Departments assessed';
COMMENT ON COLUMN close.unit_closing.published_at IS 'When the public notice began';
COMMENT ON COLUMN close.unit_closing.published_by IS 'Who put the results on public notice';
COMMENT ON COLUMN close.unit_closing.notice_until IS 'Last instant at which objections are in time';
COMMENT ON COLUMN close.unit_closing.sealed_at IS 'When it was sealed';
COMMENT ON COLUMN close.unit_closing.sealed_by IS 'Who sealed it';
COMMENT ON COLUMN close.unit_closing.waived_reason IS 'Why the notice was cut short; printed on every statement of the hall';

CREATE VIEW close.v_result AS
 SELECT s.city_code, s.month, s.subject_kind, s.subject_code, s.name, s.unit_code, s.identity,
    s.department_code, s.region_code, s.stationing_centi, s.daily_centi, s.case_centi,
    s.rating_centi, s.complaint_centi, s.base_centi, s.bonus, s.bonus_centi, s.total_centi,
    s.deducted_centi, s.ratable, s.rated, s.good, s.bad, s.excluded, s.promised, s.kept, s.grade,
    s.veto, s.flags, s.pay_fen, s.scheme_hash, s.closed_at,
        CASE
            WHEN p.state = 'sealed'::text OR z.unit_code IS NOT NULL THEN 'sealed'::text
            WHEN u.state IS NULL OR u.state = 'sealed'::text THEN p.state
            ELSE u.state
        END AS state,
    s.call_reached, s.call_satisfied
   FROM close.statement s
     JOIN ledger.v_period p ON p.city_code = s.city_code AND p.month = s.month
     LEFT JOIN ledger.v_period_unit u ON u.city_code = s.city_code AND u.month = s.month AND u.unit_code = s.unit_code
     LEFT JOIN ledger.v_sealed_subject z ON z.city_code = s.city_code AND z.month = s.month AND z.subject_kind = s.subject_kind AND z.subject_code = s.subject_code;

GRANT SELECT ON close.v_result TO yiping_app;

COMMENT ON VIEW close.v_result IS 'Statements without their lines, each with how far its own month has come';

CREATE TABLE conduct.attendance_finding (
  city_code text NOT NULL,
  finding_id text NOT NULL,
  day date NOT NULL,
  half text NOT NULL,
  subject_kind text NOT NULL,
  subject_code text NOT NULL,
  region_code text NOT NULL,
  department_code text NOT NULL,
  rule text NOT NULL,
  minutes integer NOT NULL,
  evidence text NOT NULL,
  clause text NOT NULL,
  state text NOT NULL,
  recorded_by text NOT NULL,
  recorded_staff text,
  proposed_at timestamp with time zone NOT NULL,
  protest_until date NOT NULL,
  protest text,
  protested_by text,
  protested_name text,
  protested_at timestamp with time zone,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  decision_note text,
  overtaken_at timestamp with time zone,
  CONSTRAINT attendance_finding_pkey PRIMARY KEY (city_code, finding_id),
  CONSTRAINT attendance_finding_check CHECK ((decided_by <> recorded_by)),
  CONSTRAINT attendance_finding_check1 CHECK (((state = ANY (ARRAY['confirmed'::text, 'withdrawn'::text])) = (decided_at IS NOT NULL))),
  CONSTRAINT attendance_finding_check2 CHECK (((protest IS NULL) = (protested_at IS NULL))),
  CONSTRAINT attendance_finding_half_check CHECK ((half = ANY (ARRAY['am'::text, 'pm'::text]))),
  CONSTRAINT attendance_finding_minutes_check CHECK ((minutes >= 0)),
  CONSTRAINT attendance_finding_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'protested'::text, 'confirmed'::text, 'withdrawn'::text, 'lapsed'::text]))),
  CONSTRAINT attendance_finding_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['staff'::text, 'window'::text])))
);

CREATE INDEX attendance_finding_day ON conduct.attendance_finding USING btree (city_code, day DESC, finding_id DESC);
CREATE INDEX attendance_finding_subject ON conduct.attendance_finding USING btree (city_code, subject_kind, subject_code, day);

GRANT INSERT ON conduct.attendance_finding TO yiping_app;
GRANT SELECT ON conduct.attendance_finding TO yiping_app;
GRANT UPDATE ON conduct.attendance_finding TO yiping_app;

COMMENT ON TABLE conduct.attendance_finding IS 'What the clock says against somebody (考勤认定): proposed by rule, open to protest, decided by a person';
COMMENT ON COLUMN conduct.attendance_finding.half IS 'Half of the day that it is about';
COMMENT ON COLUMN conduct.attendance_finding.subject_kind IS 'Whom it charges: a person or a window';
COMMENT ON COLUMN conduct.attendance_finding.subject_code IS 'Staff number or code of the window';
COMMENT ON COLUMN conduct.attendance_finding.region_code IS 'Where the post is, for data scopes';
COMMENT ON COLUMN conduct.attendance_finding.department_code IS 'Department of the subject, for data scopes';
COMMENT ON COLUMN conduct.attendance_finding.rule IS 'What happened, as a rule code such as daily.late';
COMMENT ON COLUMN conduct.attendance_finding.minutes IS 'Minutes late or early; 0 where it isn''t measured';
COMMENT ON COLUMN conduct.attendance_finding.evidence IS 'Hours, punches and rule in a sentence';
COMMENT ON COLUMN conduct.attendance_finding.clause IS 'Clause of the rule that it rests on';
COMMENT ON COLUMN conduct.attendance_finding.state IS 'proposed; protested by its subject; confirmed and posted; withdrawn; lapsed: the facts have changed';
COMMENT ON COLUMN conduct.attendance_finding.recorded_by IS 'Who brought the punches of the day';
COMMENT ON COLUMN conduct.attendance_finding.recorded_staff IS 'Staff number of who brought them';
COMMENT ON COLUMN conduct.attendance_finding.protest_until IS 'Last day on which the subject may protest';
COMMENT ON COLUMN conduct.attendance_finding.protest IS 'What the subject says against it';
COMMENT ON COLUMN conduct.attendance_finding.decision_note IS 'Why, in the words of whoever decided';
COMMENT ON COLUMN conduct.attendance_finding.overtaken_at IS 'Since when the facts no longer bear out what was confirmed, such as leave approved afterwards';

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
  loaded_at timestamp with time zone NOT NULL,
  CONSTRAINT clock_load_pkey PRIMARY KEY (city_code, load_id),
  CONSTRAINT clock_load_city_code_source_id_fkey FOREIGN KEY (city_code, source_id) REFERENCES conduct.clock_source(city_code, source_id)
);

CREATE INDEX clock_load_source ON conduct.clock_load USING btree (city_code, source_id, loaded_at DESC);

GRANT INSERT ON conduct.clock_load TO yiping_app;
GRANT SELECT ON conduct.clock_load TO yiping_app;
GRANT UPDATE ON conduct.clock_load TO yiping_app;

COMMENT ON TABLE conduct.clock_load IS 'Files of clock-in machines that were taken';
COMMENT ON COLUMN conduct.clock_load.first_day IS 'Earliest day of its punches; none without any';
COMMENT ON COLUMN conduct.clock_load.last_day IS 'Latest day of its punches';
COMMENT ON COLUMN conduct.clock_load.rows IS 'Lines of the file';
COMMENT ON COLUMN conduct.clock_load.created IS 'Punches that were new';
COMMENT ON COLUMN conduct.clock_load.bad_rows IS 'Lines that were refused';
COMMENT ON COLUMN conduct.clock_load.loaded_staff IS 'Staff number of who loaded it: who brings the punches confirms no finding from them';

CREATE TABLE conduct.clock_source (
  city_code text NOT NULL,
  source_id uuid NOT NULL,
  name text NOT NULL,
  layout text NOT NULL,
  mapping jsonb NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT clock_source_city_code_name_key UNIQUE (city_code, name),
  CONSTRAINT clock_source_pkey PRIMARY KEY (city_code, source_id),
  CONSTRAINT clock_source_layout_check CHECK ((layout = ANY (ARRAY['punches'::text, 'daily'::text])))
);

GRANT INSERT ON conduct.clock_source TO yiping_app;
GRANT SELECT ON conduct.clock_source TO yiping_app;
GRANT UPDATE ON conduct.clock_source TO yiping_app;

COMMENT ON TABLE conduct.clock_source IS 'Clock-in machines (考勤机): which column of their files means what';
COMMENT ON COLUMN conduct.clock_source.layout IS 'punches: a line a punch; daily: a line a person and day';
COMMENT ON COLUMN conduct.clock_source.mapping IS 'Meaning such as staff or moment → title of the column';

CREATE VIEW conduct.confirmed_finding AS
 SELECT city_code, finding_id, occurred_on, subject_kind, subject_code, rule, quantity, project_no,
    evidence, recorded_by, confirmed_by, recorded_at, confirmed_at
   FROM conduct.finding
  WHERE confirmed_by IS NOT NULL;

GRANT SELECT ON conduct.confirmed_finding TO yiping_app;

COMMENT ON VIEW conduct.confirmed_finding IS 'Published: findings that two people stand for';

CREATE VIEW conduct.confirmed_merit AS
 SELECT city_code, merit_id, occurred_on, staff_no, rule, quantity, evidence, recorded_by,
    confirmed_by, recorded_at, confirmed_at
   FROM conduct.merit
  WHERE confirmed_by IS NOT NULL;

GRANT SELECT ON conduct.confirmed_merit TO yiping_app;

COMMENT ON VIEW conduct.confirmed_merit IS 'Published: merits that somebody else has confirmed';

CREATE TABLE conduct.finding (
  city_code text NOT NULL,
  finding_id text NOT NULL,
  occurred_on date NOT NULL,
  subject_kind text NOT NULL,
  subject_code text NOT NULL,
  rule text NOT NULL,
  quantity integer NOT NULL,
  project_no text,
  evidence text NOT NULL,
  recorded_by text NOT NULL,
  confirmed_by text,
  source text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  confirmed_at timestamp with time zone,
  way text,
  window_code text,
  recorded_id text,
  recorded_staff text,
  claimed_at timestamp with time zone,
  photos integer DEFAULT 0 NOT NULL,
  visit_id uuid,
  rejected_by text,
  rejected_at timestamp with time zone,
  decision_note text,
  CONSTRAINT finding_pkey PRIMARY KEY (city_code, finding_id),
  CONSTRAINT finding_check CHECK ((confirmed_by <> recorded_by)),
  CONSTRAINT finding_check1 CHECK (((confirmed_by IS NULL) = (confirmed_at IS NULL))),
  CONSTRAINT finding_decided_once CHECK (((rejected_at IS NULL) OR (confirmed_by IS NULL))),
  CONSTRAINT finding_evidence_check CHECK ((evidence <> ''::text)),
  CONSTRAINT finding_photos_check CHECK ((photos >= 0)),
  CONSTRAINT finding_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000))),
  CONSTRAINT finding_source_check CHECK ((source = ANY (ARRAY['desk'::text, 'import'::text, 'demo'::text]))),
  CONSTRAINT finding_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['staff'::text, 'window'::text, 'department'::text]))),
  CONSTRAINT finding_way_check CHECK ((way = ANY (ARRAY['patrol'::text, 'mystery'::text, 'case_file'::text, 'stationing'::text, 'attendance'::text])))
);

CREATE INDEX finding_day ON conduct.finding USING btree (city_code, occurred_on, finding_id);
CREATE INDEX finding_recorded ON conduct.finding USING btree (city_code, recorded_at DESC, finding_id DESC);
CREATE INDEX finding_subject ON conduct.finding USING btree (city_code, subject_kind, subject_code, occurred_on);

GRANT INSERT ON conduct.finding TO yiping_app;
GRANT SELECT ON conduct.finding TO yiping_app;
GRANT UPDATE ON conduct.finding TO yiping_app;

COMMENT ON TABLE conduct.finding IS 'What an inspection found (督查发现); counts once a second person has confirmed it';
COMMENT ON COLUMN conduct.finding.finding_id IS 'Number given by whoever keeps the record';
COMMENT ON COLUMN conduct.finding.occurred_on IS 'Day on which it happened: decides month and value';
COMMENT ON COLUMN conduct.finding.subject_kind IS 'Whom it charges: staff, window or department';
COMMENT ON COLUMN conduct.finding.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN conduct.finding.rule IS 'What happened, as a rule code such as daily.late';
COMMENT ON COLUMN conduct.finding.quantity IS 'Occurrences on that day';
COMMENT ON COLUMN conduct.finding.project_no IS 'Case (projectNo) that it happened in, where it did';
COMMENT ON COLUMN conduct.finding.evidence IS 'What proves it: photo number, record, witness';
COMMENT ON COLUMN conduct.finding.source IS 'desk: entered here; import: by file; demo: invented';
COMMENT ON COLUMN conduct.finding.confirmed_at IS 'When the second person confirmed it';
COMMENT ON COLUMN conduct.finding.way IS 'How it was found at the desk; empty for a file';
COMMENT ON COLUMN conduct.finding.window_code IS 'Window that was visited: the place, by the register';
COMMENT ON COLUMN conduct.finding.recorded_id IS 'Account of who recorded it at the desk';
COMMENT ON COLUMN conduct.finding.recorded_staff IS 'Staff number of who recorded it: another account of theirs is no second person';
COMMENT ON COLUMN conduct.finding.claimed_at IS 'When it was seen by the phone''s clock: a claim; recorded_at is when it reached the server';
COMMENT ON COLUMN conduct.finding.photos IS 'Photos that the phone has announced; it waits for all of them';
COMMENT ON COLUMN conduct.finding.visit_id IS 'Mystery visit that it comes from';
COMMENT ON COLUMN conduct.finding.rejected_by IS 'Who turned it down; it never counts';
COMMENT ON COLUMN conduct.finding.decision_note IS 'What the second person wrote';

CREATE TABLE conduct.leave (
  city_code text NOT NULL,
  leave_id uuid NOT NULL,
  staff_no text NOT NULL,
  kind text NOT NULL,
  from_date date NOT NULL,
  from_half text NOT NULL,
  to_date date NOT NULL,
  to_half text NOT NULL,
  reason text NOT NULL,
  cover_staff text,
  on_paper boolean NOT NULL,
  state text NOT NULL,
  requested_by text NOT NULL,
  requested_name text NOT NULL,
  requested_staff text,
  requested_at timestamp with time zone NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  decision_note text,
  withdrawn_by text,
  withdrawn_name text,
  withdrawn_at timestamp with time zone,
  withdrawal_reason text,
  CONSTRAINT leave_pkey PRIMARY KEY (city_code, leave_id),
  CONSTRAINT leave_check CHECK ((ROW(from_date, from_half) <= ROW(to_date, to_half))),
  CONSTRAINT leave_check1 CHECK ((cover_staff <> staff_no)),
  CONSTRAINT leave_check2 CHECK ((decided_by <> requested_by)),
  CONSTRAINT leave_check3 CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL))),
  CONSTRAINT leave_from_half_check CHECK ((from_half = ANY (ARRAY['am'::text, 'pm'::text]))),
  CONSTRAINT leave_kind_check CHECK ((kind = ANY (ARRAY['annual'::text, 'sick'::text, 'personal'::text, 'marriage'::text, 'maternity'::text, 'bereavement'::text, 'other'::text, 'time_off'::text, 'trip'::text, 'training'::text]))),
  CONSTRAINT leave_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text]))),
  CONSTRAINT leave_to_half_check CHECK ((to_half = ANY (ARRAY['am'::text, 'pm'::text])))
);

CREATE INDEX leave_days ON conduct.leave USING btree (city_code, to_date, from_date) WHERE (state = 'approved'::text);
CREATE INDEX leave_requested ON conduct.leave USING btree (city_code, requested_at DESC, leave_id DESC);
CREATE INDEX leave_staff ON conduct.leave USING btree (city_code, staff_no, from_date);

GRANT INSERT ON conduct.leave TO yiping_app;
GRANT SELECT ON conduct.leave TO yiping_app;
GRANT UPDATE ON conduct.leave TO yiping_app;

COMMENT ON TABLE conduct.leave IS 'Leave and business trips (请假与公出), approved by another person';
COMMENT ON COLUMN conduct.leave.kind IS 'Leave; time_off for overtime worked; trip and training are work elsewhere';
COMMENT ON COLUMN conduct.leave.from_half IS 'Half of the first day with which it begins';
COMMENT ON COLUMN conduct.leave.to_half IS 'Half of the last day with which it ends';
COMMENT ON COLUMN conduct.leave.cover_staff IS 'Who covers the post meanwhile (B 岗)';
COMMENT ON COLUMN conduct.leave.on_paper IS 'Asked for on paper and entered by the office';
COMMENT ON COLUMN conduct.leave.requested_staff IS 'Staff number of who entered it: no second person';
COMMENT ON COLUMN conduct.leave.decision_note IS 'Why it was refused, or what goes with the approval';
COMMENT ON COLUMN conduct.leave.withdrawal_reason IS 'Why it was withdrawn';

CREATE TABLE conduct.merit (
  city_code text NOT NULL,
  merit_id text NOT NULL,
  occurred_on date NOT NULL,
  staff_no text NOT NULL,
  rule text NOT NULL,
  quantity integer NOT NULL,
  evidence text NOT NULL,
  confirmed_by text,
  source text NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  confirmed_at timestamp with time zone,
  recorded_staff text,
  rejected_by text,
  rejected_at timestamp with time zone,
  rejected_note text,
  recorded_id text,
  claimed boolean DEFAULT false NOT NULL,
  opinion text,
  opinion_by text,
  opinion_note text,
  opinion_at timestamp with time zone,
  published_by text,
  published_at timestamp with time zone,
  CONSTRAINT merit_pkey PRIMARY KEY (city_code, merit_id),
  CONSTRAINT merit_check CHECK ((confirmed_by <> staff_no)),
  CONSTRAINT merit_check1 CHECK (((confirmed_by IS NULL) = (confirmed_at IS NULL))),
  CONSTRAINT merit_evidence_check CHECK ((evidence <> ''::text)),
  CONSTRAINT merit_opinion_check CHECK ((opinion = ANY (ARRAY['support'::text, 'object'::text]))),
  CONSTRAINT merit_published CHECK (((published_at IS NULL) OR (confirmed_by IS NOT NULL))),
  CONSTRAINT merit_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000))),
  CONSTRAINT merit_rejected CHECK (((rejected_at IS NULL) OR (confirmed_by IS NULL))),
  CONSTRAINT merit_source_check CHECK ((source = ANY (ARRAY['desk'::text, 'import'::text, 'demo'::text])))
);

CREATE INDEX merit_day ON conduct.merit USING btree (city_code, occurred_on, merit_id);
CREATE INDEX merit_staff ON conduct.merit USING btree (city_code, staff_no, occurred_on);

GRANT INSERT ON conduct.merit TO yiping_app;
GRANT SELECT ON conduct.merit TO yiping_app;
GRANT UPDATE ON conduct.merit TO yiping_app;

COMMENT ON TABLE conduct.merit IS 'What a member of staff did beyond duty (加分事项); counts once confirmed';
COMMENT ON COLUMN conduct.merit.merit_id IS 'Number given by whoever keeps the record';
COMMENT ON COLUMN conduct.merit.occurred_on IS 'Day on which it happened: decides month and value';
COMMENT ON COLUMN conduct.merit.rule IS 'What it was, as a rule code such as bonus.proactive_service';
COMMENT ON COLUMN conduct.merit.quantity IS 'How often on that day';
COMMENT ON COLUMN conduct.merit.evidence IS 'What proves it: letter, certificate, call-back record';
COMMENT ON COLUMN conduct.merit.source IS 'desk: entered here; import: by file; demo: invented';
COMMENT ON COLUMN conduct.merit.confirmed_at IS 'When somebody else confirmed it';
COMMENT ON COLUMN conduct.merit.recorded_staff IS 'Staff number of who recorded it: another account of theirs is no second person';
COMMENT ON COLUMN conduct.merit.rejected_by IS 'Who refused to confirm it; it never counts';
COMMENT ON COLUMN conduct.merit.rejected_note IS 'Why it was not confirmed';
COMMENT ON COLUMN conduct.merit.recorded_id IS 'Account of who claimed it';
COMMENT ON COLUMN conduct.merit.claimed IS 'Claimed by a person for themselves or their department: needs proof and the department''s opinion';
COMMENT ON COLUMN conduct.merit.opinion IS 'Of the department: support 同意, object 不同意';
COMMENT ON COLUMN conduct.merit.opinion_note IS 'What the department wrote';
COMMENT ON COLUMN conduct.merit.published_at IS 'Since when it is in the published list (公示)';

CREATE TABLE conduct.punch (
  city_code text NOT NULL,
  staff_no text NOT NULL,
  day date NOT NULL,
  minute smallint NOT NULL,
  device text,
  load_id uuid NOT NULL,
  CONSTRAINT punch_pkey PRIMARY KEY (city_code, staff_no, day, minute),
  CONSTRAINT punch_minute_check CHECK (((minute >= 0) AND (minute <= 1439)))
);

CREATE INDEX punch_day ON conduct.punch USING btree (city_code, day);

GRANT INSERT ON conduct.punch TO yiping_app;
GRANT SELECT ON conduct.punch TO yiping_app;

COMMENT ON TABLE conduct.punch IS 'When somebody clocked in or out (打卡); only added to';
COMMENT ON COLUMN conduct.punch.minute IS 'Minutes since midnight in China';
COMMENT ON COLUMN conduct.punch.device IS 'Number of the machine, where the file tells';
COMMENT ON COLUMN conduct.punch.load_id IS 'The file that brought it first';

CREATE TABLE conduct.shift (
  city_code text NOT NULL,
  shift_id uuid NOT NULL,
  name text NOT NULL,
  place_kind text NOT NULL,
  place_code text NOT NULL,
  days text NOT NULL,
  spans text NOT NULL,
  noon_punch boolean NOT NULL,
  from_date date NOT NULL,
  to_date date,
  made_by text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT shift_pkey PRIMARY KEY (city_code, shift_id),
  CONSTRAINT shift_check CHECK ((to_date >= from_date)),
  CONSTRAINT shift_days_check CHECK ((days = ANY (ARRAY['workdays'::text, 'days_off'::text, 'every_day'::text]))),
  CONSTRAINT shift_place_kind_check CHECK ((place_kind = ANY (ARRAY['hall'::text, 'window'::text, 'staff'::text])))
);

CREATE INDEX shift_place ON conduct.shift USING btree (city_code, place_kind, place_code);

GRANT INSERT ON conduct.shift TO yiping_app;
GRANT SELECT ON conduct.shift TO yiping_app;
GRANT UPDATE ON conduct.shift TO yiping_app;

COMMENT ON TABLE conduct.shift IS 'Working hours (班次) of a hall, a window or a person; the nearest one holds';
COMMENT ON COLUMN conduct.shift.place_kind IS 'For whom: everybody of a hall, of a window, or one person';
COMMENT ON COLUMN conduct.shift.place_code IS 'Region of the hall, code of the window, or staff number';
COMMENT ON COLUMN conduct.shift.days IS 'By the working calendar: working days, days off, or every day';
COMMENT ON COLUMN conduct.shift.spans IS 'Hours such as 09:00-12:00,13:30-17:00; between them is the noon break';
COMMENT ON COLUMN conduct.shift.noon_punch IS 'Whether people clock out and in for the noon break';

CREATE TABLE conduct.stationing_duty (
  city_code text NOT NULL,
  department_code text NOT NULL,
  item_code text NOT NULL,
  from_date date NOT NULL,
  to_date date,
  clause text NOT NULL,
  authority text NOT NULL,
  chief_staff_no text,
  recorded_by text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT stationing_duty_pkey PRIMARY KEY (city_code, department_code, item_code, from_date),
  CONSTRAINT stationing_duty_authority_check CHECK ((authority = ANY (ARRAY['granted'::text, 'partly'::text, 'missing'::text]))),
  CONSTRAINT stationing_duty_check CHECK ((to_date >= from_date)),
  CONSTRAINT stationing_duty_clause_check CHECK ((clause <> ''::text))
);

GRANT INSERT ON conduct.stationing_duty TO yiping_app;
GRANT SELECT ON conduct.stationing_duty TO yiping_app;
GRANT UPDATE ON conduct.stationing_duty TO yiping_app;

COMMENT ON TABLE conduct.stationing_duty IS 'Departments and items that must be in the hall (应进驻清单), each with its clause and its days';
COMMENT ON COLUMN conduct.stationing_duty.item_code IS 'Item; empty where the department as a whole must be';
COMMENT ON COLUMN conduct.stationing_duty.clause IS 'What orders it: document and clause';
COMMENT ON COLUMN conduct.stationing_duty.authority IS 'Whether the window may decide (授权到位): granted, partly, missing';
COMMENT ON COLUMN conduct.stationing_duty.chief_staff_no IS 'Chief representative (首席代表)';

CREATE VIEW conduct.v_leave_day AS
 SELECT l.city_code, l.staff_no, d.day::date AS day, l.kind,
    l.kind <> ALL (ARRAY['time_off'::text, 'trip'::text, 'training'::text]) AS is_leave,
    2 - (d.day = l.from_date AND l.from_half = 'pm'::text)::integer - (d.day = l.to_date AND l.to_half = 'am'::text)::integer AS halves
   FROM conduct.leave l
     CROSS JOIN LATERAL generate_series(l.from_date::timestamp with time zone, l.to_date::timestamp with time zone, '1 day'::interval) d(day)
     LEFT JOIN registry.v_calendar_day c ON c.day = d.day::date
  WHERE l.state = 'approved'::text AND COALESCE(c.kind = 'workday'::text, EXTRACT(isodow FROM d.day) < 6::numeric);

GRANT SELECT ON conduct.v_leave_day TO yiping_app;

COMMENT ON VIEW conduct.v_leave_day IS 'Published: working days on which somebody is away with approval, in half days; is_leave without trips';

CREATE VIEW conduct.v_open_attendance AS
 SELECT city_code, finding_id, day
   FROM conduct.attendance_finding
  WHERE state = ANY (ARRAY['proposed'::text, 'protested'::text]);

GRANT SELECT ON conduct.v_open_attendance TO yiping_app;

COMMENT ON VIEW conduct.v_open_attendance IS 'Published: findings from the clock that nobody has decided';

CREATE VIEW conduct.v_unconfirmed AS
 SELECT finding.city_code, 'finding'::text AS kind, finding.finding_id AS id, finding.occurred_on
   FROM conduct.finding
  WHERE finding.confirmed_by IS NULL AND finding.rejected_at IS NULL
UNION ALL
 SELECT merit.city_code, 'merit'::text AS kind, merit.merit_id AS id, merit.occurred_on
   FROM conduct.merit
  WHERE merit.confirmed_by IS NULL AND merit.rejected_at IS NULL;

GRANT SELECT ON conduct.v_unconfirmed TO yiping_app;

COMMENT ON VIEW conduct.v_unconfirmed IS 'Published: findings and merits that only one person stands for';

CREATE TABLE conduct.visit (
  city_code text NOT NULL,
  visit_id uuid NOT NULL,
  window_code text NOT NULL,
  region_code text NOT NULL,
  department_code text NOT NULL,
  from_date date NOT NULL,
  to_date date NOT NULL,
  purpose text NOT NULL,
  visitor text NOT NULL,
  planned_by text NOT NULL,
  planned_id text NOT NULL,
  planned_at timestamp with time zone NOT NULL,
  report text,
  reported_by text,
  reported_id text,
  reported_staff text,
  reported_at timestamp with time zone,
  confirmed_by text,
  confirmed_at timestamp with time zone,
  cancelled_by text,
  cancelled_at timestamp with time zone,
  CONSTRAINT visit_pkey PRIMARY KEY (city_code, visit_id),
  CONSTRAINT visit_check CHECK ((from_date <= to_date)),
  CONSTRAINT visit_check1 CHECK (((report IS NULL) = (reported_at IS NULL))),
  CONSTRAINT visit_check2 CHECK (((confirmed_at IS NULL) OR (reported_at IS NOT NULL))),
  CONSTRAINT visit_check3 CHECK (((cancelled_at IS NULL) OR (reported_at IS NULL)))
);

CREATE INDEX visit_planned ON conduct.visit USING btree (city_code, planned_at DESC, visit_id DESC);

GRANT INSERT ON conduct.visit TO yiping_app;
GRANT SELECT ON conduct.visit TO yiping_app;
GRANT UPDATE ON conduct.visit TO yiping_app;

COMMENT ON TABLE conduct.visit IS 'Mystery visits (暗访): planned in secret; the hall sees them once their report is confirmed';
COMMENT ON COLUMN conduct.visit.from_date IS 'First day on which it may take place';
COMMENT ON COLUMN conduct.visit.to_date IS 'Last day on which it may take place';
COMMENT ON COLUMN conduct.visit.purpose IS 'What is to be tried, such as a question asked at the window';
COMMENT ON COLUMN conduct.visit.visitor IS 'Who goes: a supervisor, or somebody from outside';
COMMENT ON COLUMN conduct.visit.planned_id IS 'Account of who planned it';
COMMENT ON COLUMN conduct.visit.report IS 'What was found, also when all was well';
COMMENT ON COLUMN conduct.visit.reported_staff IS 'Staff number of who reported';
COMMENT ON COLUMN conduct.visit.confirmed_by IS 'The second person';

CREATE TABLE feedback.assisted_entry (
  city_code text NOT NULL,
  service_month date NOT NULL,
  step_id bigint NOT NULL,
  assess_number smallint NOT NULL,
  source text NOT NULL,
  batch_id uuid,
  page integer,
  reference text,
  entered_by text NOT NULL,
  entered_name text NOT NULL,
  entered_at timestamp with time zone NOT NULL,
  CONSTRAINT assisted_entry_pkey PRIMARY KEY (city_code, service_month, step_id, assess_number),
  CONSTRAINT assisted_entry_city_code_batch_id_fkey FOREIGN KEY (city_code, batch_id) REFERENCES feedback.entry_batch(city_code, batch_id),
  CONSTRAINT assisted_entry_check CHECK (((source = 'paper'::text) = (batch_id IS NOT NULL))),
  CONSTRAINT assisted_entry_page_check CHECK (((page >= 1) AND (page <= 2000))),
  CONSTRAINT assisted_entry_source_check CHECK ((source = ANY (ARRAY['phone'::text, 'paper'::text, 'hotline'::text])))
);

CREATE INDEX assisted_entry_batch ON feedback.assisted_entry USING btree (city_code, batch_id, entered_at) WHERE (batch_id IS NOT NULL);
CREATE INDEX assisted_entry_entered ON feedback.assisted_entry USING btree (city_code, entered_at);

GRANT INSERT ON feedback.assisted_entry TO yiping_app;
GRANT SELECT ON feedback.assisted_entry TO yiping_app;

COMMENT ON TABLE feedback.assisted_entry IS 'Who entered a rating for a citizen (代录), and what it was entered from; only added to';
COMMENT ON COLUMN feedback.assisted_entry.service_month IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.assisted_entry.step_id IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.assisted_entry.assess_number IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.assisted_entry.source IS 'phone 电话回访, paper 纸质评价表, hotline 12345热线';
COMMENT ON COLUMN feedback.assisted_entry.page IS 'Page of the scan on which the form is';
COMMENT ON COLUMN feedback.assisted_entry.reference IS 'Number of the call or of the hotline''s order';
COMMENT ON COLUMN feedback.assisted_entry.entered_by IS 'Account that entered it; never the rated clerk''s';

CREATE VIEW feedback.at_fault_complaint AS
 SELECT city_code, complaint_id, received_at, channel, subject_kind, subject_code, project_no,
    recorded_by, confirmed_by, recorded_at, decided_at,
        CASE kind
            WHEN 'stuck_matter'::text THEN 'complaint.desk_at_fault'::text
            ELSE 'complaint.at_fault'::text
        END AS rule
   FROM feedback.complaint
  WHERE outcome = 'at_fault'::text AND confirmed_by IS NOT NULL AND charged_with IS NULL;

GRANT SELECT ON feedback.at_fault_complaint TO yiping_app;

COMMENT ON VIEW feedback.at_fault_complaint IS 'Published: complaints and stuck matters found at fault and confirmed, without their text';

CREATE TABLE feedback.call_attempt (
  city_code text NOT NULL,
  call_id uuid NOT NULL,
  attempt integer NOT NULL,
  outcome text NOT NULL,
  called_at timestamp with time zone NOT NULL,
  called_on date NOT NULL,
  caller_id text NOT NULL,
  caller text NOT NULL,
  note text,
  CONSTRAINT call_attempt_pkey PRIMARY KEY (city_code, call_id, attempt),
  CONSTRAINT call_attempt_city_code_call_id_fkey FOREIGN KEY (city_code, call_id) REFERENCES feedback.call_back(city_code, call_id),
  CONSTRAINT call_attempt_outcome_check CHECK ((outcome = ANY (ARRAY['reached'::text, 'no_answer'::text, 'refused'::text, 'wrong_number'::text])))
);

GRANT INSERT ON feedback.call_attempt TO yiping_app;
GRANT SELECT ON feedback.call_attempt TO yiping_app;

COMMENT ON TABLE feedback.call_attempt IS 'Each time that somebody called; only added to, but its note is erased in time';
COMMENT ON COLUMN feedback.call_attempt.attempt IS 'Counts from 1';
COMMENT ON COLUMN feedback.call_attempt.outcome IS 'How it went';
COMMENT ON COLUMN feedback.call_attempt.called_on IS 'Day of called_at in China';
COMMENT ON COLUMN feedback.call_attempt.caller IS 'Username at that time';

CREATE TABLE feedback.call_back (
  city_code text NOT NULL,
  call_id uuid NOT NULL,
  number text NOT NULL,
  source text NOT NULL,
  source_key text NOT NULL,
  week date,
  order_id uuid,
  step_id bigint,
  service_month date,
  voice_id uuid,
  project_no text,
  service_number integer,
  window_code text,
  staff_no text,
  region_code text NOT NULL,
  department_code text,
  served_on date NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  yellow_from timestamp with time zone NOT NULL,
  red_from timestamp with time zone NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  outcome text,
  closed_at timestamp with time zone,
  closed_on date,
  caller text,
  caller_staff text,
  satisfied boolean,
  attitude text,
  efficiency text,
  told_once boolean,
  one_go boolean,
  on_time boolean,
  asked_money boolean,
  rated boolean,
  praised boolean,
  remark text,
  CONSTRAINT call_back_city_code_number_key UNIQUE (city_code, number),
  CONSTRAINT call_back_city_code_source_source_key_key UNIQUE (city_code, source, source_key),
  CONSTRAINT call_back_pkey PRIMARY KEY (city_code, call_id),
  CONSTRAINT call_back_attitude_check CHECK ((attitude = ANY (ARRAY['good'::text, 'fair'::text, 'poor'::text]))),
  CONSTRAINT call_back_check CHECK (((outcome IS NULL) = (closed_at IS NULL))),
  CONSTRAINT call_back_check1 CHECK (((closed_at IS NULL) = (closed_on IS NULL))),
  CONSTRAINT call_back_check2 CHECK (((satisfied IS NOT NULL) = (NOT (outcome IS DISTINCT FROM 'reached'::text)))),
  CONSTRAINT call_back_efficiency_check CHECK ((efficiency = ANY (ARRAY['good'::text, 'fair'::text, 'poor'::text]))),
  CONSTRAINT call_back_outcome_check CHECK ((outcome = ANY (ARRAY['reached'::text, 'no_answer'::text, 'refused'::text, 'wrong_number'::text, 'unneeded'::text]))),
  CONSTRAINT call_back_source_check CHECK ((source = ANY (ARRAY['bad_rating'::text, 'stuck_matter'::text, 'complaint'::text, 'suggestion'::text, 'contact_request'::text, 'sample'::text])))
);

CREATE INDEX call_back_closed ON feedback.call_back USING btree (city_code, closed_on);
CREATE INDEX call_back_due ON feedback.call_back USING btree (city_code, due_at, call_id) WHERE (closed_at IS NULL);
CREATE INDEX call_back_order ON feedback.call_back USING btree (city_code, order_id) WHERE (closed_at IS NULL);
CREATE INDEX call_back_week ON feedback.call_back USING btree (city_code, week) WHERE (week IS NOT NULL);

GRANT INSERT ON feedback.call_back TO yiping_app;
GRANT SELECT ON feedback.call_back TO yiping_app;
GRANT UPDATE ON feedback.call_back TO yiping_app;

COMMENT ON TABLE feedback.call_back IS 'People whom the office calls back (回访), and what they said';
COMMENT ON COLUMN feedback.call_back.number IS 'Number such as HF2026-000001';
COMMENT ON COLUMN feedback.call_back.source IS 'Why: what an order answers, or the weekly sample';
COMMENT ON COLUMN feedback.call_back.source_key IS 'One call-back each: step drawn, or order and its round';
COMMENT ON COLUMN feedback.call_back.week IS 'Draw that it comes from';
COMMENT ON COLUMN feedback.call_back.order_id IS 'Order whose answer is asked about';
COMMENT ON COLUMN feedback.call_back.service_month IS 'Month of the step';
COMMENT ON COLUMN feedback.call_back.service_number IS 'Step of the case';
COMMENT ON COLUMN feedback.call_back.served_on IS 'Day of the service, else of the order';
COMMENT ON COLUMN feedback.call_back.yellow_from IS 'First instant of the warning';
COMMENT ON COLUMN feedback.call_back.red_from IS 'First instant of being overdue';
COMMENT ON COLUMN feedback.call_back.attempts IS 'How often somebody has called';
COMMENT ON COLUMN feedback.call_back.outcome IS 'How it ended, empty while it is open; unneeded: its order was accepted or reopened without it';
COMMENT ON COLUMN feedback.call_back.closed_on IS 'Day of closed_at in China: it counts in its month';
COMMENT ON COLUMN feedback.call_back.caller IS 'Username of who ended it';
COMMENT ON COLUMN feedback.call_back.caller_staff IS 'Staff number of who ended it';
COMMENT ON COLUMN feedback.call_back.satisfied IS 'Whether the person is content on the whole';
COMMENT ON COLUMN feedback.call_back.attitude IS 'Attitude of the clerk';
COMMENT ON COLUMN feedback.call_back.efficiency IS 'Efficiency of the service';
COMMENT ON COLUMN feedback.call_back.told_once IS 'Told once of all papers (一次告知)';
COMMENT ON COLUMN feedback.call_back.one_go IS 'Done in one go (一次办好)';
COMMENT ON COLUMN feedback.call_back.on_time IS 'Within the promised time';
COMMENT ON COLUMN feedback.call_back.asked_money IS 'Asked for money or gifts (索要财物)';
COMMENT ON COLUMN feedback.call_back.rated IS 'Whether the person says that they rated';
COMMENT ON COLUMN feedback.call_back.praised IS 'Praised the clerk';
COMMENT ON COLUMN feedback.call_back.remark IS 'Suggestions and other words of the person; erased in time';

CREATE TABLE feedback.call_counter (
  city_code text NOT NULL,
  year integer NOT NULL,
  next integer NOT NULL,
  CONSTRAINT call_counter_pkey PRIMARY KEY (city_code, year)
);

GRANT INSERT ON feedback.call_counter TO yiping_app;
GRANT SELECT ON feedback.call_counter TO yiping_app;
GRANT UPDATE ON feedback.call_counter TO yiping_app;

COMMENT ON TABLE feedback.call_counter IS 'How many call-backs a city has numbered in a year';
COMMENT ON COLUMN feedback.call_counter.year IS 'Calendar year';
COMMENT ON COLUMN feedback.call_counter.next IS 'The number given last';

CREATE TABLE feedback.call_draw (
  city_code text NOT NULL,
  week date NOT NULL,
  drawn_at timestamp with time zone NOT NULL,
  seed bytea NOT NULL,
  seed_hash bytea NOT NULL,
  committed_at timestamp with time zone NOT NULL,
  rule jsonb NOT NULL,
  finished integer NOT NULL,
  others integer NOT NULL,
  unreachable integer NOT NULL,
  listed integer NOT NULL,
  windows integer NOT NULL,
  clerks integer NOT NULL,
  sampled integer NOT NULL,
  list_hash bytea NOT NULL,
  list text NOT NULL,
  CONSTRAINT call_draw_pkey PRIMARY KEY (city_code, week),
  CONSTRAINT call_draw_seed_check CHECK ((length(seed) = 32))
);

GRANT INSERT ON feedback.call_draw TO yiping_app;
GRANT SELECT ON feedback.call_draw TO yiping_app;

COMMENT ON TABLE feedback.call_draw IS 'The weekly draw of cases to be called back (回访抽样), with all that is needed to repeat it; only added to';
COMMENT ON COLUMN feedback.call_draw.week IS 'Monday of the week whose finished cases were drawn from';
COMMENT ON COLUMN feedback.call_draw.seed IS 'Published with the draw';
COMMENT ON COLUMN feedback.call_draw.seed_hash IS 'SHA-256 of the seed, published before the week ended';
COMMENT ON COLUMN feedback.call_draw.rule IS 'Numbers that held: percent, least of window, clerk and city';
COMMENT ON COLUMN feedback.call_draw.finished IS 'Cases finished in the week';
COMMENT ON COLUMN feedback.call_draw.others IS 'Of them called back anyway: rated badly, or with a voice';
COMMENT ON COLUMN feedback.call_draw.unreachable IS 'Of the rest without a phone, rated anonymously, or of people who want no contact';
COMMENT ON COLUMN feedback.call_draw.listed IS 'Cases of the list that was drawn from';
COMMENT ON COLUMN feedback.call_draw.windows IS 'Windows of the list';
COMMENT ON COLUMN feedback.call_draw.clerks IS 'Clerks of the list';
COMMENT ON COLUMN feedback.call_draw.sampled IS 'Cases drawn';
COMMENT ON COLUMN feedback.call_draw.list_hash IS 'SHA-256 of the list';
COMMENT ON COLUMN feedback.call_draw.list IS 'The list: a line a case in byte order, its number, step, window and clerk apart by tabs';

CREATE TABLE feedback.call_seed (
  city_code text NOT NULL,
  week date NOT NULL,
  seed_enc bytea NOT NULL,
  seed_hash bytea NOT NULL,
  committed_at timestamp with time zone NOT NULL,
  CONSTRAINT call_seed_pkey PRIMARY KEY (city_code, week)
);

GRANT DELETE ON feedback.call_seed TO yiping_app;
GRANT INSERT ON feedback.call_seed TO yiping_app;
GRANT SELECT ON feedback.call_seed TO yiping_app;

COMMENT ON TABLE feedback.call_seed IS 'Seeds of coming draws: sealed until their draw, their hash is published before (回访抽样种子)';
COMMENT ON COLUMN feedback.call_seed.week IS 'Monday of the week whose finished cases are drawn from';
COMMENT ON COLUMN feedback.call_seed.seed_enc IS 'The seed of 32 random bytes, encrypted';
COMMENT ON COLUMN feedback.call_seed.seed_hash IS 'SHA-256 of the seed';

CREATE TABLE feedback.comment (
  city_code text NOT NULL,
  comment_id uuid NOT NULL,
  mode text NOT NULL,
  subject_kind text NOT NULL,
  subject_code text NOT NULL,
  region_code text NOT NULL,
  department_code text,
  window_code text,
  satisfaction smallint NOT NULL,
  tags smallint[] NOT NULL,
  text_hash bytea,
  channel smallint NOT NULL,
  sign_code text,
  receipt bytea NOT NULL,
  client_id text NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  received_at timestamp with time zone NOT NULL,
  recorded_by text,
  recorded_name text,
  CONSTRAINT comment_city_code_client_id_key UNIQUE (city_code, client_id),
  CONSTRAINT comment_city_code_receipt_key UNIQUE (city_code, receipt),
  CONSTRAINT comment_pkey PRIMARY KEY (city_code, comment_id),
  CONSTRAINT comment_check CHECK (((mode = 'inspect'::text) OR (subject_kind <> 'staff'::text))),
  CONSTRAINT comment_check1 CHECK (((mode = 'inspect'::text) = (recorded_by IS NOT NULL))),
  CONSTRAINT comment_mode_check CHECK ((mode = ANY (ARRAY['public'::text, 'inspect'::text]))),
  CONSTRAINT comment_receipt_check CHECK ((length(receipt) = 10)),
  CONSTRAINT comment_satisfaction_check CHECK (((satisfaction >= 1) AND (satisfaction <= 5))),
  CONSTRAINT comment_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['item'::text, 'department'::text, 'window'::text, 'platform'::text, 'staff'::text])))
);

CREATE INDEX comment_occurred ON feedback.comment USING btree (city_code, occurred_at);
CREATE INDEX comment_received ON feedback.comment USING btree (city_code, received_at DESC, comment_id DESC);

GRANT INSERT ON feedback.comment TO yiping_app;
GRANT SELECT ON feedback.comment TO yiping_app;

COMMENT ON TABLE feedback.comment IS 'Comments without a case: by the public (综合点评) or of a supervisor''s visit (监督查评); only added to';
COMMENT ON COLUMN feedback.comment.mode IS 'public 社会综合点评, inspect 政府监督查评';
COMMENT ON COLUMN feedback.comment.subject_kind IS 'What it is about; a person in an inspection only';
COMMENT ON COLUMN feedback.comment.subject_code IS 'Item, USCC, window code, name of a platform, or staff number';
COMMENT ON COLUMN feedback.comment.region_code IS 'Where its subject stands, for data scopes';
COMMENT ON COLUMN feedback.comment.department_code IS 'Whose its subject is; empty for a platform';
COMMENT ON COLUMN feedback.comment.window_code IS 'Window at which it was made or visited, where there is one';
COMMENT ON COLUMN feedback.comment.satisfaction IS 'Level 5 非常满意 to 1 非常不满意';
COMMENT ON COLUMN feedback.comment.tags IS 'National tags of the level; in an inspection its findings';
COMMENT ON COLUMN feedback.comment.text_hash IS 'SHA-256 of salt and text (comment_text), so that erasing the text breaks no proof';
COMMENT ON COLUMN feedback.comment.channel IS 'pf: national channel 1 to 7, local ones 90 and up';
COMMENT ON COLUMN feedback.comment.sign_code IS 'Sign that was scanned';
COMMENT ON COLUMN feedback.comment.receipt IS '80 random bits; the receipt code in base32';
COMMENT ON COLUMN feedback.comment.client_id IS 'The form''s own id: the same again is the same comment';
COMMENT ON COLUMN feedback.comment.occurred_at IS 'When it was given, or when the visit took place';
COMMENT ON COLUMN feedback.comment.recorded_by IS 'Account of the supervisor who was there';

CREATE TABLE feedback.comment_decision (
  city_code text NOT NULL,
  comment_id uuid NOT NULL,
  outcome text NOT NULL,
  decided_by text NOT NULL,
  decided_name text NOT NULL,
  decided_at timestamp with time zone NOT NULL,
  note text,
  CONSTRAINT comment_decision_pkey PRIMARY KEY (city_code, comment_id),
  CONSTRAINT comment_decision_city_code_comment_id_fkey FOREIGN KEY (city_code, comment_id) REFERENCES feedback.comment(city_code, comment_id),
  CONSTRAINT comment_decision_outcome_check CHECK ((outcome = ANY (ARRAY['confirmed'::text, 'rejected'::text])))
);

GRANT INSERT ON feedback.comment_decision TO yiping_app;
GRANT SELECT ON feedback.comment_decision TO yiping_app;

COMMENT ON TABLE feedback.comment_decision IS 'What a second person made of an inspection (复核): it counts once confirmed; decided once';
COMMENT ON COLUMN feedback.comment_decision.outcome IS 'confirmed 确认, rejected 不予采用';

CREATE TABLE feedback.comment_text (
  city_code text NOT NULL,
  comment_id uuid NOT NULL,
  received_at timestamp with time zone NOT NULL,
  salt bytea NOT NULL,
  body text NOT NULL,
  CONSTRAINT comment_text_pkey PRIMARY KEY (city_code, comment_id)
);

GRANT DELETE ON feedback.comment_text TO yiping_app;
GRANT INSERT ON feedback.comment_text TO yiping_app;
GRANT SELECT ON feedback.comment_text TO yiping_app;
GRANT UPDATE ON feedback.comment_text TO yiping_app;

COMMENT ON TABLE feedback.comment_text IS 'What was written with a comment; apart, because people write names and phone numbers into it';
COMMENT ON COLUMN feedback.comment_text.salt IS 'Random bytes hashed before the text';
COMMENT ON COLUMN feedback.comment_text.body IS 'The text as it was given';

CREATE TABLE feedback.commenter (
  city_code text NOT NULL,
  comment_id uuid NOT NULL,
  received_at timestamp with time zone NOT NULL,
  device_mark bytea,
  address_hash bytea,
  CONSTRAINT commenter_pkey PRIMARY KEY (city_code, comment_id)
);

GRANT DELETE ON feedback.commenter TO yiping_app;
GRANT INSERT ON feedback.commenter TO yiping_app;
GRANT SELECT ON feedback.commenter TO yiping_app;
GRANT UPDATE ON feedback.commenter TO yiping_app;

COMMENT ON TABLE feedback.commenter IS 'What is known of the device of a public comment; apart, because it is erased after retention';
COMMENT ON COLUMN feedback.commenter.device_mark IS 'Random mark of the device cookie';
COMMENT ON COLUMN feedback.commenter.address_hash IS 'Keyed hash of the network address';

CREATE TABLE feedback.complaint (
  city_code text NOT NULL,
  complaint_id text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  channel text NOT NULL,
  subject_kind text NOT NULL,
  subject_code text NOT NULL,
  project_no text,
  body text NOT NULL,
  outcome text NOT NULL,
  confirmed_by text,
  source text NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  decided_at timestamp with time zone,
  kind text DEFAULT 'complaint'::text NOT NULL,
  charged_with text,
  CONSTRAINT complaint_pkey PRIMARY KEY (city_code, complaint_id),
  CONSTRAINT complaint_check CHECK ((NOT ((subject_kind = 'staff'::text) AND (confirmed_by = subject_code)))),
  CONSTRAINT complaint_check1 CHECK (((outcome <> 'open'::text) OR (confirmed_by IS NULL))),
  CONSTRAINT complaint_kind_check CHECK ((kind = ANY (ARRAY['complaint'::text, 'stuck_matter'::text]))),
  CONSTRAINT complaint_outcome_check CHECK ((outcome = ANY (ARRAY['open'::text, 'at_fault'::text, 'not_at_fault'::text]))),
  CONSTRAINT complaint_source_check CHECK ((source = ANY (ARRAY['desk'::text, 'import'::text, 'demo'::text]))),
  CONSTRAINT complaint_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['staff'::text, 'window'::text, 'department'::text])))
);

CREATE INDEX complaint_received ON feedback.complaint USING btree (city_code, received_at, complaint_id);
CREATE INDEX complaint_subject ON feedback.complaint USING btree (city_code, subject_kind, subject_code, received_at);

GRANT INSERT ON feedback.complaint TO yiping_app;
GRANT SELECT ON feedback.complaint TO yiping_app;
GRANT UPDATE ON feedback.complaint TO yiping_app;

COMMENT ON TABLE feedback.complaint IS 'A complaint (举报投诉); counts once it is found at fault and confirmed';
COMMENT ON COLUMN feedback.complaint.complaint_id IS 'Number given by whoever received it';
COMMENT ON COLUMN feedback.complaint.received_at IS 'When it came in: decides month and value';
COMMENT ON COLUMN feedback.complaint.channel IS 'How it came in: 12345, phone, letter, box, web, desk …';
COMMENT ON COLUMN feedback.complaint.subject_kind IS 'Whom it is about: staff, window or department';
COMMENT ON COLUMN feedback.complaint.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN feedback.complaint.project_no IS 'Case (projectNo) that it is about, where known';
COMMENT ON COLUMN feedback.complaint.body IS 'What was said; people write names and phone numbers into it, so it is shown to few';
COMMENT ON COLUMN feedback.complaint.outcome IS 'open 办理中, at_fault 有责, not_at_fault 无责';
COMMENT ON COLUMN feedback.complaint.source IS 'desk: entered here; import: by file; demo: invented';
COMMENT ON COLUMN feedback.complaint.decided_at IS 'When the outcome was entered';
COMMENT ON COLUMN feedback.complaint.kind IS 'complaint 投诉, or stuck_matter 办不成事反映, which has a rule of its own';
COMMENT ON COLUMN feedback.complaint.charged_with IS 'What has charged the same event already (一事不二罚): this one is found at fault and charges nothing';

CREATE VIEW feedback.counted_comment AS
 SELECT c.city_code, c.comment_id, c.mode, c.subject_kind, c.subject_code, c.region_code,
    c.department_code, c.window_code, c.satisfaction, c.tags, c.channel, c.occurred_at
   FROM feedback.comment c
     LEFT JOIN feedback.comment_decision d ON d.city_code = c.city_code AND d.comment_id = c.comment_id
  WHERE c.mode = 'public'::text OR d.outcome = 'confirmed'::text;

GRANT SELECT ON feedback.counted_comment TO yiping_app;

COMMENT ON VIEW feedback.counted_comment IS 'Published: public comments and confirmed inspections, for figures apart from those of ratings';

CREATE TABLE feedback.entry_batch (
  city_code text NOT NULL,
  batch_id uuid NOT NULL,
  number text NOT NULL,
  note text,
  opened_by text NOT NULL,
  opened_name text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  CONSTRAINT entry_batch_city_code_number_key UNIQUE (city_code, number),
  CONSTRAINT entry_batch_pkey PRIMARY KEY (city_code, batch_id)
);

CREATE INDEX entry_batch_opened ON feedback.entry_batch USING btree (city_code, opened_at DESC);

GRANT INSERT ON feedback.entry_batch TO yiping_app;
GRANT SELECT ON feedback.entry_batch TO yiping_app;

COMMENT ON TABLE feedback.entry_batch IS 'Paper forms entered together, with their scans in platform.file; only added to';
COMMENT ON COLUMN feedback.entry_batch.number IS 'Number written on the pile, such as ZZ2026-0012';

CREATE TABLE feedback.entry_batch_end (
  city_code text NOT NULL,
  batch_id uuid NOT NULL,
  ended_by text NOT NULL,
  ended_at timestamp with time zone NOT NULL,
  CONSTRAINT entry_batch_end_pkey PRIMARY KEY (city_code, batch_id),
  CONSTRAINT entry_batch_end_city_code_batch_id_fkey FOREIGN KEY (city_code, batch_id) REFERENCES feedback.entry_batch(city_code, batch_id)
);

GRANT INSERT ON feedback.entry_batch_end TO yiping_app;
GRANT SELECT ON feedback.entry_batch_end TO yiping_app;

COMMENT ON TABLE feedback.entry_batch_end IS 'Batches of paper forms that take no further form';

CREATE TABLE feedback.figure (
  city_code text NOT NULL,
  axis text NOT NULL,
  span text NOT NULL,
  starts_on date NOT NULL,
  region_code text NOT NULL,
  dept_code text NOT NULL,
  code text NOT NULL,
  source text NOT NULL,
  task_name text,
  ratable integer NOT NULL,
  rated integer NOT NULL,
  good integer NOT NULL,
  bad integer NOT NULL,
  excluded integer NOT NULL,
  CONSTRAINT figure_pkey PRIMARY KEY (city_code, axis, span, starts_on, region_code, dept_code, code, source),
  CONSTRAINT figure_axis_check CHECK ((axis = ANY (ARRAY['window'::text, 'item'::text, 'channel'::text]))),
  CONSTRAINT figure_span_check CHECK ((span = ANY (ARRAY['day'::text, 'month'::text])))
);

GRANT DELETE ON feedback.figure TO yiping_app;
GRANT INSERT ON feedback.figure TO yiping_app;
GRANT SELECT ON feedback.figure TO yiping_app;

COMMENT ON TABLE feedback.figure IS 'Counts of services and first ratings by day or month of service (汇总): from the records, never typed in';
COMMENT ON COLUMN feedback.figure.axis IS 'What code names: a window (also read by region and department), an item, or a channel with its source';
COMMENT ON COLUMN feedback.figure.span IS 'As in feedback.figure_state';
COMMENT ON COLUMN feedback.figure.starts_on IS 'As in feedback.figure_state';
COMMENT ON COLUMN feedback.figure.code IS 'Empty for services without a window, or without a rating';
COMMENT ON COLUMN feedback.figure.source IS 'As in feedback.rating, on the axis of channels only; else empty';
COMMENT ON COLUMN feedback.figure.task_name IS 'On the axis of items, the name that the records give it';
COMMENT ON COLUMN feedback.figure.ratable IS 'Services that could be rated 可评';
COMMENT ON COLUMN feedback.figure.rated IS 'Services whose first rating counts 已评';
COMMENT ON COLUMN feedback.figure.good IS 'Of these, levels 3 to 5 好评';
COMMENT ON COLUMN feedback.figure.bad IS 'Of these, levels 1 and 2 差评';
COMMENT ON COLUMN feedback.figure.excluded IS 'Services whose first rating a verdict took out 已剔除';

CREATE TABLE feedback.figure_state (
  city_code text NOT NULL,
  span text NOT NULL,
  starts_on date NOT NULL,
  dirty boolean NOT NULL,
  marked_at timestamp with time zone NOT NULL,
  rolls integer DEFAULT 0 NOT NULL,
  CONSTRAINT figure_state_pkey PRIMARY KEY (city_code, span, starts_on),
  CONSTRAINT figure_state_span_check CHECK ((span = ANY (ARRAY['day'::text, 'month'::text])))
);

CREATE INDEX figure_state_dirty ON feedback.figure_state USING btree (city_code, span, starts_on) WHERE dirty;

GRANT INSERT ON feedback.figure_state TO yiping_app;
GRANT SELECT ON feedback.figure_state TO yiping_app;
GRANT UPDATE ON feedback.figure_state TO yiping_app;

COMMENT ON TABLE feedback.figure_state IS 'Which days and months of service are rolled up; one that is missing here, or dirty, is counted row by row';
COMMENT ON COLUMN feedback.figure_state.span IS 'A day of service, or a whole month of them';
COMMENT ON COLUMN feedback.figure_state.starts_on IS 'The day, or the first of the month, in +08:00';
COMMENT ON COLUMN feedback.figure_state.dirty IS 'Something in it has changed since it was rolled up: its figures don''t count until it is rolled up anew';
COMMENT ON COLUMN feedback.figure_state.rolls IS 'How often it was rolled up: the same number means the same figures';

CREATE VIEW feedback.first_rating AS
 SELECT r.city_code, r.service_month, r.step_id, r.satisfaction, r.tags, r.channel, r.batch_id,
    r.recorded_at, v.verdict, v.attribution, v.verified_by, v.approved_by, v.decided_on,
    COALESCE(v.verdict = ANY (ARRAY['mistaken'::text, 'malicious'::text]), false) AS excluded
   FROM feedback.rating r
     LEFT JOIN feedback.rating_verdict v ON v.city_code = r.city_code AND v.step_id = r.step_id AND v.assess_number = r.assess_number
  WHERE r.assess_number = 1;

GRANT SELECT ON feedback.first_rating TO yiping_app;

COMMENT ON VIEW feedback.first_rating IS 'Published: first ratings with their verdict and whether it excluded them; to be joined to steps';

CREATE TABLE feedback.late_rating (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  client_id text NOT NULL,
  service_month date NOT NULL,
  invitation_id uuid NOT NULL,
  device_id uuid NOT NULL,
  source text NOT NULL,
  satisfaction smallint NOT NULL,
  tags smallint[] NOT NULL,
  body text,
  shown_at timestamp with time zone NOT NULL,
  device_at timestamp with time zone,
  received_at timestamp with time zone NOT NULL,
  CONSTRAINT late_rating_pkey PRIMARY KEY (city_code, step_id, client_id),
  CONSTRAINT late_rating_satisfaction_check CHECK (((satisfaction >= 1) AND (satisfaction <= 5))),
  CONSTRAINT late_rating_source_check CHECK ((source = ANY (ARRAY['tablet'::text, 'button'::text])))
);

CREATE INDEX late_rating_received ON feedback.late_rating USING btree (city_code, received_at DESC, step_id DESC);

GRANT INSERT ON feedback.late_rating TO yiping_app;
GRANT SELECT ON feedback.late_rating TO yiping_app;
GRANT UPDATE ON feedback.late_rating TO yiping_app;

COMMENT ON TABLE feedback.late_rating IS 'Ratings that a device stored in time and uploaded too late (迟到评价): kept and listed, never counted';
COMMENT ON COLUMN feedback.late_rating.step_id IS 'Record number of the service';
COMMENT ON COLUMN feedback.late_rating.client_id IS 'The rating''s own id: a repeat changes nothing';
COMMENT ON COLUMN feedback.late_rating.service_month IS 'First day of the month of the service';
COMMENT ON COLUMN feedback.late_rating.invitation_id IS 'As in intake.window_invitation';
COMMENT ON COLUMN feedback.late_rating.device_id IS 'Device that uploaded it';
COMMENT ON COLUMN feedback.late_rating.source IS 'tablet or button, as in feedback.rating';
COMMENT ON COLUMN feedback.late_rating.satisfaction IS 'Level 5 非常满意 to 1 非常不满意';
COMMENT ON COLUMN feedback.late_rating.tags IS 'National tags of the level';
COMMENT ON COLUMN feedback.late_rating.body IS 'What was written; emptied after retention';
COMMENT ON COLUMN feedback.late_rating.shown_at IS 'When it was shown, by the server''s clock';
COMMENT ON COLUMN feedback.late_rating.device_at IS 'What the device''s clock said at the tap';
COMMENT ON COLUMN feedback.late_rating.received_at IS 'When it was uploaded';

CREATE TABLE feedback.questionnaire (
  city_code text NOT NULL,
  questionnaire_id uuid NOT NULL,
  number text NOT NULL,
  draft text NOT NULL,
  revision integer NOT NULL,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT questionnaire_city_code_number_key UNIQUE (city_code, number),
  CONSTRAINT questionnaire_pkey PRIMARY KEY (city_code, questionnaire_id)
);

GRANT INSERT ON feedback.questionnaire TO yiping_app;
GRANT SELECT ON feedback.questionnaire TO yiping_app;
GRANT UPDATE ON feedback.questionnaire TO yiping_app;

COMMENT ON TABLE feedback.questionnaire IS 'Questionnaires on site (现场问卷) with the draft that somebody is writing';
COMMENT ON COLUMN feedback.questionnaire.number IS 'Such as WJ2026-0003; part of the citizen''s address';
COMMENT ON COLUMN feedback.questionnaire.draft IS 'Sections, questions and skip rules as JSON';
COMMENT ON COLUMN feedback.questionnaire.revision IS 'Counts the changes of the draft: who saves names it';

CREATE TABLE feedback.questionnaire_batch (
  city_code text NOT NULL,
  batch_id uuid NOT NULL,
  number text NOT NULL,
  questionnaire_id uuid NOT NULL,
  version integer NOT NULL,
  window_code text NOT NULL,
  filled_on date NOT NULL,
  opened_by text NOT NULL,
  opened_name text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  sample integer[] DEFAULT '{}'::integer[] NOT NULL,
  outcome text,
  outcome_at timestamp with time zone,
  CONSTRAINT questionnaire_batch_city_code_number_key UNIQUE (city_code, number),
  CONSTRAINT questionnaire_batch_pkey PRIMARY KEY (city_code, batch_id),
  CONSTRAINT questionnaire_batch_city_code_questionnaire_id_version_fkey FOREIGN KEY (city_code, questionnaire_id, version) REFERENCES feedback.questionnaire_version(city_code, questionnaire_id, version),
  CONSTRAINT questionnaire_batch_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'rejected'::text])))
);

CREATE INDEX questionnaire_batch_opened ON feedback.questionnaire_batch USING btree (city_code, opened_at DESC);

GRANT INSERT ON feedback.questionnaire_batch TO yiping_app;
GRANT SELECT ON feedback.questionnaire_batch TO yiping_app;
GRANT UPDATE ON feedback.questionnaire_batch TO yiping_app;

COMMENT ON TABLE feedback.questionnaire_batch IS 'Paper sheets of one window that somebody types (纸质问卷录入); a second person types a sample again';
COMMENT ON COLUMN feedback.questionnaire_batch.number IS 'Written on the pile, such as WP2026-0001';
COMMENT ON COLUMN feedback.questionnaire_batch.version IS 'The version that was printed';
COMMENT ON COLUMN feedback.questionnaire_batch.filled_on IS 'Day on which the sheets were filled in';
COMMENT ON COLUMN feedback.questionnaire_batch.opened_by IS 'Account that types; it never checks';
COMMENT ON COLUMN feedback.questionnaire_batch.ended_at IS 'Since when no further sheet is typed';
COMMENT ON COLUMN feedback.questionnaire_batch.sample IS 'Numbers of the sheets that are typed twice';
COMMENT ON COLUMN feedback.questionnaire_batch.outcome IS 'What the check came to: only accepted sheets are counted';

CREATE TABLE feedback.questionnaire_check (
  city_code text NOT NULL,
  batch_id uuid NOT NULL,
  sheet_number integer NOT NULL,
  answers jsonb NOT NULL,
  differs text[] NOT NULL,
  compared integer NOT NULL,
  holds text,
  checked_by text NOT NULL,
  checked_name text NOT NULL,
  checked_at timestamp with time zone NOT NULL,
  CONSTRAINT questionnaire_check_pkey PRIMARY KEY (city_code, batch_id, sheet_number),
  CONSTRAINT questionnaire_check_city_code_batch_id_fkey FOREIGN KEY (city_code, batch_id) REFERENCES feedback.questionnaire_batch(city_code, batch_id),
  CONSTRAINT questionnaire_check_holds_check CHECK ((holds = ANY (ARRAY['first'::text, 'second'::text])))
);

GRANT INSERT ON feedback.questionnaire_check TO yiping_app;
GRANT SELECT ON feedback.questionnaire_check TO yiping_app;
GRANT UPDATE ON feedback.questionnaire_check TO yiping_app;

COMMENT ON TABLE feedback.questionnaire_check IS 'Paper sheets as a second person typed them, and which of the two holds where they differ';
COMMENT ON COLUMN feedback.questionnaire_check.sheet_number IS 'Number written on the paper sheet';
COMMENT ON COLUMN feedback.questionnaire_check.answers IS 'As in questionnaire_sheet';
COMMENT ON COLUMN feedback.questionnaire_check.differs IS 'Questions that were typed otherwise';
COMMENT ON COLUMN feedback.questionnaire_check.compared IS 'How many questions were compared';
COMMENT ON COLUMN feedback.questionnaire_check.holds IS 'By the paper; empty until somebody has looked';
COMMENT ON COLUMN feedback.questionnaire_check.checked_by IS 'Account; never who opened the batch';

CREATE TABLE feedback.questionnaire_mark (
  city_code text NOT NULL,
  questionnaire_id uuid NOT NULL,
  day date NOT NULL,
  mark bytea NOT NULL,
  CONSTRAINT questionnaire_mark_pkey PRIMARY KEY (city_code, questionnaire_id, day, mark)
);

GRANT DELETE ON feedback.questionnaire_mark TO yiping_app;
GRANT INSERT ON feedback.questionnaire_mark TO yiping_app;
GRANT SELECT ON feedback.questionnaire_mark TO yiping_app;

COMMENT ON TABLE feedback.questionnaire_mark IS 'Devices that have answered, against double counting; tied to no sheet and erased after days';
COMMENT ON COLUMN feedback.questionnaire_mark.mark IS 'Keyed hash of the device''s random mark with questionnaire and day';

CREATE TABLE feedback.questionnaire_opening (
  city_code text NOT NULL,
  opening_id uuid NOT NULL,
  questionnaire_id uuid NOT NULL,
  version integer NOT NULL,
  from_day date NOT NULL,
  until_day date NOT NULL,
  regions text[] NOT NULL,
  windows text[] NOT NULL,
  opened_by text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  closed_by text,
  closed_at timestamp with time zone,
  CONSTRAINT questionnaire_opening_pkey PRIMARY KEY (city_code, opening_id),
  CONSTRAINT questionnaire_opening_city_code_questionnaire_id_version_fkey FOREIGN KEY (city_code, questionnaire_id, version) REFERENCES feedback.questionnaire_version(city_code, questionnaire_id, version),
  CONSTRAINT questionnaire_opening_check CHECK ((until_day >= from_day))
);

CREATE UNIQUE INDEX questionnaire_opening_one ON feedback.questionnaire_opening USING btree (city_code, questionnaire_id) WHERE (closed_at IS NULL);

GRANT INSERT ON feedback.questionnaire_opening TO yiping_app;
GRANT SELECT ON feedback.questionnaire_opening TO yiping_app;
GRANT UPDATE ON feedback.questionnaire_opening TO yiping_app;

COMMENT ON TABLE feedback.questionnaire_opening IS 'When and where a version can be answered; one that isn''t closed for a questionnaire at a time';
COMMENT ON COLUMN feedback.questionnaire_opening.version IS 'What is asked';
COMMENT ON COLUMN feedback.questionnaire_opening.from_day IS 'First day, in China';
COMMENT ON COLUMN feedback.questionnaire_opening.until_day IS 'Last day, in China';
COMMENT ON COLUMN feedback.questionnaire_opening.regions IS 'Regions of halls, those of counties with their townships; with neither it is open at every window';
COMMENT ON COLUMN feedback.questionnaire_opening.windows IS 'Single windows besides those of the regions';

CREATE TABLE feedback.questionnaire_sheet (
  city_code text NOT NULL,
  sheet_id uuid NOT NULL,
  questionnaire_id uuid NOT NULL,
  version integer NOT NULL,
  window_code text NOT NULL,
  department_code text NOT NULL,
  region_code text NOT NULL,
  channel text NOT NULL,
  day date NOT NULL,
  answers jsonb NOT NULL,
  repeated boolean NOT NULL,
  client_id text NOT NULL,
  batch_id uuid,
  sheet_number integer,
  CONSTRAINT questionnaire_sheet_city_code_client_id_key UNIQUE (city_code, client_id),
  CONSTRAINT questionnaire_sheet_pkey PRIMARY KEY (city_code, sheet_id),
  CONSTRAINT questionnaire_sheet_city_code_batch_id_fkey FOREIGN KEY (city_code, batch_id) REFERENCES feedback.questionnaire_batch(city_code, batch_id),
  CONSTRAINT questionnaire_sheet_city_code_questionnaire_id_version_fkey FOREIGN KEY (city_code, questionnaire_id, version) REFERENCES feedback.questionnaire_version(city_code, questionnaire_id, version),
  CONSTRAINT questionnaire_sheet_channel_check CHECK ((channel = ANY (ARRAY['qr'::text, 'tablet'::text, 'paper'::text]))),
  CONSTRAINT questionnaire_sheet_check CHECK (((channel = 'paper'::text) = (batch_id IS NOT NULL))),
  CONSTRAINT questionnaire_sheet_check1 CHECK (((batch_id IS NULL) = (sheet_number IS NULL)))
);

CREATE INDEX questionnaire_sheet_day ON feedback.questionnaire_sheet USING btree (city_code, questionnaire_id, version, day);
CREATE UNIQUE INDEX questionnaire_sheet_number ON feedback.questionnaire_sheet USING btree (city_code, batch_id, sheet_number) WHERE (batch_id IS NOT NULL);

GRANT INSERT ON feedback.questionnaire_sheet TO yiping_app;
GRANT SELECT ON feedback.questionnaire_sheet TO yiping_app;

COMMENT ON TABLE feedback.questionnaire_sheet IS 'Answer sheets: the window and the day, and nothing of who filled one in; only added to';
COMMENT ON COLUMN feedback.questionnaire_sheet.version IS 'The version that was answered';
COMMENT ON COLUMN feedback.questionnaire_sheet.window_code IS 'Window at which it was filled in';
COMMENT ON COLUMN feedback.questionnaire_sheet.department_code IS 'Whose the window was on that day';
COMMENT ON COLUMN feedback.questionnaire_sheet.region_code IS 'Where the window stood on that day';
COMMENT ON COLUMN feedback.questionnaire_sheet.channel IS 'qr 扫码, tablet 窗口平板, paper 纸质；a time of day would tell who it was, so there is none';
COMMENT ON COLUMN feedback.questionnaire_sheet.answers IS 'By question that was asked, what was chosen; an empty list where nothing was. Texts stand apart';
COMMENT ON COLUMN feedback.questionnaire_sheet.repeated IS 'The device had answered that day: kept, and not counted';
COMMENT ON COLUMN feedback.questionnaire_sheet.client_id IS 'The form''s own id: again is the same sheet';
COMMENT ON COLUMN feedback.questionnaire_sheet.batch_id IS 'Paper sheets: what they were typed with';
COMMENT ON COLUMN feedback.questionnaire_sheet.sheet_number IS 'Number written on the paper sheet';

CREATE TABLE feedback.questionnaire_text (
  city_code text NOT NULL,
  text_id uuid NOT NULL,
  sheet_id uuid NOT NULL,
  question text NOT NULL,
  day date NOT NULL,
  body text NOT NULL,
  CONSTRAINT questionnaire_text_pkey PRIMARY KEY (city_code, text_id)
);

CREATE INDEX questionnaire_text_day ON feedback.questionnaire_text USING btree (city_code, day);
CREATE INDEX questionnaire_text_sheet ON feedback.questionnaire_text USING btree (city_code, sheet_id);

GRANT DELETE ON feedback.questionnaire_text TO yiping_app;
GRANT INSERT ON feedback.questionnaire_text TO yiping_app;
GRANT SELECT ON feedback.questionnaire_text TO yiping_app;

COMMENT ON TABLE feedback.questionnaire_text IS 'What was written into answer sheets; apart, because people write names in and it is erased in time';
COMMENT ON COLUMN feedback.questionnaire_text.question IS 'Question of the version';
COMMENT ON COLUMN feedback.questionnaire_text.body IS 'The text as it was given';

CREATE TABLE feedback.questionnaire_version (
  city_code text NOT NULL,
  questionnaire_id uuid NOT NULL,
  version integer NOT NULL,
  content text NOT NULL,
  content_hash bytea NOT NULL,
  published_by text NOT NULL,
  published_at timestamp with time zone NOT NULL,
  CONSTRAINT questionnaire_version_pkey PRIMARY KEY (city_code, questionnaire_id, version),
  CONSTRAINT questionnaire_version_city_code_questionnaire_id_fkey FOREIGN KEY (city_code, questionnaire_id) REFERENCES feedback.questionnaire(city_code, questionnaire_id)
);

GRANT INSERT ON feedback.questionnaire_version TO yiping_app;
GRANT SELECT ON feedback.questionnaire_version TO yiping_app;

COMMENT ON TABLE feedback.questionnaire_version IS 'Questionnaires as they were published; only added to, so that old answers keep their questions';
COMMENT ON COLUMN feedback.questionnaire_version.version IS 'Counts from 1 within the questionnaire';
COMMENT ON COLUMN feedback.questionnaire_version.content IS 'The frozen draft, as JSON';
COMMENT ON COLUMN feedback.questionnaire_version.content_hash IS 'SHA-256 of the content';

CREATE TABLE feedback.rater (
  city_code text NOT NULL,
  service_month date NOT NULL,
  step_id bigint NOT NULL,
  assess_number smallint NOT NULL,
  anonymous boolean NOT NULL,
  device_mark bytea,
  address_hash bytea,
  name_enc bytea,
  phone_enc bytea,
  CONSTRAINT rater_pkey PRIMARY KEY (city_code, service_month, step_id, assess_number)
) PARTITION BY RANGE (service_month);

GRANT DELETE ON feedback.rater TO yiping_app;
GRANT INSERT ON feedback.rater TO yiping_app;
GRANT SELECT ON feedback.rater TO yiping_app;
GRANT UPDATE ON feedback.rater TO yiping_app;

COMMENT ON TABLE feedback.rater IS 'What is known of the device that rated; apart, because it is erased after retention';
COMMENT ON COLUMN feedback.rater.service_month IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rater.step_id IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rater.assess_number IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rater.anonymous IS 'The box "anonymous" was ticked: never called back';
COMMENT ON COLUMN feedback.rater.device_mark IS 'Random mark of the device cookie';
COMMENT ON COLUMN feedback.rater.address_hash IS 'Keyed hash of the network address';
COMMENT ON COLUMN feedback.rater.name_enc IS 'Name left to be contacted by, sealed; null where none was';
COMMENT ON COLUMN feedback.rater.phone_enc IS 'Phone left to be contacted by, sealed; its order opens by the fact rating.contact_asked';

CREATE TABLE feedback.rating (
  city_code text NOT NULL,
  service_month date NOT NULL,
  step_id bigint NOT NULL,
  batch_id bigint NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  assessed_at timestamp with time zone NOT NULL,
  device_at timestamp with time zone,
  batch_position integer NOT NULL,
  assess_number smallint NOT NULL,
  satisfaction smallint NOT NULL,
  process smallint,
  efficiency smallint,
  attitude smallint,
  channel smallint NOT NULL,
  real_name boolean NOT NULL,
  mode text NOT NULL,
  source text NOT NULL,
  receipt bytea NOT NULL,
  tags smallint[] NOT NULL,
  text_hash bytea,
  client_id text,
  CONSTRAINT rating_city_code_receipt_service_month_key UNIQUE (city_code, receipt, service_month),
  CONSTRAINT rating_pkey PRIMARY KEY (city_code, service_month, step_id, assess_number),
  CONSTRAINT rating_assess_number_check CHECK ((assess_number = ANY (ARRAY[1, 2]))),
  CONSTRAINT rating_attitude_check CHECK (((attitude >= 1) AND (attitude <= 5))),
  CONSTRAINT rating_efficiency_check CHECK (((efficiency >= 1) AND (efficiency <= 5))),
  CONSTRAINT rating_mode_check CHECK ((mode = ANY (ARRAY['onsite'::text, 'online'::text, 'public'::text, 'inspect'::text]))),
  CONSTRAINT rating_process_check CHECK (((process >= 1) AND (process <= 5))),
  CONSTRAINT rating_receipt_check CHECK ((length(receipt) = 10)),
  CONSTRAINT rating_satisfaction_check CHECK (((satisfaction >= 1) AND (satisfaction <= 5))),
  CONSTRAINT rating_source_check CHECK ((source = ANY (ARRAY['citizen'::text, 'key'::text, 'import'::text, 'demo'::text, 'tablet'::text, 'button'::text, 'phone'::text, 'paper'::text, 'hotline'::text])))
) PARTITION BY RANGE (service_month);

CREATE INDEX rating_bad ON ONLY feedback.rating USING btree (city_code, service_month, step_id) WHERE (satisfaction <= 2);
CREATE INDEX rating_by_batch ON ONLY feedback.rating USING btree (city_code, batch_id, batch_position);

GRANT INSERT ON feedback.rating TO yiping_app;
GRANT SELECT ON feedback.rating TO yiping_app;

COMMENT ON TABLE feedback.rating IS 'One rating of one ratable step (评价); never changed, never deleted';
COMMENT ON COLUMN feedback.rating.service_month IS 'First day of the month of the service: the partition, also part of the record number';
COMMENT ON COLUMN feedback.rating.step_id IS 'Record number of the ratable step (intake.case_step)';
COMMENT ON COLUMN feedback.rating.batch_id IS 'Micro-batch in which it was written: what the fact rating.recorded names';
COMMENT ON COLUMN feedback.rating.assessed_at IS 'assessTime: when it was given; the server''s time online, the paper''s time for an import';
COMMENT ON COLUMN feedback.rating.device_at IS 'What the device''s clock said; for detectors only, never counts';
COMMENT ON COLUMN feedback.rating.batch_position IS 'Place within the batch, from 0';
COMMENT ON COLUMN feedback.rating.assess_number IS 'assessNumber 1, or 2 after a rectification';
COMMENT ON COLUMN feedback.rating.satisfaction IS 'Level 5 非常满意 to 1 非常不满意; 3 to 5 good, 1 and 2 bad';
COMMENT ON COLUMN feedback.rating.process IS 'Optional score of the procedure, 1 to 5 办事流程';
COMMENT ON COLUMN feedback.rating.efficiency IS 'Optional score of the efficiency, 1 to 5 服务效率';
COMMENT ON COLUMN feedback.rating.attitude IS 'Optional score of the attitude, 1 to 5 服务态度';
COMMENT ON COLUMN feedback.rating.channel IS 'pf: national channel 1 to 7, local ones 90 and up';
COMMENT ON COLUMN feedback.rating.real_name IS 'The step carries a phone and the rater didn''t choose to be anonymous';
COMMENT ON COLUMN feedback.rating.mode IS 'onsite 现场一次一评, online 网上一事一评, public 社会综合点评, inspect 政府监督查评';
COMMENT ON COLUMN feedback.rating.source IS 'citizen: by its link; key: another system; import: migration; demo: invented; tablet, button: a device of the hall; phone, paper, hotline: entered by staff';
COMMENT ON COLUMN feedback.rating.receipt IS '80 random bits; the receipt code in base32';
COMMENT ON COLUMN feedback.rating.tags IS 'National tags of the level (evalDetail)';
COMMENT ON COLUMN feedback.rating.text_hash IS 'SHA-256 of salt and text (rating_text), so that erasing the text breaks no proof';
COMMENT ON COLUMN feedback.rating.client_id IS 'The submission''s own id: a repeat of it gets the same receipt';

GRANT USAGE ON feedback.rating_batch TO yiping_app;

COMMENT ON SEQUENCE feedback.rating_batch IS 'Numbers the micro-batches in which ratings are written';

CREATE VIEW feedback.rating_list AS
 SELECT r.city_code, r.service_month, r.step_id, r.assess_number, r.satisfaction, r.tags, r.process,
    r.efficiency, r.attitude, r.channel, r.mode, r.source, r.real_name, r.recorded_at, r.assessed_at,
    r.batch_id, r.batch_position, r.receipt, r.text_hash IS NOT NULL AS has_text, v.verdict,
    v.attribution, v.verified_by, v.approved_by, v.decided_on, s.service_time, s.project_no,
    s.service_number, s.service_name, s.task_code, s.task_name, s.window_code, s.staff_no,
    s.dept_code, s.region_code
   FROM feedback.rating r
     JOIN intake.ratable_step s ON s.city_code = r.city_code AND s.service_month = r.service_month AND s.step_id = r.step_id
     LEFT JOIN feedback.rating_verdict v ON v.city_code = r.city_code AND v.step_id = r.step_id AND v.assess_number = r.assess_number;

GRANT SELECT ON feedback.rating_list TO yiping_app;

COMMENT ON VIEW feedback.rating_list IS 'Published: ratings with their service and verdict, without text and device';

CREATE TABLE feedback.rating_text (
  city_code text NOT NULL,
  service_month date NOT NULL,
  step_id bigint NOT NULL,
  assess_number smallint NOT NULL,
  salt bytea NOT NULL,
  body text NOT NULL,
  CONSTRAINT rating_text_pkey PRIMARY KEY (city_code, service_month, step_id, assess_number)
) PARTITION BY RANGE (service_month);

GRANT DELETE ON feedback.rating_text TO yiping_app;
GRANT INSERT ON feedback.rating_text TO yiping_app;
GRANT SELECT ON feedback.rating_text TO yiping_app;
GRANT UPDATE ON feedback.rating_text TO yiping_app;

COMMENT ON TABLE feedback.rating_text IS 'What the rater wrote; apart, because people write names and phone numbers into it';
COMMENT ON COLUMN feedback.rating_text.service_month IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rating_text.step_id IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rating_text.assess_number IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rating_text.salt IS 'Random bytes hashed before the text';
COMMENT ON COLUMN feedback.rating_text.body IS 'writingEvaluation as it was given';

CREATE TABLE feedback.rating_verdict (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  assess_number smallint NOT NULL,
  service_month date NOT NULL,
  verdict text,
  attribution text,
  verified_by text,
  approved_by text,
  decided_on date,
  source text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT rating_verdict_pkey PRIMARY KEY (city_code, step_id, assess_number),
  CONSTRAINT rating_verdict_attribution_check CHECK ((attribution = ANY (ARRAY['staff'::text, 'window'::text, 'department'::text]))),
  CONSTRAINT rating_verdict_check CHECK ((verified_by <> approved_by)),
  CONSTRAINT rating_verdict_check1 CHECK (((verdict <> ALL (ARRAY['mistaken'::text, 'malicious'::text])) OR ((verified_by IS NOT NULL) AND (approved_by IS NOT NULL)))),
  CONSTRAINT rating_verdict_check2 CHECK (((verdict IS NULL) = (decided_on IS NULL))),
  CONSTRAINT rating_verdict_source_check CHECK ((source = ANY (ARRAY['desk'::text, 'import'::text, 'demo'::text]))),
  CONSTRAINT rating_verdict_verdict_check CHECK ((verdict = ANY (ARRAY['upheld'::text, 'mistaken'::text, 'malicious'::text])))
);

GRANT INSERT ON feedback.rating_verdict TO yiping_app;
GRANT SELECT ON feedback.rating_verdict TO yiping_app;
GRANT UPDATE ON feedback.rating_verdict TO yiping_app;

COMMENT ON TABLE feedback.rating_verdict IS 'What the verification of a rating found (核实结论); filled in once, by two people where it excludes';
COMMENT ON COLUMN feedback.rating_verdict.step_id IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rating_verdict.assess_number IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rating_verdict.service_month IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rating_verdict.verdict IS 'upheld 属实, mistaken 误评, malicious 恶意; empty while only the attribution is decided';
COMMENT ON COLUMN feedback.rating_verdict.attribution IS 'Whom it charges, where the tags don''t say';
COMMENT ON COLUMN feedback.rating_verdict.verified_by IS 'Who verified';
COMMENT ON COLUMN feedback.rating_verdict.approved_by IS 'Who approved; never the one who verified';
COMMENT ON COLUMN feedback.rating_verdict.decided_on IS 'Day of the verdict in +08:00';
COMMENT ON COLUMN feedback.rating_verdict.source IS 'desk: the verification desk; import: with an imported rating; demo: invented';

CREATE TABLE feedback.said_no (
  city_code text NOT NULL,
  said_no_id uuid NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  region_code text NOT NULL,
  department_code text NOT NULL,
  window_code text NOT NULL,
  item_name text NOT NULL,
  reason text NOT NULL,
  ground text NOT NULL,
  recorded_by text NOT NULL,
  recorded_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT said_no_pkey PRIMARY KEY (city_code, said_no_id)
);

CREATE INDEX said_no_occurred ON feedback.said_no USING btree (city_code, occurred_at DESC, said_no_id DESC);

GRANT INSERT ON feedback.said_no TO yiping_app;
GRANT SELECT ON feedback.said_no TO yiping_app;

COMMENT ON TABLE feedback.said_no IS 'Register of every no said at a window (否决报备), without who asked; only added to';
COMMENT ON COLUMN feedback.said_no.occurred_at IS 'When the no was said';
COMMENT ON COLUMN feedback.said_no.region_code IS 'Where the window stands, for data scopes';
COMMENT ON COLUMN feedback.said_no.item_name IS 'What was asked for';
COMMENT ON COLUMN feedback.said_no.ground IS 'Clause of the law or rule that the no rests on';
COMMENT ON COLUMN feedback.said_no.recorded_by IS 'Account that reported it';

CREATE VIEW feedback.scored_rating AS
 SELECT r.city_code, r.service_month, r.step_id, r.satisfaction, r.tags, r.channel, r.source,
    r.real_name, r.recorded_at, r.assessed_at, r.batch_id, r.batch_position, v.verdict,
    v.attribution, v.verified_by, v.approved_by, v.decided_on, s.service_time, s.project_no,
    s.service_number, s.task_code, s.window_code, s.staff_no, s.dept_code, s.region_code
   FROM feedback.rating r
     JOIN intake.ratable_step s ON s.city_code = r.city_code AND s.service_month = r.service_month AND s.step_id = r.step_id
     LEFT JOIN feedback.rating_verdict v ON v.city_code = r.city_code AND v.step_id = r.step_id AND v.assess_number = r.assess_number
  WHERE r.assess_number = 1;

GRANT SELECT ON feedback.scored_rating TO yiping_app;

COMMENT ON VIEW feedback.scored_rating IS 'Published: first ratings with verdict, clerk, window and department; no text, no device';

CREATE TABLE feedback.seal (
  city_code text NOT NULL,
  seal_number integer NOT NULL,
  day date NOT NULL,
  sealed_at timestamp with time zone NOT NULL,
  algorithm text NOT NULL,
  leaf_version smallint NOT NULL,
  size integer NOT NULL,
  root bytea NOT NULL,
  after_batch bigint NOT NULL,
  through_batch bigint NOT NULL,
  previous_hash bytea,
  seal_hash bytea NOT NULL,
  CONSTRAINT seal_pkey PRIMARY KEY (city_code, seal_number),
  CONSTRAINT seal_algorithm_check CHECK ((algorithm = ANY (ARRAY['sha-256'::text, 'sm3'::text]))),
  CONSTRAINT seal_check CHECK ((after_batch <= through_batch)),
  CONSTRAINT seal_check1 CHECK (((seal_number = 1) = (previous_hash IS NULL))),
  CONSTRAINT seal_previous_hash_check CHECK ((length(previous_hash) = 32)),
  CONSTRAINT seal_root_check CHECK ((length(root) = 32)),
  CONSTRAINT seal_seal_hash_check CHECK ((length(seal_hash) = 32)),
  CONSTRAINT seal_seal_number_check CHECK ((seal_number >= 1)),
  CONSTRAINT seal_size_check CHECK ((size >= 0))
);

CREATE INDEX seal_by_batch ON feedback.seal USING btree (city_code, through_batch);

GRANT INSERT ON feedback.seal TO yiping_app;
GRANT SELECT ON feedback.seal TO yiping_app;

COMMENT ON TABLE feedback.seal IS 'Seals of ratings (封缄), at least one a day: the Merkle root (RFC 9162) of what is new, chained to the seal before; never changed, never deleted';
COMMENT ON COLUMN feedback.seal.seal_number IS '1, 2, 3 … without a gap';
COMMENT ON COLUMN feedback.seal.day IS 'Day whose seal it is; a late one has a later sealed_at';
COMMENT ON COLUMN feedback.seal.algorithm IS 'Hash of leaves, tree and header';
COMMENT ON COLUMN feedback.seal.leaf_version IS 'Way in which its leaves are written (docs/integration/seal.md)';
COMMENT ON COLUMN feedback.seal.size IS 'Ratings in it; 0 on a day without any';
COMMENT ON COLUMN feedback.seal.root IS 'Root of the Merkle tree over its leaves';
COMMENT ON COLUMN feedback.seal.after_batch IS 'It takes the batches of ratings above this one: where the seal before ended';
COMMENT ON COLUMN feedback.seal.through_batch IS 'The last batch of ratings that it takes';
COMMENT ON COLUMN feedback.seal.previous_hash IS 'Hash of the seal before; empty for the first';
COMMENT ON COLUMN feedback.seal.seal_hash IS 'Hash of the header, which names the seal before: what is published';

CREATE TABLE feedback.seal_check (
  city_code text NOT NULL,
  check_id uuid NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  asked_by text NOT NULL,
  finished_at timestamp with time zone,
  sound boolean,
  seals integer,
  ratings bigint,
  difference_count bigint,
  differences jsonb,
  CONSTRAINT seal_check_pkey PRIMARY KEY (city_code, check_id)
);

CREATE INDEX seal_check_asked ON feedback.seal_check USING btree (city_code, asked_at);

GRANT INSERT ON feedback.seal_check TO yiping_app;
GRANT SELECT ON feedback.seal_check TO yiping_app;
GRANT UPDATE ON feedback.seal_check TO yiping_app;

COMMENT ON TABLE feedback.seal_check IS 'Verifications of all ratings against their seals, asked for or weekly, with what came of them';
COMMENT ON COLUMN feedback.seal_check.finished_at IS 'Empty while it waits or runs';
COMMENT ON COLUMN feedback.seal_check.sound IS 'Nothing was found otherwise than sealed';
COMMENT ON COLUMN feedback.seal_check.seals IS 'Seals verified';
COMMENT ON COLUMN feedback.seal_check.ratings IS 'Sealed ratings verified';
COMMENT ON COLUMN feedback.seal_check.difference_count IS 'How many differences there are';
COMMENT ON COLUMN feedback.seal_check.differences IS 'The first of them, each naming seal and rating';

CREATE TABLE feedback.seal_page (
  city_code text NOT NULL,
  seal_number integer NOT NULL,
  page integer NOT NULL,
  first_batch bigint NOT NULL,
  last_batch bigint NOT NULL,
  batches bigint[] NOT NULL,
  positions integer[] NOT NULL,
  steps bigint[] NOT NULL,
  assess_numbers smallint[] NOT NULL,
  leaf_hashes bytea NOT NULL,
  root bytea NOT NULL,
  CONSTRAINT seal_page_pkey PRIMARY KEY (city_code, seal_number, page),
  CONSTRAINT seal_page_city_code_seal_number_fkey FOREIGN KEY (city_code, seal_number) REFERENCES feedback.seal(city_code, seal_number) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT seal_page_root_check CHECK ((length(root) = 32))
);

GRANT INSERT ON feedback.seal_page TO yiping_app;
GRANT SELECT ON feedback.seal_page TO yiping_app;

COMMENT ON TABLE feedback.seal_page IS 'Leaves of the seals, 1024 to a page (a subtree of its own): which rating stands where, and its hash; apart from the ratings, so that a change there is seen here';
COMMENT ON COLUMN feedback.seal_page.seal_number IS 'As in feedback.seal';
COMMENT ON COLUMN feedback.seal_page.page IS 'From 0; its first leaf has the index 1024 × page';
COMMENT ON COLUMN feedback.seal_page.first_batch IS 'Batch of its first leaf';
COMMENT ON COLUMN feedback.seal_page.last_batch IS 'Batch of its last leaf';
COMMENT ON COLUMN feedback.seal_page.batches IS 'batch_id of each rating';
COMMENT ON COLUMN feedback.seal_page.positions IS 'batch_position of each rating';
COMMENT ON COLUMN feedback.seal_page.steps IS 'step_id of each rating';
COMMENT ON COLUMN feedback.seal_page.assess_numbers IS 'assess_number of each rating';
COMMENT ON COLUMN feedback.seal_page.leaf_hashes IS 'Leaf hashes, 32 bytes each, in the same order';
COMMENT ON COLUMN feedback.seal_page.root IS 'Root of the subtree over its leaves';

CREATE VIEW feedback.second_answer AS
 SELECT o.city_code, o.step_id, o.service_month, r.satisfaction, r.recorded_at
   FROM feedback.second_rating o
     JOIN feedback.rating r ON r.city_code = o.city_code AND r.service_month = o.service_month AND r.step_id = o.step_id AND r.assess_number = 2;

GRANT SELECT ON feedback.second_answer TO yiping_app;

COMMENT ON VIEW feedback.second_answer IS 'Published: second ratings, which tell whether a rectification satisfied';

CREATE TABLE feedback.second_rating (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  service_month date NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  open_until timestamp with time zone NOT NULL,
  CONSTRAINT second_rating_pkey PRIMARY KEY (city_code, step_id)
);

GRANT INSERT ON feedback.second_rating TO yiping_app;
GRANT SELECT ON feedback.second_rating TO yiping_app;

COMMENT ON TABLE feedback.second_rating IS 'Services that may be rated a second time (二次评价), since the first, bad rating was answered';
COMMENT ON COLUMN feedback.second_rating.step_id IS 'Record number of the rated step';
COMMENT ON COLUMN feedback.second_rating.service_month IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.second_rating.open_until IS 'First instant at which it is too late';

CREATE TABLE feedback.speaker (
  city_code text NOT NULL,
  voice_id uuid NOT NULL,
  name_enc bytea,
  phone_enc bytea,
  phone_hash bytea,
  CONSTRAINT speaker_pkey PRIMARY KEY (city_code, voice_id),
  CONSTRAINT speaker_city_code_voice_id_fkey FOREIGN KEY (city_code, voice_id) REFERENCES feedback.voice(city_code, voice_id)
);

GRANT DELETE ON feedback.speaker TO yiping_app;
GRANT INSERT ON feedback.speaker TO yiping_app;
GRANT SELECT ON feedback.speaker TO yiping_app;

COMMENT ON TABLE feedback.speaker IS 'Who spoke (来件人), sealed apart: never shown to whom it is about; deleted after retention';
COMMENT ON COLUMN feedback.speaker.voice_id IS 'As in feedback.voice';
COMMENT ON COLUMN feedback.speaker.name_enc IS 'Name, sealed';
COMMENT ON COLUMN feedback.speaker.phone_enc IS 'Phone, sealed';
COMMENT ON COLUMN feedback.speaker.phone_hash IS 'Keyed hash of the phone, for following by number and phone';

CREATE VIEW feedback.v_call_result AS
 SELECT city_code, closed_on, source, step_id, service_month, staff_no, window_code, satisfied
   FROM feedback.call_back
  WHERE outcome = 'reached'::text;

GRANT SELECT ON feedback.v_call_result TO yiping_app;

COMMENT ON VIEW feedback.v_call_result IS 'Published: call-backs that reached somebody, and whether they were content; they count on their day';

CREATE VIEW feedback.v_open_complaint AS
 SELECT city_code, complaint_id, received_at
   FROM feedback.complaint
  WHERE outcome = 'open'::text OR outcome = 'at_fault'::text AND confirmed_by IS NULL;

GRANT SELECT ON feedback.v_open_complaint TO yiping_app;

COMMENT ON VIEW feedback.v_open_complaint IS 'Published: complaints that are not answered, or whose fault nobody else has confirmed';

CREATE VIEW feedback.v_stuck_matter AS
 SELECT city_code, voice_id, number, category, exclusion, project_no, region_code, department_code,
    received_at
   FROM feedback.voice
  WHERE kind = 'stuck_matter'::text AND discipline_at IS NULL;

GRANT SELECT ON feedback.v_stuck_matter TO yiping_app;

COMMENT ON VIEW feedback.v_stuck_matter IS 'Published: stuck matters without what was said and who spoke, for the monthly summary';

CREATE VIEW feedback.v_text_mark AS
 SELECT city_code, service_month, step_id, assess_number, length(plain) AS letters,
    sha256(convert_to(plain, 'UTF8'::name)) AS text_mark
   FROM ( SELECT rating_text.city_code, rating_text.service_month, rating_text.step_id,
            rating_text.assess_number,
            lower(regexp_replace(rating_text.body, '[\s[:punct:]，。！？、；：“”‘’（）《》…—～·]+'::text, ''::text, 'g'::text)) AS plain
           FROM feedback.rating_text) t;

GRANT SELECT ON feedback.v_text_mark TO yiping_app;

COMMENT ON VIEW feedback.v_text_mark IS 'Published for detectors: a mark of each text without blanks and punctuation; equal texts have equal marks';

CREATE VIEW feedback.v_traced_rating AS
 SELECT r.city_code, r.service_month, r.step_id, r.assess_number, r.recorded_at, r.assessed_at,
    r.device_at, r.satisfaction, r.tags, r.channel, r.source, t.device_mark, t.address_hash,
    COALESCE(v.verdict = ANY (ARRAY['mistaken'::text, 'malicious'::text]), false) AS excluded
   FROM feedback.rating r
     LEFT JOIN feedback.rater t ON t.city_code = r.city_code AND t.service_month = r.service_month AND t.step_id = r.step_id AND t.assess_number = r.assess_number
     LEFT JOIN feedback.rating_verdict v ON v.city_code = r.city_code AND v.step_id = r.step_id AND v.assess_number = r.assess_number;

GRANT SELECT ON feedback.v_traced_rating TO yiping_app;

COMMENT ON VIEW feedback.v_traced_rating IS 'Published for detectors only: ratings with the marks of their devices, which no screen ever shows';

CREATE TABLE feedback.voice (
  city_code text NOT NULL,
  voice_id uuid NOT NULL,
  number text NOT NULL,
  sender text NOT NULL,
  client_id text NOT NULL,
  kind text NOT NULL,
  channel text NOT NULL,
  subject_kind text,
  subject_code text,
  project_no text,
  region_code text NOT NULL,
  department_code text,
  body text NOT NULL,
  named boolean NOT NULL,
  received_at timestamp with time zone NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  category text,
  exclusion text,
  discipline_at timestamp with time zone,
  CONSTRAINT voice_city_code_number_key UNIQUE (city_code, number),
  CONSTRAINT voice_city_code_sender_client_id_key UNIQUE (city_code, sender, client_id),
  CONSTRAINT voice_pkey PRIMARY KEY (city_code, voice_id),
  CONSTRAINT voice_channel_check CHECK ((channel = ANY (ARRAY['desk'::text, 'phone'::text, 'letter'::text, 'box'::text, 'web'::text, '12345'::text]))),
  CONSTRAINT voice_check CHECK (((subject_kind IS NULL) = (subject_code IS NULL))),
  CONSTRAINT voice_kind_check CHECK ((kind = ANY (ARRAY['stuck_matter'::text, 'complaint'::text, 'suggestion'::text, 'praise'::text, 'contact_request'::text]))),
  CONSTRAINT voice_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['staff'::text, 'window'::text, 'department'::text])))
);

CREATE INDEX voice_received ON feedback.voice USING btree (city_code, received_at, voice_id);

GRANT INSERT ON feedback.voice TO yiping_app;
GRANT SELECT ON feedback.voice TO yiping_app;
GRANT UPDATE ON feedback.voice TO yiping_app;

COMMENT ON TABLE feedback.voice IS 'What people have to say besides ratings (群众来件): stuck matters, complaints, suggestions, praise';
COMMENT ON COLUMN feedback.voice.number IS 'Number by which people follow it, such as TS2026-000123';
COMMENT ON COLUMN feedback.voice.sender IS 'Account or key that handed it in, or web';
COMMENT ON COLUMN feedback.voice.client_id IS 'The sender''s own id: the same again is the same voice';
COMMENT ON COLUMN feedback.voice.channel IS 'How it came in';
COMMENT ON COLUMN feedback.voice.subject_kind IS 'Whom it is about, where it says so';
COMMENT ON COLUMN feedback.voice.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN feedback.voice.region_code IS 'Where its subject or case stands';
COMMENT ON COLUMN feedback.voice.department_code IS 'Whose its subject or case is';
COMMENT ON COLUMN feedback.voice.body IS 'What was said; emptied after retention';
COMMENT ON COLUMN feedback.voice.named IS 'A name or phone was left, in feedback.speaker';
COMMENT ON COLUMN feedback.voice.received_at IS 'When it came in: its day is day 0 of every limit';
COMMENT ON COLUMN feedback.voice.category IS 'Which case of a stuck matter, by rules/example-city/stuck-matter.yaml; empty while nobody has said';
COMMENT ON COLUMN feedback.voice.exclusion IS 'Why the desk can''t take it up: the person was told the remedy at once, and no order opens';
COMMENT ON COLUMN feedback.voice.discipline_at IS 'When it was handed to the discipline inspection (举报移交): only its officer reads it from then on';

CREATE TABLE feedback.voice_counter (
  city_code text NOT NULL,
  year integer NOT NULL,
  next integer NOT NULL,
  CONSTRAINT voice_counter_pkey PRIMARY KEY (city_code, year)
);

GRANT INSERT ON feedback.voice_counter TO yiping_app;
GRANT SELECT ON feedback.voice_counter TO yiping_app;
GRANT UPDATE ON feedback.voice_counter TO yiping_app;

COMMENT ON TABLE feedback.voice_counter IS 'Numbers of voices by year';
COMMENT ON COLUMN feedback.voice_counter.year IS 'Year of registration';
COMMENT ON COLUMN feedback.voice_counter.next IS 'The number that the last voice has';

CREATE TABLE handling.call_answer (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  called_at timestamp with time zone NOT NULL,
  service_month date NOT NULL,
  outcome text NOT NULL,
  rated boolean,
  caller text NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT call_answer_pkey PRIMARY KEY (city_code, step_id, called_at),
  CONSTRAINT call_answer_outcome_check CHECK ((outcome = ANY (ARRAY['reached'::text, 'no_answer'::text, 'refused'::text, 'wrong_number'::text])))
);

CREATE INDEX call_answer_denied ON handling.call_answer USING btree (city_code, service_month) WHERE (rated = false);

GRANT INSERT ON handling.call_answer TO yiping_app;
GRANT SELECT ON handling.call_answer TO yiping_app;

COMMENT ON TABLE handling.call_answer IS 'What people said when the office called them back (回访结果), by file';
COMMENT ON COLUMN handling.call_answer.outcome IS 'How the call went';
COMMENT ON COLUMN handling.call_answer.rated IS 'Whether the person says that they rated; empty when not asked';
COMMENT ON COLUMN handling.call_answer.caller IS 'Who called; never the clerk of the service';

CREATE TABLE handling.citizen_notice (
  city_code text NOT NULL,
  notice_id uuid NOT NULL,
  key text NOT NULL,
  kind text NOT NULL,
  number text NOT NULL,
  voice_id uuid,
  step_id bigint,
  order_id uuid,
  until timestamp with time zone,
  state text NOT NULL,
  due_at timestamp with time zone NOT NULL,
  attempts smallint DEFAULT 0 NOT NULL,
  planned_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  provider_id text,
  reason text,
  CONSTRAINT citizen_notice_city_code_key_key UNIQUE (city_code, key),
  CONSTRAINT citizen_notice_pkey PRIMARY KEY (city_code, notice_id),
  CONSTRAINT citizen_notice_kind_check CHECK ((kind = ANY (ARRAY['received'::text, 'answered'::text, 'extended'::text, 'reminder'::text, 'overdue'::text, 'second_rating'::text]))),
  CONSTRAINT citizen_notice_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'no_mobile'::text, 'opted_out'::text, 'expired'::text, 'refused'::text, 'unclear'::text])))
);

CREATE INDEX citizen_notice_due ON handling.citizen_notice USING btree (city_code, due_at) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));

GRANT INSERT ON handling.citizen_notice TO yiping_app;
GRANT SELECT ON handling.citizen_notice TO yiping_app;
GRANT UPDATE ON handling.citizen_notice TO yiping_app;

COMMENT ON TABLE handling.citizen_notice IS 'Short messages to whoever spoke (告知短信): what they tell of and what became of them; no phone, no text';
COMMENT ON COLUMN handling.citizen_notice.key IS 'What it tells of: the same again is the same notice';
COMMENT ON COLUMN handling.citizen_notice.kind IS 'What it tells';
COMMENT ON COLUMN handling.citizen_notice.number IS 'Number by which the person knows the matter';
COMMENT ON COLUMN handling.citizen_notice.voice_id IS 'Whose speaker is told';
COMMENT ON COLUMN handling.citizen_notice.step_id IS 'Or the service whose applicant is told';
COMMENT ON COLUMN handling.citizen_notice.order_id IS 'Order whose story says that it went out';
COMMENT ON COLUMN handling.citizen_notice.until IS 'Time that stands in the message';
COMMENT ON COLUMN handling.citizen_notice.state IS 'no_mobile: none was left; unclear: the line broke after it was handed over, so it is never sent again';
COMMENT ON COLUMN handling.citizen_notice.due_at IS 'Not before; outside the quiet hours';
COMMENT ON COLUMN handling.citizen_notice.attempts IS 'How often it was handed to the provider';
COMMENT ON COLUMN handling.citizen_notice.planned_at IS 'When what it tells of happened';
COMMENT ON COLUMN handling.citizen_notice.changed_at IS 'When its state changed last';
COMMENT ON COLUMN handling.citizen_notice.provider_id IS 'Number of the message at the provider';
COMMENT ON COLUMN handling.citizen_notice.reason IS 'Code of the provider''s last refusal';

CREATE TABLE handling.duty (
  city_code text NOT NULL,
  duty_id uuid NOT NULL,
  matter_kind text NOT NULL,
  matter_id text NOT NULL,
  matter_number text NOT NULL,
  step text NOT NULL,
  owner_kind text NOT NULL,
  owner_code text NOT NULL,
  days integer NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  yellow_from timestamp with time zone NOT NULL,
  red_from timestamp with time zone NOT NULL,
  reminded_at timestamp with time zone,
  overdue_at timestamp with time zone,
  done_at timestamp with time zone,
  done_by text,
  paused_at timestamp with time zone,
  CONSTRAINT duty_city_code_matter_kind_matter_id_step_key UNIQUE (city_code, matter_kind, matter_id, step),
  CONSTRAINT duty_pkey PRIMARY KEY (city_code, duty_id),
  CONSTRAINT duty_days_check CHECK ((days >= 0)),
  CONSTRAINT duty_owner_kind_check CHECK ((owner_kind = ANY (ARRAY['department'::text, 'office'::text, 'account'::text])))
);

CREATE INDEX duty_owner ON handling.duty USING btree (city_code, owner_kind, owner_code, due_at) WHERE (done_at IS NULL);
CREATE INDEX duty_turning_red ON handling.duty USING btree (city_code, red_from) WHERE ((done_at IS NULL) AND (paused_at IS NULL) AND (overdue_at IS NULL));
CREATE INDEX duty_turning_yellow ON handling.duty USING btree (city_code, yellow_from) WHERE ((done_at IS NULL) AND (paused_at IS NULL) AND (reminded_at IS NULL));

GRANT INSERT ON handling.duty TO yiping_app;
GRANT SELECT ON handling.duty TO yiping_app;
GRANT UPDATE ON handling.duty TO yiping_app;

COMMENT ON TABLE handling.duty IS 'Who owes which step of a matter until when (限时事项), in working days';
COMMENT ON COLUMN handling.duty.matter_kind IS 'What the matter is, such as appeal';
COMMENT ON COLUMN handling.duty.matter_number IS 'Number under which people know the matter';
COMMENT ON COLUMN handling.duty.step IS 'What is owed, such as opinion or review';
COMMENT ON COLUMN handling.duty.owner_kind IS 'A department, the assessment office of a city, or one account';
COMMENT ON COLUMN handling.duty.owner_code IS 'USCC, city code or account id';
COMMENT ON COLUMN handling.duty.days IS 'Working days of the limit, by the rule in force when it began';
COMMENT ON COLUMN handling.duty.opened_at IS 'Since when the limit runs; its day is day 0';
COMMENT ON COLUMN handling.duty.due_at IS 'End of office of the last day';
COMMENT ON COLUMN handling.duty.yellow_from IS 'First instant of the yellow card';
COMMENT ON COLUMN handling.duty.red_from IS 'First instant of the red card';
COMMENT ON COLUMN handling.duty.reminded_at IS 'When the owner was reminded';
COMMENT ON COLUMN handling.duty.overdue_at IS 'When it was noted as overdue';
COMMENT ON COLUMN handling.duty.done_at IS 'When the step was taken, or fell away';
COMMENT ON COLUMN handling.duty.done_by IS 'Who took it';
COMMENT ON COLUMN handling.duty.paused_at IS 'Since when its clock stands still; empty while it runs';

CREATE TABLE handling.exclusion (
  city_code text NOT NULL,
  exclusion_id uuid NOT NULL,
  step_id bigint NOT NULL,
  assess_number smallint NOT NULL,
  service_month date NOT NULL,
  verdict text NOT NULL,
  reason text NOT NULL,
  evidence text NOT NULL,
  finding_id uuid,
  state text NOT NULL,
  proposed_by text NOT NULL,
  proposed_name text NOT NULL,
  proposed_staff text,
  proposed_at timestamp with time zone NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  decision_note text,
  appealed_at timestamp with time zone,
  appeal_note text,
  first_decided_by text,
  first_decided_name text,
  first_decided_at timestamp with time zone,
  first_note text,
  CONSTRAINT exclusion_pkey PRIMARY KEY (city_code, exclusion_id),
  CONSTRAINT exclusion_check CHECK (((state = 'withdrawn'::text) OR (decided_by IS NULL) OR (decided_by <> proposed_by))),
  CONSTRAINT exclusion_check1 CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
  CONSTRAINT exclusion_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text]))),
  CONSTRAINT exclusion_verdict_check CHECK ((verdict = ANY (ARRAY['mistaken'::text, 'malicious'::text])))
);

CREATE INDEX exclusion_listed ON handling.exclusion USING btree (city_code, state, proposed_at, exclusion_id);
CREATE UNIQUE INDEX exclusion_open ON handling.exclusion USING btree (city_code, step_id, assess_number) WHERE (state = ANY (ARRAY['proposed'::text, 'approved'::text]));

GRANT INSERT ON handling.exclusion TO yiping_app;
GRANT SELECT ON handling.exclusion TO yiping_app;
GRANT UPDATE ON handling.exclusion TO yiping_app;

COMMENT ON TABLE handling.exclusion IS 'Proposals to take a rating out of the figures (误评、恶意评价的排除): one person proposes, another decides';
COMMENT ON COLUMN handling.exclusion.step_id IS 'Record number of the rated step';
COMMENT ON COLUMN handling.exclusion.assess_number IS 'Which of its ratings: 1, or 2 after rectification';
COMMENT ON COLUMN handling.exclusion.verdict IS 'mistaken 误评, malicious 恶意 (faked ratings too)';
COMMENT ON COLUMN handling.exclusion.evidence IS 'What shows it; files lie beside it in platform.file';
COMMENT ON COLUMN handling.exclusion.finding_id IS 'Finding of a detector whose review led here';
COMMENT ON COLUMN handling.exclusion.proposed_by IS 'Account that proposes it';
COMMENT ON COLUMN handling.exclusion.proposed_name IS 'Username at that time, as it stands in the verdict';
COMMENT ON COLUMN handling.exclusion.proposed_staff IS 'Staff number of the proposer: another account of theirs is no second person';
COMMENT ON COLUMN handling.exclusion.decided_by IS 'Account that decided or withdrew it';
COMMENT ON COLUMN handling.exclusion.decided_name IS 'Username at that time, as it stands in the verdict';
COMMENT ON COLUMN handling.exclusion.decision_note IS 'Why, in the words of whoever decided';
COMMENT ON COLUMN handling.exclusion.appealed_at IS 'When its proposer appealed against the rejection (复核), once at most; it waits for its decision again';
COMMENT ON COLUMN handling.exclusion.appeal_note IS 'Why the proposer appealed';
COMMENT ON COLUMN handling.exclusion.first_decided_by IS 'Account that rejected it first; another decides';
COMMENT ON COLUMN handling.exclusion.first_decided_name IS 'Who rejected it first';
COMMENT ON COLUMN handling.exclusion.first_decided_at IS 'When it was rejected first';
COMMENT ON COLUMN handling.exclusion.first_note IS 'Why it was rejected first';

CREATE TABLE handling.integrity_evidence (
  city_code text NOT NULL,
  finding_id uuid NOT NULL,
  step_id bigint NOT NULL,
  assess_number smallint NOT NULL,
  service_month date NOT NULL,
  CONSTRAINT integrity_evidence_pkey PRIMARY KEY (city_code, finding_id, step_id, assess_number),
  CONSTRAINT integrity_evidence_city_code_finding_id_fkey FOREIGN KEY (city_code, finding_id) REFERENCES handling.integrity_finding(city_code, finding_id)
);

GRANT INSERT ON handling.integrity_evidence TO yiping_app;
GRANT SELECT ON handling.integrity_evidence TO yiping_app;

COMMENT ON TABLE handling.integrity_evidence IS 'The ratings behind a finding, the first hundreds of many';
COMMENT ON COLUMN handling.integrity_evidence.assess_number IS 'Which rating of the step';

CREATE TABLE handling.integrity_finding (
  city_code text NOT NULL,
  finding_id uuid NOT NULL,
  detector text NOT NULL,
  subject_kind text NOT NULL,
  subject_code text NOT NULL,
  period text NOT NULL,
  region_code text NOT NULL,
  dept_code text,
  from_at timestamp with time zone NOT NULL,
  to_at timestamp with time zone NOT NULL,
  numbers jsonb NOT NULL,
  rule jsonb NOT NULL,
  ratings integer NOT NULL,
  state text NOT NULL,
  found_at timestamp with time zone NOT NULL,
  CONSTRAINT integrity_finding_city_code_detector_subject_kind_subject_c_key UNIQUE (city_code, detector, subject_kind, subject_code, period),
  CONSTRAINT integrity_finding_pkey PRIMARY KEY (city_code, finding_id),
  CONSTRAINT integrity_finding_detector_check CHECK ((detector = ANY (ARRAY['device_burst'::text, 'address_burst'::text, 'tablet_haste'::text, 'before_service'::text, 'outside_hours'::text, 'same_text'::text, 'one_phone'::text, 'uniform_clerk'::text, 'channel_gap'::text, 'denied_by_call'::text, 'month_end_jump'::text]))),
  CONSTRAINT integrity_finding_state_check CHECK ((state = ANY (ARRAY['open'::text, 'proposed'::text, 'no_fault'::text, 'induced'::text, 'faked'::text]))),
  CONSTRAINT integrity_finding_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['device'::text, 'address'::text, 'text'::text, 'phone'::text, 'staff'::text, 'window'::text, 'rating'::text])))
);

CREATE INDEX integrity_finding_listed ON handling.integrity_finding USING btree (city_code, from_at, finding_id);

GRANT INSERT ON handling.integrity_finding TO yiping_app;
GRANT SELECT ON handling.integrity_finding TO yiping_app;
GRANT UPDATE ON handling.integrity_finding TO yiping_app;

COMMENT ON TABLE handling.integrity_finding IS 'What a detector found suspicious in ratings (诚信线索); changes no score and deletes nothing';
COMMENT ON COLUMN handling.integrity_finding.detector IS 'Which detector';
COMMENT ON COLUMN handling.integrity_finding.subject_kind IS 'What the ratings have in common';
COMMENT ON COLUMN handling.integrity_finding.subject_code IS 'Staff number, window code, rating, or a name made up for a device, address, phone or text';
COMMENT ON COLUMN handling.integrity_finding.period IS 'Day or month looked at, or the rating: found once';
COMMENT ON COLUMN handling.integrity_finding.from_at IS 'Earliest of its ratings';
COMMENT ON COLUMN handling.integrity_finding.to_at IS 'Latest of its ratings';
COMMENT ON COLUMN handling.integrity_finding.numbers IS 'Figures of the explanation';
COMMENT ON COLUMN handling.integrity_finding.rule IS 'Limits applied, their date and clause';
COMMENT ON COLUMN handling.integrity_finding.ratings IS 'How many ratings it is about';

CREATE TABLE handling.integrity_review (
  city_code text NOT NULL,
  review_id uuid NOT NULL,
  finding_id uuid NOT NULL,
  verdict text NOT NULL,
  reason text NOT NULL,
  excludes jsonb NOT NULL,
  state text NOT NULL,
  proposed_by text NOT NULL,
  proposed_name text NOT NULL,
  proposed_staff text,
  proposed_at timestamp with time zone NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  decision_note text,
  excluded integer,
  CONSTRAINT integrity_review_pkey PRIMARY KEY (city_code, review_id),
  CONSTRAINT integrity_review_city_code_finding_id_fkey FOREIGN KEY (city_code, finding_id) REFERENCES handling.integrity_finding(city_code, finding_id),
  CONSTRAINT integrity_review_check CHECK (((state = 'withdrawn'::text) OR (decided_by IS NULL) OR (decided_by <> proposed_by))),
  CONSTRAINT integrity_review_check1 CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
  CONSTRAINT integrity_review_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text]))),
  CONSTRAINT integrity_review_verdict_check CHECK ((verdict = ANY (ARRAY['no_fault'::text, 'induced'::text, 'faked'::text])))
);

CREATE UNIQUE INDEX integrity_review_open ON handling.integrity_review USING btree (city_code, finding_id) WHERE (state = ANY (ARRAY['proposed'::text, 'approved'::text]));

GRANT INSERT ON handling.integrity_review TO yiping_app;
GRANT SELECT ON handling.integrity_review TO yiping_app;
GRANT UPDATE ON handling.integrity_review TO yiping_app;

COMMENT ON TABLE handling.integrity_review IS 'What two people make of a finding (审查结论): one proposes a verdict, another decides';
COMMENT ON COLUMN handling.integrity_review.verdict IS 'no_fault 无问题, induced 诱导, faked 虚假';
COMMENT ON COLUMN handling.integrity_review.excludes IS 'Ratings to be taken out with it, as step/number';
COMMENT ON COLUMN handling.integrity_review.proposed_by IS 'Account that proposes it';
COMMENT ON COLUMN handling.integrity_review.proposed_name IS 'Username at that time';
COMMENT ON COLUMN handling.integrity_review.proposed_staff IS 'Staff number of the proposer';
COMMENT ON COLUMN handling.integrity_review.decided_by IS 'Account that decided or withdrew it';
COMMENT ON COLUMN handling.integrity_review.decided_name IS 'Username at that time';
COMMENT ON COLUMN handling.integrity_review.decision_note IS 'Why, in the words of whoever decided';
COMMENT ON COLUMN handling.integrity_review.excluded IS 'How many ratings it has taken out';

CREATE TABLE handling.joint_meeting (
  city_code text NOT NULL,
  order_id uuid NOT NULL,
  meeting_no integer NOT NULL,
  held_on date NOT NULL,
  departments text[] NOT NULL,
  outcome text NOT NULL,
  minutes_file uuid NOT NULL,
  recorded_by text NOT NULL,
  recorded_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT joint_meeting_pkey PRIMARY KEY (city_code, order_id, meeting_no),
  CONSTRAINT joint_meeting_city_code_order_id_fkey FOREIGN KEY (city_code, order_id) REFERENCES handling.work_order(city_code, order_id),
  CONSTRAINT joint_meeting_meeting_no_check CHECK ((meeting_no >= 1))
);

GRANT INSERT ON handling.joint_meeting TO yiping_app;
GRANT SELECT ON handling.joint_meeting TO yiping_app;

COMMENT ON TABLE handling.joint_meeting IS 'Joint meetings (会商): departments meet about an order';
COMMENT ON COLUMN handling.joint_meeting.meeting_no IS 'Counts within the order';
COMMENT ON COLUMN handling.joint_meeting.held_on IS 'Day on which they met';
COMMENT ON COLUMN handling.joint_meeting.departments IS 'Departments that met, besides the one that answers';
COMMENT ON COLUMN handling.joint_meeting.outcome IS 'What they agreed on';
COMMENT ON COLUMN handling.joint_meeting.minutes_file IS 'The minutes (会议纪要), one of the order''s files';

CREATE VIEW handling.open_duty AS
 SELECT city_code, matter_kind, matter_id, step, due_at, yellow_from, red_from
   FROM handling.duty
  WHERE done_at IS NULL;

GRANT SELECT ON handling.open_duty TO yiping_app;

COMMENT ON VIEW handling.open_duty IS 'Published: what is owed and not done';

CREATE TABLE handling.order_charge (
  city_code text NOT NULL,
  order_id uuid NOT NULL,
  rule text NOT NULL,
  charge_id text NOT NULL,
  project_no text,
  subject_kind text,
  subject_code text,
  occurred_on date NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  waived text,
  CONSTRAINT order_charge_city_code_charge_id_key UNIQUE (city_code, charge_id),
  CONSTRAINT order_charge_pkey PRIMARY KEY (city_code, order_id, rule),
  CONSTRAINT order_charge_city_code_order_id_fkey FOREIGN KEY (city_code, order_id) REFERENCES handling.work_order(city_code, order_id),
  CONSTRAINT order_charge_check CHECK (((subject_kind IS NULL) = (subject_code IS NULL))),
  CONSTRAINT order_charge_check1 CHECK (((waived IS NOT NULL) OR (subject_kind IS NOT NULL))),
  CONSTRAINT order_charge_rule_check CHECK ((rule = ANY (ARRAY['rating.not_rectified'::text, 'rating.follow_up_dissatisfied'::text, 'complaint.hotline_overdue'::text]))),
  CONSTRAINT order_charge_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['window'::text, 'department'::text]))),
  CONSTRAINT order_charge_waived_check CHECK ((waived = ANY (ARRAY['excluded'::text, 'unassigned'::text])))
);

CREATE INDEX order_charge_day ON handling.order_charge USING btree (city_code, occurred_on);

GRANT INSERT ON handling.order_charge TO yiping_app;
GRANT SELECT ON handling.order_charge TO yiping_app;
GRANT UPDATE ON handling.order_charge TO yiping_app;

COMMENT ON TABLE handling.order_charge IS 'What an order charges (整改扣分): answered late, or badly at call-back; each once an order';
COMMENT ON COLUMN handling.order_charge.rule IS 'Rule of the assessment scheme';
COMMENT ON COLUMN handling.order_charge.charge_id IS 'The fact''s name in the score book: the order''s number and what it is';
COMMENT ON COLUMN handling.order_charge.subject_kind IS 'Window of the department that answers, else the department; never a clerk';
COMMENT ON COLUMN handling.order_charge.subject_code IS 'Window code or the department''s USCC';
COMMENT ON COLUMN handling.order_charge.occurred_on IS 'First overdue day, or day of the call-back';
COMMENT ON COLUMN handling.order_charge.recorded_at IS 'Since when it stands';
COMMENT ON COLUMN handling.order_charge.waived IS 'Why it charges nobody: the rating was excluded, or no department had the order';

CREATE TABLE handling.order_counter (
  city_code text NOT NULL,
  year integer NOT NULL,
  next integer NOT NULL,
  CONSTRAINT order_counter_pkey PRIMARY KEY (city_code, year)
);

GRANT INSERT ON handling.order_counter TO yiping_app;
GRANT SELECT ON handling.order_counter TO yiping_app;
GRANT UPDATE ON handling.order_counter TO yiping_app;

COMMENT ON TABLE handling.order_counter IS 'Numbers of orders that answer no voice, by year';
COMMENT ON COLUMN handling.order_counter.year IS 'Year of opening';
COMMENT ON COLUMN handling.order_counter.next IS 'The number that the last order has';

CREATE TABLE handling.order_part (
  city_code text NOT NULL,
  order_id uuid NOT NULL,
  part_no integer NOT NULL,
  department_code text NOT NULL,
  asked text NOT NULL,
  state text NOT NULL,
  asked_by text NOT NULL,
  asked_name text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  ended_by text,
  ended_name text,
  ended_at timestamp with time zone,
  words text,
  CONSTRAINT order_part_pkey PRIMARY KEY (city_code, order_id, part_no),
  CONSTRAINT order_part_city_code_order_id_fkey FOREIGN KEY (city_code, order_id) REFERENCES handling.work_order(city_code, order_id),
  CONSTRAINT order_part_check CHECK (((state = 'asked'::text) = (ended_at IS NULL))),
  CONSTRAINT order_part_part_no_check CHECK ((part_no >= 1)),
  CONSTRAINT order_part_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'answered'::text, 'returned'::text, 'waived'::text])))
);

CREATE INDEX order_part_department ON handling.order_part USING btree (city_code, department_code, order_id);
CREATE UNIQUE INDEX order_part_open ON handling.order_part USING btree (city_code, order_id, department_code) WHERE (state = 'asked'::text);

GRANT INSERT ON handling.order_part TO yiping_app;
GRANT SELECT ON handling.order_part TO yiping_app;
GRANT UPDATE ON handling.order_part TO yiping_app;

COMMENT ON TABLE handling.order_part IS 'Co-handling (协办): what the department that answers an order asks of another one; its limit is a duty';
COMMENT ON COLUMN handling.order_part.part_no IS 'Counts within the order; the duty is named after it';
COMMENT ON COLUMN handling.order_part.department_code IS 'Department that is asked';
COMMENT ON COLUMN handling.order_part.asked IS 'What it is asked for';
COMMENT ON COLUMN handling.order_part.state IS 'asked 协办中, answered 已答复, returned 退回（不属本部门）, waived 免予协办';
COMMENT ON COLUMN handling.order_part.asked_by IS 'Account of the lead department';
COMMENT ON COLUMN handling.order_part.ended_by IS 'Account that answered, returned or waived it';
COMMENT ON COLUMN handling.order_part.words IS 'The part answer, or why it was returned or waived';

CREATE VIEW handling.v_open_order AS
 SELECT city_code, kind, region_code, owner_department, state, yellow_from, red_from, supervised
   FROM handling.work_order
  WHERE state <> ALL (ARRAY['closed'::text, 'withdrawn'::text]);

GRANT SELECT ON handling.v_open_order TO yiping_app;

COMMENT ON VIEW handling.v_open_order IS 'Published: open orders with their cards, to be counted; nothing of their matter';

CREATE VIEW handling.v_order_charge AS
 SELECT city_code, charge_id, rule, project_no, subject_kind, subject_code, occurred_on, recorded_at
   FROM handling.order_charge
  WHERE waived IS NULL;

GRANT SELECT ON handling.v_order_charge TO yiping_app;

COMMENT ON VIEW handling.v_order_charge IS 'Published: what orders charge, for the score book';

CREATE VIEW handling.v_waiting_decision AS
 SELECT x.city_code, 'exclusion'::text AS kind, s.region_code, s.dept_code AS department_code
   FROM handling.exclusion x
     JOIN intake.ratable_step s ON s.city_code = x.city_code AND s.service_month = x.service_month AND s.step_id = x.step_id
  WHERE x.state = 'proposed'::text
UNION ALL
 SELECT r.city_code, 'review'::text AS kind, f.region_code, f.dept_code AS department_code
   FROM handling.integrity_review r
     JOIN handling.integrity_finding f ON f.city_code = r.city_code AND f.finding_id = r.finding_id
  WHERE r.state = 'proposed'::text
UNION ALL
 SELECT work_order.city_code, 'order'::text AS kind, work_order.region_code,
    work_order.owner_department AS department_code
   FROM handling.work_order
  WHERE work_order.state = 'approval'::text;

GRANT SELECT ON handling.v_waiting_decision TO yiping_app;

COMMENT ON VIEW handling.v_waiting_decision IS 'Published: what waits for a second person: exclusions, reviews of findings, answers to be approved';

CREATE TABLE handling.voice_decision (
  city_code text NOT NULL,
  decision_id uuid NOT NULL,
  voice_id uuid NOT NULL,
  outcome text NOT NULL,
  subject_kind text NOT NULL,
  subject_code text NOT NULL,
  reason text NOT NULL,
  state text NOT NULL,
  proposed_by text NOT NULL,
  proposed_name text NOT NULL,
  proposed_staff text,
  proposed_at timestamp with time zone NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  decision_note text,
  charged_with text,
  CONSTRAINT voice_decision_pkey PRIMARY KEY (city_code, decision_id),
  CONSTRAINT voice_decision_city_code_voice_id_fkey FOREIGN KEY (city_code, voice_id) REFERENCES feedback.voice(city_code, voice_id),
  CONSTRAINT voice_decision_check CHECK ((decided_by <> proposed_by)),
  CONSTRAINT voice_decision_check1 CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
  CONSTRAINT voice_decision_outcome_check CHECK ((outcome = ANY (ARRAY['at_fault'::text, 'not_at_fault'::text]))),
  CONSTRAINT voice_decision_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text]))),
  CONSTRAINT voice_decision_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['staff'::text, 'window'::text, 'department'::text])))
);

CREATE UNIQUE INDEX voice_decision_open ON handling.voice_decision USING btree (city_code, voice_id) WHERE (state = ANY (ARRAY['proposed'::text, 'approved'::text]));

GRANT INSERT ON handling.voice_decision TO yiping_app;
GRANT SELECT ON handling.voice_decision TO yiping_app;
GRANT UPDATE ON handling.voice_decision TO yiping_app;

COMMENT ON TABLE handling.voice_decision IS 'Whether a complaint or a stuck matter is at fault (投诉认定): one person proposes, another decides';
COMMENT ON COLUMN handling.voice_decision.outcome IS 'at_fault 有责, not_at_fault 无责';
COMMENT ON COLUMN handling.voice_decision.subject_kind IS 'Whom it concerns, as found';
COMMENT ON COLUMN handling.voice_decision.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN handling.voice_decision.proposed_by IS 'Account that proposes it';
COMMENT ON COLUMN handling.voice_decision.proposed_staff IS 'Staff number of the proposer: another account of theirs is no second person';
COMMENT ON COLUMN handling.voice_decision.decided_by IS 'Account that decided it';
COMMENT ON COLUMN handling.voice_decision.decision_note IS 'Why, in the words of whoever decided';
COMMENT ON COLUMN handling.voice_decision.charged_with IS 'At fault and not charged, since this has charged the same event already: a rating or another voice';

CREATE TABLE handling.work_order (
  city_code text NOT NULL,
  order_id uuid NOT NULL,
  number text NOT NULL,
  kind text NOT NULL,
  source_id text NOT NULL,
  step_id bigint,
  voice_id uuid,
  project_no text,
  service_number integer,
  concerned_staff text,
  window_code text,
  region_code text NOT NULL,
  owner_department text,
  state text NOT NULL,
  complexity text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  sign_due_at timestamp with time zone NOT NULL,
  contact_due_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  next_due_at timestamp with time zone NOT NULL,
  yellow_from timestamp with time zone,
  red_from timestamp with time zone,
  signed_at timestamp with time zone,
  contacted_at timestamp with time zone,
  answered_at timestamp with time zone,
  answered_by text,
  closed_at timestamp with time zone,
  reopened integer DEFAULT 0 NOT NULL,
  extended integer DEFAULT 0 NOT NULL,
  supervised boolean DEFAULT false NOT NULL,
  cause text,
  handler_id text,
  handler_name text,
  CONSTRAINT work_order_city_code_kind_source_id_key UNIQUE (city_code, kind, source_id),
  CONSTRAINT work_order_city_code_number_key UNIQUE (city_code, number),
  CONSTRAINT work_order_pkey PRIMARY KEY (city_code, order_id),
  CONSTRAINT work_order_city_code_voice_id_fkey FOREIGN KEY (city_code, voice_id) REFERENCES feedback.voice(city_code, voice_id),
  CONSTRAINT work_order_complexity_check CHECK ((complexity = ANY (ARRAY['simple'::text, 'complex'::text, 'joint'::text, 'longest'::text]))),
  CONSTRAINT work_order_extended_check CHECK (((extended >= 0) AND (extended <= 1))),
  CONSTRAINT work_order_kind_check CHECK ((kind = ANY (ARRAY['rectification'::text, 'stuck_matter'::text, 'complaint'::text, 'suggestion'::text, 'contact_request'::text]))),
  CONSTRAINT work_order_reopened_check CHECK (((reopened >= 0) AND (reopened <= 1))),
  CONSTRAINT work_order_state_check CHECK ((state = ANY (ARRAY['unassigned'::text, 'unsigned'::text, 'handling'::text, 'paused'::text, 'approval'::text, 'call_back'::text, 'closed'::text, 'withdrawn'::text])))
);

CREATE INDEX work_order_changed ON handling.work_order USING btree (city_code, changed_at);
CREATE INDEX work_order_due ON handling.work_order USING btree (city_code, next_due_at, order_id) WHERE (state <> ALL (ARRAY['closed'::text, 'withdrawn'::text]));
CREATE INDEX work_order_handler ON handling.work_order USING btree (city_code, handler_id, next_due_at, order_id) WHERE ((state <> ALL (ARRAY['closed'::text, 'withdrawn'::text])) AND (handler_id IS NOT NULL));
CREATE INDEX work_order_opened ON handling.work_order USING btree (city_code, opened_at, order_id);
CREATE INDEX work_order_owner ON handling.work_order USING btree (city_code, owner_department, next_due_at, order_id) WHERE (state <> ALL (ARRAY['closed'::text, 'withdrawn'::text]));
CREATE INDEX work_order_project ON handling.work_order USING btree (city_code, project_no);
CREATE INDEX work_order_state ON handling.work_order USING btree (city_code, state, opened_at, order_id);
CREATE INDEX work_order_step ON handling.work_order USING btree (city_code, step_id);

GRANT INSERT ON handling.work_order TO yiping_app;
GRANT SELECT ON handling.work_order TO yiping_app;
GRANT UPDATE ON handling.work_order TO yiping_app;

COMMENT ON TABLE handling.work_order IS 'Orders (工单): who answers which bad word until when, and how far it is';
COMMENT ON COLUMN handling.work_order.number IS 'Number under which people know it; a voice''s own where there is one';
COMMENT ON COLUMN handling.work_order.source_id IS 'What it answers: a voice, or a rating by record and count';
COMMENT ON COLUMN handling.work_order.step_id IS 'Service record of the bad rating';
COMMENT ON COLUMN handling.work_order.service_number IS 'Step of the case that was rated';
COMMENT ON COLUMN handling.work_order.concerned_staff IS 'Clerk concerned: may appeal, never handles';
COMMENT ON COLUMN handling.work_order.window_code IS 'Window concerned, where known';
COMMENT ON COLUMN handling.work_order.region_code IS 'Where it belongs, for data scopes';
COMMENT ON COLUMN handling.work_order.owner_department IS 'Department that answers; empty until it is known';
COMMENT ON COLUMN handling.work_order.complexity IS 'Which limit holds: simple, complex, joint, longest';
COMMENT ON COLUMN handling.work_order.opened_at IS 'Day 0 of its limits';
COMMENT ON COLUMN handling.work_order.sign_due_at IS 'Until when its owner signs for it';
COMMENT ON COLUMN handling.work_order.contact_due_at IS 'Until when the person is contacted';
COMMENT ON COLUMN handling.work_order.due_at IS 'Until when it is answered';
COMMENT ON COLUMN handling.work_order.next_due_at IS 'End of the most urgent limit that runs, else of the answer''s';
COMMENT ON COLUMN handling.work_order.yellow_from IS 'First instant at which any running limit is yellow';
COMMENT ON COLUMN handling.work_order.red_from IS 'First instant at which any running limit is red';
COMMENT ON COLUMN handling.work_order.answered_by IS 'Account that handed the answer in: another one approves';
COMMENT ON COLUMN handling.work_order.reopened IS 'How often it was reopened: once at most';
COMMENT ON COLUMN handling.work_order.extended IS 'How often its limit was extended: once at most';
COMMENT ON COLUMN handling.work_order.supervised IS 'Under supervision (督办)';
COMMENT ON COLUMN handling.work_order.cause IS 'Root cause of a stuck matter, by rules/example-city/stuck-matter.yaml; needed to answer one';
COMMENT ON COLUMN handling.work_order.handler_id IS 'Account of the person in the department who has it in hand; empty while nobody is named';
COMMENT ON COLUMN handling.work_order.handler_name IS 'Name of that person when they were named';

CREATE TABLE handling.work_order_event (
  city_code text NOT NULL,
  order_id uuid NOT NULL,
  event_no integer NOT NULL,
  what text NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamp with time zone NOT NULL,
  note text,
  detail jsonb,
  CONSTRAINT work_order_event_pkey PRIMARY KEY (city_code, order_id, event_no),
  CONSTRAINT work_order_event_city_code_order_id_fkey FOREIGN KEY (city_code, order_id) REFERENCES handling.work_order(city_code, order_id)
);

CREATE INDEX work_order_event_told ON handling.work_order_event USING btree (city_code, order_id, event_no) WHERE (what = ANY (ARRAY['answered'::text, 'called_back'::text, 'reopened'::text]));

GRANT INSERT ON handling.work_order_event TO yiping_app;
GRANT SELECT ON handling.work_order_event TO yiping_app;

COMMENT ON TABLE handling.work_order_event IS 'The story of an order, from the first word to the last; only added to';
COMMENT ON COLUMN handling.work_order_event.event_no IS 'Order, from 1';
COMMENT ON COLUMN handling.work_order_event.what IS 'What happened';
COMMENT ON COLUMN handling.work_order_event.by_id IS 'Account, key or part of the product';
COMMENT ON COLUMN handling.work_order_event.at IS 'When it happened';
COMMENT ON COLUMN handling.work_order_event.detail IS 'Codes, dates and numbers of the step';

CREATE TABLE intake.applicant (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  service_month date NOT NULL,
  user_page_type text,
  user_name_enc bytea,
  user_name_hash bytea,
  cert_key_enc bytea,
  cert_key_hash bytea,
  mobile_enc bytea,
  mobile_hash bytea,
  mobile_last4_hash bytea,
  agent_enc bytea,
  pseudonymised_at timestamp with time zone,
  CONSTRAINT applicant_pkey PRIMARY KEY (city_code, step_id),
  CONSTRAINT applicant_city_code_step_id_fkey FOREIGN KEY (city_code, step_id) REFERENCES intake.case_step(city_code, step_id)
);

CREATE INDEX applicant_due ON intake.applicant USING btree (city_code, service_month) WHERE (pseudonymised_at IS NULL);
CREATE INDEX applicant_mobile ON intake.applicant USING btree (city_code, mobile_hash) WHERE (mobile_hash IS NOT NULL);

GRANT INSERT ON intake.applicant TO yiping_app;
GRANT SELECT ON intake.applicant TO yiping_app;
GRANT UPDATE ON intake.applicant TO yiping_app;

COMMENT ON TABLE intake.applicant IS 'Personal fields of a step: AES-256-GCM beside keyed hashes; erased after retention';
COMMENT ON COLUMN intake.applicant.user_page_type IS 'Kind of certificate; 111 is the resident identity card';
COMMENT ON COLUMN intake.applicant.user_name_enc IS 'Name, sealed';
COMMENT ON COLUMN intake.applicant.user_name_hash IS 'Keyed hash of the name, for matching';
COMMENT ON COLUMN intake.applicant.cert_key_enc IS 'Certificate number, sealed';
COMMENT ON COLUMN intake.applicant.cert_key_hash IS 'Keyed hash of the certificate number, for matching';
COMMENT ON COLUMN intake.applicant.mobile_enc IS 'Mobile phone, sealed';
COMMENT ON COLUMN intake.applicant.mobile_hash IS 'Keyed hash of the phone, for matching';
COMMENT ON COLUMN intake.applicant.mobile_last4_hash IS 'Keyed hash of the last four digits, for finding a case at the window';
COMMENT ON COLUMN intake.applicant.agent_enc IS 'The agent''s fields (handleUser*), one sealed JSON';
COMMENT ON COLUMN intake.applicant.pseudonymised_at IS 'When the sealed fields and hashes were emptied for good';

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
  state text NOT NULL,
  promised_days integer NOT NULL,
  extended_days integer DEFAULT 0 NOT NULL,
  paused_days integer DEFAULT 0 NOT NULL,
  paused_at timestamp with time zone,
  lacking_until date,
  received_at timestamp with time zone NOT NULL,
  accepted_at timestamp with time zone,
  decided_at timestamp with time zone,
  handed_out_at timestamp with time zone,
  next_service integer NOT NULL,
  next_event integer NOT NULL,
  CONSTRAINT application_city_code_form_id_key UNIQUE (city_code, form_id),
  CONSTRAINT application_pkey PRIMARY KEY (city_code, project_no),
  CONSTRAINT application_check CHECK (((state = 'paused'::text) = (paused_at IS NOT NULL))),
  CONSTRAINT application_extended_days_check CHECK ((extended_days >= 0)),
  CONSTRAINT application_paused_days_check CHECK ((paused_days >= 0)),
  CONSTRAINT application_promised_days_check CHECK ((promised_days >= 0)),
  CONSTRAINT application_state_check CHECK ((state = ANY (ARRAY['consulted'::text, 'noticed'::text, 'accepted'::text, 'paused'::text, 'refused'::text, 'withdrawn'::text, 'approved'::text, 'rejected'::text, 'handed_out'::text])))
);

CREATE INDEX application_joint ON intake.application USING btree (city_code, joint_no) WHERE (joint_no IS NOT NULL);
CREATE INDEX application_open ON intake.application USING btree (city_code, region_code, state, received_at DESC);
CREATE INDEX application_staff ON intake.application USING btree (city_code, staff_no, state);

GRANT INSERT ON intake.application TO yiping_app;
GRANT SELECT ON intake.application TO yiping_app;
GRANT UPDATE ON intake.application TO yiping_app;

COMMENT ON TABLE intake.application IS 'A case 办件 that is worked in this hall: its fine state and its promise clock';
COMMENT ON COLUMN intake.application.form_id IS 'Id that the clerk''s form drew: the same again is the same case';
COMMENT ON COLUMN intake.application.joint_no IS 'Number of the first case of several handed in together 一件事';
COMMENT ON COLUMN intake.application.department_code IS 'Department that handles the item';
COMMENT ON COLUMN intake.application.region_code IS 'Region of the hall in which it was received';
COMMENT ON COLUMN intake.application.window_code IS 'Window that received it';
COMMENT ON COLUMN intake.application.staff_no IS 'Clerk who received it';
COMMENT ON COLUMN intake.application.user_prop IS 'userProp: 1 person, 2 company … 9 other';
COMMENT ON COLUMN intake.application.person_step IS 'Its first service record, beside which the person is sealed';
COMMENT ON COLUMN intake.application.state IS 'consulted 咨询, noticed 待补正 (national 1); accepted 已受理, paused 暂停 (2); refused 不予受理, withdrawn 撤回, approved 准予, rejected 不予, handed_out 已出件 (3)';
COMMENT ON COLUMN intake.application.promised_days IS 'Working days promised at acceptance; 0 for what is settled at once';
COMMENT ON COLUMN intake.application.extended_days IS 'Working days by which it was extended 延期';
COMMENT ON COLUMN intake.application.paused_days IS 'Working days that did not count 暂停 (hearing, inspection on site)';
COMMENT ON COLUMN intake.application.lacking_until IS 'Last day for papers that may follow 容缺; none where all are there';
COMMENT ON COLUMN intake.application.next_service IS 'serviceNumber of its next ratable moment';
COMMENT ON COLUMN intake.application.next_event IS 'Number of its next line in the course';

CREATE TABLE intake.application_event (
  city_code text NOT NULL,
  project_no text NOT NULL,
  event_no integer NOT NULL,
  verb text NOT NULL,
  staff_no text NOT NULL,
  staff_name text NOT NULL,
  happened_at timestamp with time zone NOT NULL,
  remark text,
  step_id bigint,
  CONSTRAINT application_event_pkey PRIMARY KEY (city_code, project_no, event_no),
  CONSTRAINT application_event_city_code_project_no_fkey FOREIGN KEY (city_code, project_no) REFERENCES intake.application(city_code, project_no)
);

GRANT INSERT ON intake.application_event TO yiping_app;
GRANT SELECT ON intake.application_event TO yiping_app;

COMMENT ON TABLE intake.application_event IS 'The course of a case: each thing done, in order; only added to';
COMMENT ON COLUMN intake.application_event.event_no IS 'Its place in the course';
COMMENT ON COLUMN intake.application_event.verb IS 'What was done';
COMMENT ON COLUMN intake.application_event.remark IS 'Reason, ground or opinion; nothing about a person';
COMMENT ON COLUMN intake.application_event.step_id IS 'The service record that it made, where it can be rated';

CREATE TABLE intake.application_material (
  city_code text NOT NULL,
  project_no text NOT NULL,
  material_no integer NOT NULL,
  name text NOT NULL,
  form text NOT NULL,
  copies integer NOT NULL,
  may_follow boolean NOT NULL,
  handed_at timestamp with time zone,
  CONSTRAINT application_material_pkey PRIMARY KEY (city_code, project_no, material_no),
  CONSTRAINT application_material_city_code_project_no_fkey FOREIGN KEY (city_code, project_no) REFERENCES intake.application(city_code, project_no)
);

GRANT INSERT ON intake.application_material TO yiping_app;
GRANT SELECT ON intake.application_material TO yiping_app;
GRANT UPDATE ON intake.application_material TO yiping_app;

COMMENT ON TABLE intake.application_material IS 'Papers of a case, as the list of its item stood when it came';
COMMENT ON COLUMN intake.application_material.material_no IS 'Its place in the list of the item';
COMMENT ON COLUMN intake.application_material.form IS 'original, copy or electronic';
COMMENT ON COLUMN intake.application_material.copies IS 'How many of it';
COMMENT ON COLUMN intake.application_material.may_follow IS 'May be handed in after acceptance 可容缺';

CREATE TABLE intake.application_notice (
  city_code text NOT NULL,
  notice_no text NOT NULL,
  project_no text NOT NULL,
  missing integer[] NOT NULL,
  remark text,
  given_by text NOT NULL,
  given_at timestamp with time zone NOT NULL,
  CONSTRAINT application_notice_pkey PRIMARY KEY (city_code, notice_no),
  CONSTRAINT application_notice_city_code_project_no_fkey FOREIGN KEY (city_code, project_no) REFERENCES intake.application(city_code, project_no)
);

CREATE INDEX application_notice_case ON intake.application_notice USING btree (city_code, project_no, given_at);

GRANT INSERT ON intake.application_notice TO yiping_app;
GRANT SELECT ON intake.application_notice TO yiping_app;

COMMENT ON TABLE intake.application_notice IS 'One-time notices 一次性告知书: all that is missing, told at once';
COMMENT ON COLUMN intake.application_notice.notice_no IS 'Year and number, such as 2026-00001';
COMMENT ON COLUMN intake.application_notice.missing IS 'Places in the list of the papers that are missing';
COMMENT ON COLUMN intake.application_notice.remark IS 'What else has to be put right';
COMMENT ON COLUMN intake.application_notice.given_by IS 'Staff number of the clerk';

CREATE TABLE intake.approval_step (
  city_code text NOT NULL,
  project_no text NOT NULL,
  step_no integer NOT NULL,
  name text NOT NULL,
  department_code text NOT NULL,
  two_person boolean NOT NULL,
  state text NOT NULL,
  assigned_to text,
  opened_at timestamp with time zone,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  opinion text,
  CONSTRAINT approval_step_pkey PRIMARY KEY (city_code, project_no, step_no),
  CONSTRAINT approval_step_city_code_project_no_fkey FOREIGN KEY (city_code, project_no) REFERENCES intake.application(city_code, project_no),
  CONSTRAINT approval_step_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'open'::text, 'passed'::text, 'rejected'::text])))
);

CREATE INDEX approval_step_load ON intake.approval_step USING btree (city_code, assigned_to) WHERE (state = 'open'::text);
CREATE INDEX approval_step_open ON intake.approval_step USING btree (city_code, department_code, opened_at) WHERE (state = 'open'::text);

GRANT INSERT ON intake.approval_step TO yiping_app;
GRANT SELECT ON intake.approval_step TO yiping_app;
GRANT UPDATE ON intake.approval_step TO yiping_app;

COMMENT ON TABLE intake.approval_step IS 'Steps of a case''s approval 审批环节, as the item had them when it was accepted';
COMMENT ON COLUMN intake.approval_step.step_no IS 'Their order';
COMMENT ON COLUMN intake.approval_step.department_code IS 'Whose back office decides it';
COMMENT ON COLUMN intake.approval_step.two_person IS 'Nobody decides it who has handled the case before';
COMMENT ON COLUMN intake.approval_step.state IS 'waiting 未到, open 办理中, passed 通过, rejected 不予';
COMMENT ON COLUMN intake.approval_step.assigned_to IS 'Staff number of whoever had the least open steps; any of the department may decide';
COMMENT ON COLUMN intake.approval_step.decided_by IS 'Staff number of whoever decided it';
COMMENT ON COLUMN intake.approval_step.opinion IS 'What was written with the decision';

CREATE TABLE intake.case_file (
  city_code text NOT NULL,
  project_no text NOT NULL,
  project_name text,
  first_seen_at timestamp with time zone NOT NULL,
  CONSTRAINT case_file_pkey PRIMARY KEY (city_code, project_no)
);

GRANT INSERT ON intake.case_file TO yiping_app;
GRANT SELECT ON intake.case_file TO yiping_app;
GRANT UPDATE ON intake.case_file TO yiping_app;

COMMENT ON TABLE intake.case_file IS 'A case (办件), known by its national case number';
COMMENT ON COLUMN intake.case_file.project_no IS 'projectNo 办件编号';

CREATE TABLE intake.case_series (
  city_code text NOT NULL,
  series text NOT NULL,
  next integer NOT NULL,
  CONSTRAINT case_series_pkey PRIMARY KEY (city_code, series)
);

GRANT INSERT ON intake.case_series TO yiping_app;
GRANT SELECT ON intake.case_series TO yiping_app;
GRANT UPDATE ON intake.case_series TO yiping_app;

COMMENT ON TABLE intake.case_series IS 'Numbers that the hall itself gives to cases and notices';
COMMENT ON COLUMN intake.case_series.series IS 'What is numbered: cases of a region and day, notices of a year';
COMMENT ON COLUMN intake.case_series.next IS 'The next free number, from 1';

CREATE TABLE intake.case_step (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  project_no text NOT NULL,
  service_number integer NOT NULL,
  service_month date NOT NULL,
  service_time timestamp with time zone NOT NULL,
  service_name text NOT NULL,
  area_code text NOT NULL,
  dept_code text NOT NULL,
  task_code text NOT NULL,
  task_name text NOT NULL,
  window_code text,
  staff_no text,
  pro_status smallint NOT NULL,
  pro_channel smallint NOT NULL,
  accept_date timestamp with time zone,
  result_date timestamp with time zone,
  promise_day integer,
  user_prop smallint,
  details jsonb,
  short_code text NOT NULL,
  ratable_until timestamp with time zone NOT NULL,
  has_mobile boolean NOT NULL,
  source text NOT NULL,
  content_hash bytea NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  corrected_at timestamp with time zone,
  CONSTRAINT case_step_city_code_project_no_service_number_key UNIQUE (city_code, project_no, service_number),
  CONSTRAINT case_step_city_code_short_code_key UNIQUE (city_code, short_code),
  CONSTRAINT case_step_pkey PRIMARY KEY (city_code, step_id),
  CONSTRAINT case_step_city_code_project_no_fkey FOREIGN KEY (city_code, project_no) REFERENCES intake.case_file(city_code, project_no),
  CONSTRAINT case_step_source_check CHECK ((source = ANY (ARRAY['api'::text, 'file'::text, 'demo'::text, 'hall'::text])))
);

CREATE INDEX case_step_late ON intake.case_step USING btree (city_code, service_month, step_id) WHERE ((result_date - accept_date) > ((promise_day)::double precision * '1 day'::interval));
CREATE INDEX case_step_month ON intake.case_step USING btree (city_code, service_month, staff_no);
CREATE INDEX case_step_time ON intake.case_step USING btree (city_code, service_time DESC, step_id DESC);
CREATE INDEX case_step_window ON intake.case_step USING btree (city_code, window_code, service_time DESC);

GRANT INSERT ON intake.case_step TO yiping_app;
GRANT SELECT ON intake.case_step TO yiping_app;
GRANT UPDATE ON intake.case_step TO yiping_app;

COMMENT ON TABLE intake.case_step IS 'A service record: one ratable step of a case (projectNo + serviceNumber)';
COMMENT ON COLUMN intake.case_step.step_id IS 'Record number: city 20 bits, months since 2020-01 10 bits, sequence 33 bits';
COMMENT ON COLUMN intake.case_step.service_number IS 'serviceNumber: the step within its case';
COMMENT ON COLUMN intake.case_step.service_month IS 'First day of the month of service_time in +08:00; never changes';
COMMENT ON COLUMN intake.case_step.service_time IS 'serviceTime: when the service took place, by the other system';
COMMENT ON COLUMN intake.case_step.dept_code IS 'Serving department; may differ from the owner inside task_code';
COMMENT ON COLUMN intake.case_step.window_code IS 'Window that served; an approved correction changes it';
COMMENT ON COLUMN intake.case_step.staff_no IS 'Clerk who served; an approved correction changes it';
COMMENT ON COLUMN intake.case_step.pro_status IS '1 to do, 2 accepted, 3 completed';
COMMENT ON COLUMN intake.case_step.pro_channel IS '1 online, 2 offline';
COMMENT ON COLUMN intake.case_step.accept_date IS 'acceptDate 受理时间';
COMMENT ON COLUMN intake.case_step.result_date IS 'resultDate 办结时间';
COMMENT ON COLUMN intake.case_step.promise_day IS 'Promised working days';
COMMENT ON COLUMN intake.case_step.user_prop IS '1 person, 2 company, 3 public institution, 4 social organisation, 5 unincorporated, 6 agency, 9 other';
COMMENT ON COLUMN intake.case_step.details IS 'Further national fields that nothing computes with';
COMMENT ON COLUMN intake.case_step.short_code IS 'Six characters of Crockford base32; opens the record only with the window''s code';
COMMENT ON COLUMN intake.case_step.ratable_until IS 'First instant at which the step is no longer ratable';
COMMENT ON COLUMN intake.case_step.has_mobile IS 'A phone is known, so that a rating can be real-name';
COMMENT ON COLUMN intake.case_step.source IS 'How the record came: API, file, the invented demo, or the hall''s own work';
COMMENT ON COLUMN intake.case_step.content_hash IS 'Keyed hash of the record as received: a differing repeat is refused';
COMMENT ON COLUMN intake.case_step.corrected_at IS 'When its clerk or window was last put right';

CREATE TABLE intake.correction (
  city_code text NOT NULL,
  correction_id uuid NOT NULL,
  step_id bigint NOT NULL,
  field text NOT NULL,
  before_value text,
  after_value text,
  mobile_enc bytea,
  reason text NOT NULL,
  state text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at timestamp with time zone NOT NULL,
  decided_by text,
  decided_at timestamp with time zone,
  decision_note text,
  CONSTRAINT correction_pkey PRIMARY KEY (city_code, correction_id),
  CONSTRAINT correction_city_code_step_id_fkey FOREIGN KEY (city_code, step_id) REFERENCES intake.case_step(city_code, step_id),
  CONSTRAINT correction_check CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by))),
  CONSTRAINT correction_field_check CHECK ((field = ANY (ARRAY['staff'::text, 'window'::text, 'mobile'::text]))),
  CONSTRAINT correction_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text])))
);

CREATE UNIQUE INDEX correction_open ON intake.correction USING btree (city_code, step_id, field) WHERE (state = 'proposed'::text);
CREATE INDEX correction_state ON intake.correction USING btree (city_code, state, proposed_at DESC);

GRANT INSERT ON intake.correction TO yiping_app;
GRANT SELECT ON intake.correction TO yiping_app;
GRANT UPDATE ON intake.correction TO yiping_app;

COMMENT ON TABLE intake.correction IS 'Corrections of clerk, window or phone kept beside the record, decided by a second person';
COMMENT ON COLUMN intake.correction.field IS 'What was recorded wrongly';
COMMENT ON COLUMN intake.correction.before_value IS 'Former staff number or window code; masked for a phone';
COMMENT ON COLUMN intake.correction.after_value IS 'New staff number or window code; masked for a phone';
COMMENT ON COLUMN intake.correction.mobile_enc IS 'The new phone, sealed, until it is decided';
COMMENT ON COLUMN intake.correction.decision_note IS 'What the second person wrote with the decision';

CREATE TABLE intake.embed_origin (
  city_code text NOT NULL,
  origin text NOT NULL,
  key_name text NOT NULL,
  note text NOT NULL,
  added_by text NOT NULL,
  added_at timestamp with time zone NOT NULL,
  CONSTRAINT embed_origin_pkey PRIMARY KEY (city_code, origin, key_name),
  CONSTRAINT embed_origin_origin_check CHECK ((origin ~ '^https?://[a-z0-9.-]+(:[0-9]{1,5})?$'::text))
);

GRANT DELETE ON intake.embed_origin TO yiping_app;
GRANT INSERT ON intake.embed_origin TO yiping_app;
GRANT SELECT ON intake.embed_origin TO yiping_app;

COMMENT ON TABLE intake.embed_origin IS 'Sites that may frame a rating page (允许嵌入的网站) and receive citizens afterwards; none unless named here';
COMMENT ON COLUMN intake.embed_origin.origin IS 'Scheme, host and port, as a browser tells it';
COMMENT ON COLUMN intake.embed_origin.key_name IS 'Name of the key whose links may lead back there; empty: those of every key';

CREATE VIEW intake.overrun_step AS
 SELECT s.city_code, s.service_month, s.project_no, s.service_number, s.step_id, s.service_time,
    s.staff_no, s.window_code, s.dept_code, d.accepted AS accepted_on, d.finished AS finished_on,
    s.promise_day, w.days AS took_days, GREATEST(s.recorded_at, s.corrected_at) AS since
   FROM intake.case_step s
     CROSS JOIN LATERAL ( SELECT (s.accept_date AT TIME ZONE 'Asia/Shanghai'::text)::date AS accepted,
            (s.result_date AT TIME ZONE 'Asia/Shanghai'::text)::date AS finished) d
     CROSS JOIN LATERAL ( SELECT d.accepted - '1999-12-27'::date AS since,
            d.finished - '1999-12-27'::date AS until) n
     CROSS JOIN LATERAL ( SELECT (5 * (n.until / 7 - n.since / 7) + LEAST(n.until % 7, 4) - LEAST(n.since % 7, 4) + count(*) FILTER (WHERE c.kind = 'workday'::text AND EXTRACT(isodow FROM c.day) > 5::numeric) - count(*) FILTER (WHERE c.kind = 'holiday'::text AND EXTRACT(isodow FROM c.day) < 6::numeric))::integer AS days
           FROM registry.calendar_day c
          WHERE c.day > d.accepted AND c.day <= d.finished) w
  WHERE (s.source = ANY (ARRAY['api'::text, 'hall'::text])) AND (s.result_date - s.accept_date) > (s.promise_day::double precision * '1 day'::interval) AND w.days > s.promise_day;

GRANT SELECT ON intake.overrun_step TO yiping_app;

COMMENT ON VIEW intake.overrun_step IS 'Published: steps that say that their case took more working days than promised; from the API only';

CREATE VIEW intake.ratable_step AS
 SELECT city_code, step_id, service_month, service_time, ratable_until, project_no, service_number,
    service_name, task_code, task_name, window_code, staff_no, dept_code, area_code AS region_code,
    pro_status, pro_channel, accept_date, result_date, promise_day, has_mobile, source
   FROM intake.case_step;

GRANT SELECT ON intake.ratable_step TO yiping_app;

COMMENT ON VIEW intake.ratable_step IS 'Published: each ratable step with whom it charges, without personal data';

CREATE TABLE intake.sms_invitation (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  state text NOT NULL,
  due_at timestamp with time zone NOT NULL,
  attempts smallint DEFAULT 0 NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  provider_id text,
  reason text,
  CONSTRAINT sms_invitation_pkey PRIMARY KEY (city_code, step_id),
  CONSTRAINT sms_invitation_city_code_step_id_fkey FOREIGN KEY (city_code, step_id) REFERENCES intake.case_step(city_code, step_id),
  CONSTRAINT sms_invitation_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'unneeded'::text, 'opted_out'::text, 'expired'::text, 'refused'::text, 'unclear'::text])))
);

CREATE INDEX sms_invitation_changed ON intake.sms_invitation USING btree (city_code, changed_at);
CREATE INDEX sms_invitation_due ON intake.sms_invitation USING btree (city_code, due_at) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));

GRANT INSERT ON intake.sms_invitation TO yiping_app;
GRANT SELECT ON intake.sms_invitation TO yiping_app;
GRANT UPDATE ON intake.sms_invitation TO yiping_app;

COMMENT ON TABLE intake.sms_invitation IS 'Invitations to rate by short message (短信邀评): one a service at most, no phone in it';
COMMENT ON COLUMN intake.sms_invitation.state IS 'unneeded: rated before; unclear: the line broke after it was handed over, so it is never sent again';
COMMENT ON COLUMN intake.sms_invitation.due_at IS 'Not before; outside the quiet hours';
COMMENT ON COLUMN intake.sms_invitation.attempts IS 'How often it was handed to the provider';
COMMENT ON COLUMN intake.sms_invitation.changed_at IS 'When its state changed last';
COMMENT ON COLUMN intake.sms_invitation.provider_id IS 'Number of the message at the provider';
COMMENT ON COLUMN intake.sms_invitation.reason IS 'Code of the provider''s last refusal';

CREATE TABLE intake.sms_opt_out (
  city_code text NOT NULL,
  mobile_hash bytea NOT NULL,
  source text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT sms_opt_out_pkey PRIMARY KEY (city_code, mobile_hash),
  CONSTRAINT sms_opt_out_source_check CHECK ((source = ANY (ARRAY['link'::text, 'office'::text])))
);

GRANT INSERT ON intake.sms_opt_out TO yiping_app;
GRANT SELECT ON intake.sms_opt_out TO yiping_app;

COMMENT ON TABLE intake.sms_opt_out IS 'Phones that want no more invitations (退订), as keyed hashes';
COMMENT ON COLUMN intake.sms_opt_out.mobile_hash IS 'Keyed hash of the phone, as in intake.applicant';
COMMENT ON COLUMN intake.sms_opt_out.source IS 'link: by the page in the message; office: told to the staff';

CREATE TABLE intake.step_counter (
  city_code text NOT NULL,
  service_month date NOT NULL,
  next bigint NOT NULL,
  CONSTRAINT step_counter_pkey PRIMARY KEY (city_code, service_month)
);

GRANT INSERT ON intake.step_counter TO yiping_app;
GRANT SELECT ON intake.step_counter TO yiping_app;
GRANT UPDATE ON intake.step_counter TO yiping_app;

COMMENT ON TABLE intake.step_counter IS 'Next sequence of record numbers in a city and month';
COMMENT ON COLUMN intake.step_counter.next IS 'The next free sequence number, from 1';

CREATE TABLE intake.ticket (
  city_code text NOT NULL,
  ticket_id uuid NOT NULL,
  day date NOT NULL,
  region_code text NOT NULL,
  group_code text NOT NULL,
  ticket_no text NOT NULL,
  priority boolean NOT NULL,
  state text NOT NULL,
  drawn_at timestamp with time zone NOT NULL,
  called_at timestamp with time zone,
  called_again_at timestamp with time zone,
  window_code text,
  called_by text,
  finished_at timestamp with time zone,
  CONSTRAINT ticket_city_code_day_region_code_ticket_no_key UNIQUE (city_code, day, region_code, ticket_no),
  CONSTRAINT ticket_pkey PRIMARY KEY (city_code, ticket_id),
  CONSTRAINT ticket_city_code_group_code_fkey FOREIGN KEY (city_code, group_code) REFERENCES intake.ticket_group(city_code, code),
  CONSTRAINT ticket_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'called'::text, 'finished'::text, 'skipped'::text])))
);

CREATE UNIQUE INDEX ticket_called ON intake.ticket USING btree (city_code, day, window_code) WHERE (state = 'called'::text);
CREATE INDEX ticket_waiting ON intake.ticket USING btree (city_code, day, group_code, priority DESC, drawn_at) WHERE (state = 'waiting'::text);
CREATE INDEX ticket_window ON intake.ticket USING btree (city_code, day, window_code, called_at);

GRANT INSERT ON intake.ticket TO yiping_app;
GRANT SELECT ON intake.ticket TO yiping_app;
GRANT UPDATE ON intake.ticket TO yiping_app;

COMMENT ON TABLE intake.ticket IS 'Tickets 排队号: a place in the queue of a day; nothing about who holds it';
COMMENT ON COLUMN intake.ticket.region_code IS 'Region of the hall';
COMMENT ON COLUMN intake.ticket.group_code IS 'Group in whose queue it waits; a transfer changes it';
COMMENT ON COLUMN intake.ticket.ticket_no IS 'What is called, such as A012';
COMMENT ON COLUMN intake.ticket.priority IS 'Called before the others: older people, pregnant, disabled 优先';
COMMENT ON COLUMN intake.ticket.state IS 'waiting 等候, called 办理中, finished 办结, skipped 过号';
COMMENT ON COLUMN intake.ticket.called_by IS 'Staff number of whoever called it';

CREATE TABLE intake.ticket_group (
  city_code text NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  region_code text NOT NULL,
  prefix text NOT NULL,
  windows text[] NOT NULL,
  CONSTRAINT ticket_group_city_code_region_code_prefix_key UNIQUE (city_code, region_code, prefix),
  CONSTRAINT ticket_group_pkey PRIMARY KEY (city_code, code),
  CONSTRAINT ticket_group_name_check CHECK ((name <> ''::text)),
  CONSTRAINT ticket_group_prefix_check CHECK ((prefix ~ '^[A-Z]$'::text))
);

GRANT INSERT ON intake.ticket_group TO yiping_app;
GRANT SELECT ON intake.ticket_group TO yiping_app;
GRANT UPDATE ON intake.ticket_group TO yiping_app;

COMMENT ON TABLE intake.ticket_group IS 'Groups of items 取号业务 for which tickets are drawn, and their windows';
COMMENT ON COLUMN intake.ticket_group.region_code IS 'Region of the hall';
COMMENT ON COLUMN intake.ticket_group.prefix IS 'Letter with which its numbers begin';
COMMENT ON COLUMN intake.ticket_group.windows IS 'Windows that call its tickets';

CREATE VIEW intake.v_late_step AS
 SELECT s.city_code, s.service_month, s.step_id, s.staff_no, s.window_code, s.task_code
   FROM intake.case_step s
     CROSS JOIN LATERAL ( SELECT (s.accept_date AT TIME ZONE 'Asia/Shanghai'::text)::date AS accepted,
            (s.result_date AT TIME ZONE 'Asia/Shanghai'::text)::date AS finished) d
     CROSS JOIN LATERAL ( SELECT d.accepted - '1999-12-27'::date AS since,
            d.finished - '1999-12-27'::date AS until) n
     CROSS JOIN LATERAL ( SELECT (5 * (n.until / 7 - n.since / 7) + LEAST(n.until % 7, 4) - LEAST(n.since % 7, 4) + count(*) FILTER (WHERE c.kind = 'workday'::text AND EXTRACT(isodow FROM c.day) > 5::numeric) - count(*) FILTER (WHERE c.kind = 'holiday'::text AND EXTRACT(isodow FROM c.day) < 6::numeric))::integer AS days
           FROM registry.calendar_day c
          WHERE c.day > d.accepted AND c.day <= d.finished) w
  WHERE (s.result_date - s.accept_date) > (s.promise_day::double precision * '1 day'::interval) AND w.days > s.promise_day;

GRANT SELECT ON intake.v_late_step TO yiping_app;

COMMENT ON VIEW intake.v_late_step IS 'Published: services that took more working days than promised, wherever their records came from';

CREATE VIEW intake.v_open_correction AS
 SELECT c.city_code, c.correction_id, s.service_month
   FROM intake.correction c
     JOIN intake.case_step s ON s.city_code = c.city_code AND s.step_id = c.step_id
  WHERE c.state = 'proposed'::text;

GRANT SELECT ON intake.v_open_correction TO yiping_app;

COMMENT ON VIEW intake.v_open_correction IS 'Published: proposed corrections that nobody has decided';

CREATE VIEW intake.v_step_phone AS
 SELECT city_code, service_month, step_id, mobile_hash
   FROM intake.applicant
  WHERE mobile_hash IS NOT NULL;

GRANT SELECT ON intake.v_step_phone TO yiping_app;

COMMENT ON VIEW intake.v_step_phone IS 'Published for detectors: keyed hash of the phone behind a step';

CREATE VIEW intake.v_unwilling_step AS
 SELECT a.city_code, a.service_month, a.step_id
   FROM intake.applicant a
     JOIN intake.sms_opt_out o ON o.city_code = a.city_code AND o.mobile_hash = a.mobile_hash;

GRANT SELECT ON intake.v_unwilling_step TO yiping_app;

COMMENT ON VIEW intake.v_unwilling_step IS 'Published: steps whose person wants no contact by phone or message (退订); nobody calls back';

CREATE VIEW intake.v_window_invitation AS
 SELECT city_code, invitation_id, step_id, window_code, asked_by, asked_at, device_id, shown_at,
    answered_at, answered_ms
   FROM intake.window_invitation;

GRANT SELECT ON intake.v_window_invitation TO yiping_app;

COMMENT ON VIEW intake.v_window_invitation IS 'Published: which service was shown on which device when, and how soon it was answered';

CREATE TABLE intake.window_invitation (
  city_code text NOT NULL,
  invitation_id uuid NOT NULL,
  step_id bigint NOT NULL,
  window_code text NOT NULL,
  asked_by text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  device_id uuid,
  shown_at timestamp with time zone,
  press_id text,
  answered_at timestamp with time zone,
  answered_ms integer,
  CONSTRAINT window_invitation_pkey PRIMARY KEY (city_code, invitation_id),
  CONSTRAINT window_invitation_city_code_step_id_fkey FOREIGN KEY (city_code, step_id) REFERENCES intake.case_step(city_code, step_id),
  CONSTRAINT window_invitation_answered_ms_check CHECK ((answered_ms >= 0)),
  CONSTRAINT window_invitation_check CHECK (((device_id IS NULL) = (shown_at IS NULL))),
  CONSTRAINT window_invitation_check1 CHECK (((press_id IS NULL) OR (device_id IS NOT NULL)))
);

CREATE INDEX window_invitation_asked ON intake.window_invitation USING btree (city_code, window_code, asked_at DESC);
CREATE INDEX window_invitation_press ON intake.window_invitation USING btree (city_code, device_id, press_id, shown_at) WHERE (press_id IS NOT NULL);
CREATE INDEX window_invitation_step ON intake.window_invitation USING btree (city_code, step_id, asked_at DESC);

GRANT INSERT ON intake.window_invitation TO yiping_app;
GRANT SELECT ON intake.window_invitation TO yiping_app;
GRANT UPDATE ON intake.window_invitation TO yiping_app;

COMMENT ON TABLE intake.window_invitation IS 'Invitations to rate at a window (窗口邀评): asked by a clerk, shown once by one device, server time';
COMMENT ON COLUMN intake.window_invitation.invitation_id IS 'Random; whoever holds it was shown it';
COMMENT ON COLUMN intake.window_invitation.step_id IS 'Record number of the service';
COMMENT ON COLUMN intake.window_invitation.asked_by IS 'Account that asked for the rating';
COMMENT ON COLUMN intake.window_invitation.device_id IS 'Device that showed it, or whose key was pressed';
COMMENT ON COLUMN intake.window_invitation.shown_at IS 'When the device was given it to show, by the server''s clock; proves that a later upload was in time';
COMMENT ON COLUMN intake.window_invitation.press_id IS 'Of a button device: its own number of the press, so that a repeat is the same press';
COMMENT ON COLUMN intake.window_invitation.answered_at IS 'When the rating that answers it came in';
COMMENT ON COLUMN intake.window_invitation.answered_ms IS 'Milliseconds from display to tap by the device''s steady clock; for detectors only';

CREATE TABLE intake.window_sign (
  city_code text NOT NULL,
  sign_code text NOT NULL,
  window_code text NOT NULL,
  issued_at timestamp with time zone NOT NULL,
  issued_by text NOT NULL,
  ended_at timestamp with time zone,
  ended_by text,
  ended_as text,
  reason text,
  CONSTRAINT window_sign_pkey PRIMARY KEY (city_code, sign_code),
  CONSTRAINT window_sign_check CHECK (((ended_at IS NULL) = (ended_as IS NULL))),
  CONSTRAINT window_sign_ended_as_check CHECK ((ended_as = ANY (ARRAY['replaced'::text, 'revoked'::text])))
);

CREATE UNIQUE INDEX window_sign_live ON intake.window_sign USING btree (city_code, window_code) WHERE (ended_at IS NULL);
CREATE INDEX window_sign_window ON intake.window_sign USING btree (city_code, window_code, issued_at DESC);

GRANT INSERT ON intake.window_sign TO yiping_app;
GRANT SELECT ON intake.window_sign TO yiping_app;
GRANT UPDATE ON intake.window_sign TO yiping_app;

COMMENT ON TABLE intake.window_sign IS 'Signs at windows (窗口评价码牌): a standing invitation to rate; one holds for a window at a time';
COMMENT ON COLUMN intake.window_sign.sign_code IS 'Twelve characters of Crockford base32: the city, then 40 random bits; what the QR code leads to';
COMMENT ON COLUMN intake.window_sign.ended_at IS 'Since when it no longer holds; empty while it does';
COMMENT ON COLUMN intake.window_sign.ended_as IS 'Replaced by another sign, or revoked without one';
COMMENT ON COLUMN intake.window_sign.reason IS 'Why it ended';

CREATE TABLE ledger.appeal (
  city_code text NOT NULL,
  appeal_id uuid NOT NULL,
  number text NOT NULL,
  month date NOT NULL,
  subject_kind text NOT NULL,
  subject_code text NOT NULL,
  subject_name text NOT NULL,
  department_code text NOT NULL,
  region_code text NOT NULL,
  line_key text NOT NULL,
  line jsonb NOT NULL,
  part text NOT NULL,
  entry_id uuid,
  filed_by text NOT NULL,
  filed_name text NOT NULL,
  filed_at timestamp with time zone NOT NULL,
  text text NOT NULL,
  state text NOT NULL,
  stance text,
  opinion text,
  opinion_by text,
  opinion_name text,
  opinion_at timestamp with time zone,
  appointed_by text,
  appointed_at timestamp with time zone,
  reason text,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  given_centi integer,
  given_entry uuid,
  given_month date,
  carried_at timestamp with time zone,
  carried_by text,
  carried_reason text,
  CONSTRAINT appeal_city_code_number_key UNIQUE (city_code, number),
  CONSTRAINT appeal_pkey PRIMARY KEY (city_code, appeal_id),
  CONSTRAINT appeal_city_code_entry_id_fkey FOREIGN KEY (city_code, entry_id) REFERENCES ledger.entry(city_code, entry_id),
  CONSTRAINT appeal_city_code_given_entry_fkey FOREIGN KEY (city_code, given_entry) REFERENCES ledger.entry(city_code, entry_id),
  CONSTRAINT appeal_city_code_month_fkey FOREIGN KEY (city_code, month) REFERENCES ledger.period(city_code, month),
  CONSTRAINT appeal_check CHECK (((state = ANY (ARRAY['upheld'::text, 'rejected'::text, 'withdrawn'::text])) = (decided_at IS NOT NULL))),
  CONSTRAINT appeal_check1 CHECK (((stance IS NULL) = (opinion_at IS NULL))),
  CONSTRAINT appeal_stance_check CHECK ((stance = ANY (ARRAY['agree'::text, 'disagree'::text, 'none'::text]))),
  CONSTRAINT appeal_state_check CHECK ((state = ANY (ARRAY['opinion'::text, 'group'::text, 'review'::text, 'upheld'::text, 'rejected'::text, 'withdrawn'::text]))),
  CONSTRAINT appeal_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['staff'::text, 'window'::text, 'department'::text])))
);

CREATE INDEX appeal_filed ON ledger.appeal USING btree (city_code, filed_at DESC, appeal_id DESC);
CREATE UNIQUE INDEX appeal_line ON ledger.appeal USING btree (city_code, line_key) WHERE (state <> 'withdrawn'::text);
CREATE INDEX appeal_subject ON ledger.appeal USING btree (city_code, month, subject_kind, subject_code);

GRANT INSERT ON ledger.appeal TO yiping_app;
GRANT SELECT ON ledger.appeal TO yiping_app;
GRANT UPDATE ON ledger.appeal TO yiping_app;

COMMENT ON TABLE ledger.appeal IS 'Appeals (申诉): a subject objects to one line of a statement';
COMMENT ON COLUMN ledger.appeal.number IS 'Number under which people know it, such as SS2026-0007';
COMMENT ON COLUMN ledger.appeal.month IS 'Month of the line';
COMMENT ON COLUMN ledger.appeal.subject_kind IS 'Whose line it is';
COMMENT ON COLUMN ledger.appeal.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN ledger.appeal.subject_name IS 'Name when it was filed';
COMMENT ON COLUMN ledger.appeal.line_key IS 'The line, by what stays the same when the month is closed anew';
COMMENT ON COLUMN ledger.appeal.line IS 'The line as it stood when it was filed';
COMMENT ON COLUMN ledger.appeal.part IS 'Indicator or bonus item of the line';
COMMENT ON COLUMN ledger.appeal.entry_id IS 'The entry that the line carries or speaks of, if any';
COMMENT ON COLUMN ledger.appeal.filed_by IS 'Account that filed it';
COMMENT ON COLUMN ledger.appeal.filed_at IS 'When; the department''s limit runs from here';
COMMENT ON COLUMN ledger.appeal.state IS 'Waits for the opinion, the group, its votes and decision; or how it ended';
COMMENT ON COLUMN ledger.appeal.stance IS 'What the department says: agree, disagree, none given in time';
COMMENT ON COLUMN ledger.appeal.opinion IS 'The department''s words';
COMMENT ON COLUMN ledger.appeal.opinion_by IS 'Account that gave the opinion';
COMMENT ON COLUMN ledger.appeal.opinion_at IS 'When; the review''s limit runs from here';
COMMENT ON COLUMN ledger.appeal.appointed_by IS 'Account that appointed the group';
COMMENT ON COLUMN ledger.appeal.appointed_at IS 'When the group was appointed last';
COMMENT ON COLUMN ledger.appeal.reason IS 'Why it was decided so, told to the subject';
COMMENT ON COLUMN ledger.appeal.decided_by IS 'Account that decided or withdrew it';
COMMENT ON COLUMN ledger.appeal.given_centi IS 'Points given back in 0.01';
COMMENT ON COLUMN ledger.appeal.given_entry IS 'The entry of the book that gives them back';
COMMENT ON COLUMN ledger.appeal.given_month IS 'Month in which that entry counts';
COMMENT ON COLUMN ledger.appeal.carried_at IS 'When the month was sealed over it';
COMMENT ON COLUMN ledger.appeal.carried_by IS 'Who carried it over';
COMMENT ON COLUMN ledger.appeal.carried_reason IS 'Why the month did not wait for it';

CREATE TABLE ledger.appeal_counter (
  city_code text NOT NULL,
  year integer NOT NULL,
  next integer NOT NULL,
  CONSTRAINT appeal_counter_pkey PRIMARY KEY (city_code, year)
);

GRANT INSERT ON ledger.appeal_counter TO yiping_app;
GRANT SELECT ON ledger.appeal_counter TO yiping_app;
GRANT UPDATE ON ledger.appeal_counter TO yiping_app;

COMMENT ON TABLE ledger.appeal_counter IS 'Numbers of appeals by year';
COMMENT ON COLUMN ledger.appeal_counter.year IS 'Year of filing';
COMMENT ON COLUMN ledger.appeal_counter.next IS 'The number that the last appeal has';

CREATE TABLE ledger.appeal_member (
  city_code text NOT NULL,
  appeal_id uuid NOT NULL,
  user_id text NOT NULL,
  username text NOT NULL,
  name text NOT NULL,
  chair boolean NOT NULL,
  vote text,
  vote_reason text,
  voted_at timestamp with time zone,
  CONSTRAINT appeal_member_pkey PRIMARY KEY (city_code, appeal_id, user_id),
  CONSTRAINT appeal_member_city_code_appeal_id_fkey FOREIGN KEY (city_code, appeal_id) REFERENCES ledger.appeal(city_code, appeal_id),
  CONSTRAINT appeal_member_check CHECK (((vote IS NULL) = (voted_at IS NULL))),
  CONSTRAINT appeal_member_vote_check CHECK ((vote = ANY (ARRAY['upheld'::text, 'rejected'::text])))
);

GRANT DELETE ON ledger.appeal_member TO yiping_app;
GRANT INSERT ON ledger.appeal_member TO yiping_app;
GRANT SELECT ON ledger.appeal_member TO yiping_app;
GRANT UPDATE ON ledger.appeal_member TO yiping_app;

COMMENT ON TABLE ledger.appeal_member IS 'The review group (复核小组) of an appeal with its votes';
COMMENT ON COLUMN ledger.appeal_member.username IS 'Name to sign in with, when appointed';
COMMENT ON COLUMN ledger.appeal_member.chair IS 'Leads the group and records its decision';
COMMENT ON COLUMN ledger.appeal_member.vote IS 'How the member voted';
COMMENT ON COLUMN ledger.appeal_member.vote_reason IS 'Why, for the group and the office';

CREATE TABLE ledger.carried_share (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  subject_kind text NOT NULL,
  subject_code text NOT NULL,
  service_month date NOT NULL,
  month date NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT carried_share_pkey PRIMARY KEY (city_code, step_id, subject_kind, subject_code),
  CONSTRAINT carried_share_city_code_month_fkey FOREIGN KEY (city_code, month) REFERENCES ledger.period(city_code, month),
  CONSTRAINT carried_share_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['staff'::text, 'window'::text, 'department'::text])))
);

CREATE INDEX carried_share_month ON ledger.carried_share USING btree (city_code, month);

GRANT INSERT ON ledger.carried_share TO yiping_app;
GRANT SELECT ON ledger.carried_share TO yiping_app;

COMMENT ON TABLE ledger.carried_share IS 'Ratings that came after the month of one they count for was sealed, with the month that counts them';
COMMENT ON COLUMN ledger.carried_share.step_id IS 'Record number of the rated step';
COMMENT ON COLUMN ledger.carried_share.subject_kind IS 'Whose good rate it joins: staff, window, department';
COMMENT ON COLUMN ledger.carried_share.subject_code IS 'Staff number, window code or USCC of the item''s owner';
COMMENT ON COLUMN ledger.carried_share.service_month IS 'The month of the service, sealed for this subject';
COMMENT ON COLUMN ledger.carried_share.month IS 'Month in whose score it counts';

CREATE VIEW ledger.counting_entry AS
 SELECT city_code, entry_id, kind, of_entry, month, subject_kind, subject_code, part, rule,
    points_centi, quantity, occurred_on, fact_kind, fact_id, project_no, veto, scheme_hash,
    explanation, recorded_by, confirmed_by, recorded_at
   FROM ledger.entry
  WHERE kind = ANY (ARRAY['plain'::text, 'post'::text, 'reversal'::text]);

GRANT SELECT ON ledger.counting_entry TO yiping_app;

COMMENT ON VIEW ledger.counting_entry IS 'Published: entries whose points count';

CREATE TABLE ledger.entry (
  city_code text NOT NULL,
  entry_id uuid NOT NULL,
  kind text NOT NULL,
  chain_id uuid NOT NULL,
  of_entry uuid,
  turn smallint NOT NULL,
  reason text,
  month date NOT NULL,
  subject_kind text NOT NULL,
  subject_code text NOT NULL,
  part text NOT NULL,
  rule text NOT NULL,
  points_centi integer NOT NULL,
  quantity integer NOT NULL,
  occurred_on date NOT NULL,
  fact_kind text NOT NULL,
  fact_id text NOT NULL,
  project_no text,
  veto boolean NOT NULL,
  scheme_hash text NOT NULL,
  explanation jsonb NOT NULL,
  recorded_by text NOT NULL,
  confirmed_by text,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT entry_pkey PRIMARY KEY (city_code, entry_id),
  CONSTRAINT entry_city_code_month_fkey FOREIGN KEY (city_code, month) REFERENCES ledger.period(city_code, month),
  CONSTRAINT entry_city_code_of_entry_fkey FOREIGN KEY (city_code, of_entry) REFERENCES ledger.entry(city_code, entry_id),
  CONSTRAINT entry_city_code_scheme_hash_fkey FOREIGN KEY (city_code, scheme_hash) REFERENCES ledger.scheme_version(city_code, hash),
  CONSTRAINT entry_check CHECK (((kind = ANY (ARRAY['plain'::text, 'pending'::text])) = (of_entry IS NULL))),
  CONSTRAINT entry_check1 CHECK (((kind = ANY (ARRAY['void'::text, 'reversal'::text])) = (reason IS NOT NULL))),
  CONSTRAINT entry_fact_kind_check CHECK ((fact_kind = ANY (ARRAY['finding'::text, 'merit'::text, 'complaint'::text, 'rating'::text, 'appeal'::text, 'record'::text, 'order'::text]))),
  CONSTRAINT entry_kind_check CHECK ((kind = ANY (ARRAY['plain'::text, 'pending'::text, 'post'::text, 'void'::text, 'reversal'::text]))),
  CONSTRAINT entry_quantity_check CHECK ((quantity > 0)),
  CONSTRAINT entry_reason_check CHECK ((reason = ANY (ARRAY['reattributed'::text, 'excluded'::text, 'appeal'::text, 'revalued'::text, 'one_event'::text]))),
  CONSTRAINT entry_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['staff'::text, 'window'::text, 'department'::text])))
);

CREATE INDEX entry_chain ON ledger.entry USING btree (city_code, chain_id);
CREATE INDEX entry_day ON ledger.entry USING btree (city_code, occurred_on);
CREATE INDEX entry_fact ON ledger.entry USING btree (city_code, fact_kind, fact_id);
CREATE INDEX entry_reversal ON ledger.entry USING btree (city_code, of_entry) WHERE (kind = 'reversal'::text);
CREATE INDEX entry_subject ON ledger.entry USING btree (city_code, month, subject_kind, subject_code);
CREATE INDEX entry_veto ON ledger.entry USING btree (city_code, month) WHERE (veto AND (kind = ANY (ARRAY['plain'::text, 'post'::text])));

GRANT INSERT ON ledger.entry TO yiping_app;
GRANT SELECT ON ledger.entry TO yiping_app;

COMMENT ON TABLE ledger.entry IS 'The score book (记分台账): one line a step of a fact, added once, never changed';
COMMENT ON COLUMN ledger.entry.entry_id IS 'From fact, rule, kind and turn, so that a repeat adds nothing';
COMMENT ON COLUMN ledger.entry.chain_id IS 'The plain or pending entry that this one belongs to';
COMMENT ON COLUMN ledger.entry.of_entry IS 'The entry that this one posts, voids or reverses';
COMMENT ON COLUMN ledger.entry.turn IS '0, and one more each time the fact was charged to somebody else';
COMMENT ON COLUMN ledger.entry.reason IS 'Why it is taken back: reattributed 改归属, excluded 剔除, appeal 申诉, revalued 方案调整, one_event 一事已在别月扣分';
COMMENT ON COLUMN ledger.entry.month IS 'Month in which it counts';
COMMENT ON COLUMN ledger.entry.subject_kind IS 'Whom it charges or credits: staff, window or department';
COMMENT ON COLUMN ledger.entry.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN ledger.entry.part IS 'Indicator or bonus item';
COMMENT ON COLUMN ledger.entry.rule IS 'Rule code such as daily.late';
COMMENT ON COLUMN ledger.entry.points_centi IS 'The rule''s single value in 0.01 points; void and reversal carry the opposite';
COMMENT ON COLUMN ledger.entry.quantity IS 'Occurrences';
COMMENT ON COLUMN ledger.entry.occurred_on IS 'True day of the fact, also when it counts in a later month';
COMMENT ON COLUMN ledger.entry.fact_kind IS 'Where it comes from';
COMMENT ON COLUMN ledger.entry.fact_id IS 'Finding, merit or complaint id; record number of a rating; number of a case or of an appeal';
COMMENT ON COLUMN ledger.entry.project_no IS 'Case, for one event one deduction';
COMMENT ON COLUMN ledger.entry.veto IS 'The rule caps the grade at the lowest (一票否决)';
COMMENT ON COLUMN ledger.entry.scheme_hash IS 'Scheme version whose value was used';
COMMENT ON COLUMN ledger.entry.explanation IS 'Date and clause of the value used, and what attributed it';

CREATE VIEW ledger.late_decision AS
 SELECT r.city_code, r.month, o.month AS of_month, r.entry_id, r.kind, r.of_entry, r.subject_kind,
    r.subject_code, r.part, r.rule, r.points_centi, r.quantity, r.occurred_on, r.fact_id,
    r.project_no, r.veto, NULL::text AS redress_line, r.recorded_at
   FROM ledger.entry r
     JOIN ledger.entry o ON o.city_code = r.city_code AND o.entry_id = r.of_entry
  WHERE r.kind = 'reversal'::text AND o.month < r.month
UNION ALL
 SELECT a.city_code, a.month,
    date_trunc('month'::text, a.occurred_on::timestamp without time zone)::date AS of_month,
    a.entry_id, a.kind, a.of_entry, a.subject_kind, a.subject_code, a.part, a.rule, a.points_centi,
    a.quantity, a.occurred_on, a.fact_id, a.project_no, a.veto,
    a.explanation ->> 'line'::text AS redress_line, a.recorded_at
   FROM ledger.entry a
  WHERE a.fact_kind = 'appeal'::text AND a.kind = 'plain'::text AND date_trunc('month'::text, a.occurred_on::timestamp without time zone)::date < a.month;

GRANT SELECT ON ledger.late_decision TO yiping_app;

COMMENT ON VIEW ledger.late_decision IS 'Published: reversals and redress that speak of a sealed month and count in a later one, with that month';

CREATE TABLE ledger.period (
  city_code text NOT NULL,
  month date NOT NULL,
  state text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  changed_by text NOT NULL,
  sealed_at timestamp with time zone,
  sealed_batch bigint,
  sealings integer DEFAULT 0 NOT NULL,
  CONSTRAINT period_pkey PRIMARY KEY (city_code, month),
  CONSTRAINT period_check CHECK (((state = 'sealed'::text) = (sealed_at IS NOT NULL))),
  CONSTRAINT period_check1 CHECK (((sealed_at IS NULL) = (sealed_batch IS NULL))),
  CONSTRAINT period_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
  CONSTRAINT period_state_check CHECK ((state = ANY (ARRAY['open'::text, 'provisional'::text, 'objection'::text, 'sealed'::text])))
);

GRANT INSERT ON ledger.period TO yiping_app;
GRANT SELECT ON ledger.period TO yiping_app;
GRANT UPDATE ON ledger.period TO yiping_app;

COMMENT ON TABLE ledger.period IS 'The gate of each month: an entry is added only to a month that isn''t sealed';
COMMENT ON COLUMN ledger.period.changed_at IS 'When the state last changed';
COMMENT ON COLUMN ledger.period.changed_by IS 'Who changed it';
COMMENT ON COLUMN ledger.period.sealed_at IS 'When it was sealed';
COMMENT ON COLUMN ledger.period.sealed_batch IS 'The last batch of ratings that it counts; its ratings of later batches count in a later month';
COMMENT ON COLUMN ledger.period.sealings IS 'How often halls of the month were sealed by themselves: who adds an entry names the number it has seen';

CREATE TABLE ledger.period_unit (
  city_code text NOT NULL,
  month date NOT NULL,
  unit_code text NOT NULL,
  state text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  changed_by text NOT NULL,
  CONSTRAINT period_unit_pkey PRIMARY KEY (city_code, month, unit_code),
  CONSTRAINT period_unit_city_code_month_fkey FOREIGN KEY (city_code, month) REFERENCES ledger.period(city_code, month),
  CONSTRAINT period_unit_state_check CHECK ((state = ANY (ARRAY['open'::text, 'provisional'::text, 'objection'::text, 'sealed'::text])))
);

GRANT DELETE ON ledger.period_unit TO yiping_app;
GRANT INSERT ON ledger.period_unit TO yiping_app;
GRANT SELECT ON ledger.period_unit TO yiping_app;
GRANT UPDATE ON ledger.period_unit TO yiping_app;

COMMENT ON TABLE ledger.period_unit IS 'How far each hall has come with a month; the month''s gate says how far the last of them has';
COMMENT ON COLUMN ledger.period_unit.unit_code IS 'City hall, or county hall with its townships';
COMMENT ON COLUMN ledger.period_unit.changed_at IS 'When the state last changed';
COMMENT ON COLUMN ledger.period_unit.changed_by IS 'Who changed it';

CREATE TABLE ledger.scheme_draft (
  city_code text NOT NULL,
  draft_id uuid NOT NULL,
  title text NOT NULL,
  reason text,
  state text NOT NULL,
  revision integer NOT NULL,
  base_hash text NOT NULL,
  effective_from date NOT NULL,
  changes jsonb NOT NULL,
  drafted_by text NOT NULL,
  drafted_at timestamp with time zone NOT NULL,
  changed_by text NOT NULL,
  editors text[] NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  proposed_by text,
  proposed_at timestamp with time zone,
  decided_by text,
  decided_at timestamp with time zone,
  decision_note text,
  hash text,
  CONSTRAINT scheme_draft_pkey PRIMARY KEY (city_code, draft_id),
  CONSTRAINT scheme_draft_city_code_base_hash_fkey FOREIGN KEY (city_code, base_hash) REFERENCES ledger.scheme_version(city_code, hash),
  CONSTRAINT scheme_draft_city_code_hash_fkey FOREIGN KEY (city_code, hash) REFERENCES ledger.scheme_version(city_code, hash),
  CONSTRAINT scheme_draft_check CHECK (((state = 'in_force'::text) = (hash IS NOT NULL))),
  CONSTRAINT scheme_draft_check1 CHECK (((state <> ALL (ARRAY['proposed'::text, 'in_force'::text, 'rejected'::text])) OR (proposed_by IS NOT NULL))),
  CONSTRAINT scheme_draft_check2 CHECK (((state = ANY (ARRAY['in_force'::text, 'rejected'::text])) = (decided_by IS NOT NULL))),
  CONSTRAINT scheme_draft_check3 CHECK ((decided_by <> proposed_by)),
  CONSTRAINT scheme_draft_revision_check CHECK ((revision > 0)),
  CONSTRAINT scheme_draft_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'proposed'::text, 'in_force'::text, 'rejected'::text, 'withdrawn'::text])))
);

CREATE INDEX scheme_draft_changed ON ledger.scheme_draft USING btree (city_code, changed_at, draft_id);

GRANT INSERT ON ledger.scheme_draft TO yiping_app;
GRANT SELECT ON ledger.scheme_draft TO yiping_app;
GRANT UPDATE ON ledger.scheme_draft TO yiping_app;

COMMENT ON TABLE ledger.scheme_draft IS 'Drafts of the assessment scheme (考核方案草案): what two people put into force, and what came of it';
COMMENT ON COLUMN ledger.scheme_draft.title IS 'What the draft is about, in a line';
COMMENT ON COLUMN ledger.scheme_draft.revision IS 'One more with every change, so that nobody overwrites unseen';
COMMENT ON COLUMN ledger.scheme_draft.base_hash IS 'Scheme version that it changes';
COMMENT ON COLUMN ledger.scheme_draft.effective_from IS 'First day on which it is to hold';
COMMENT ON COLUMN ledger.scheme_draft.changes IS 'Dated values that it adds: name of the value, first day, value as written, clause';
COMMENT ON COLUMN ledger.scheme_draft.editors IS 'Everybody who ever changed it: none of them may be the second person';
COMMENT ON COLUMN ledger.scheme_draft.decision_note IS 'What the second person said to it';
COMMENT ON COLUMN ledger.scheme_draft.hash IS 'Scheme version that was made of it';

CREATE TABLE ledger.scheme_in_force (
  city_code text NOT NULL,
  effective_from date NOT NULL,
  hash text NOT NULL,
  recorded_by text NOT NULL,
  confirmed_by text,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT scheme_in_force_pkey PRIMARY KEY (city_code, effective_from),
  CONSTRAINT scheme_in_force_city_code_hash_fkey FOREIGN KEY (city_code, hash) REFERENCES ledger.scheme_version(city_code, hash),
  CONSTRAINT scheme_in_force_check CHECK ((confirmed_by <> recorded_by))
);

GRANT INSERT ON ledger.scheme_in_force TO yiping_app;
GRANT SELECT ON ledger.scheme_in_force TO yiping_app;

COMMENT ON TABLE ledger.scheme_in_force IS 'From which day which scheme holds; the newest day not after a fact''s counts';
COMMENT ON COLUMN ledger.scheme_in_force.effective_from IS 'First day on which it holds';
COMMENT ON COLUMN ledger.scheme_in_force.hash IS 'The scheme version that holds';

CREATE TABLE ledger.scheme_version (
  city_code text NOT NULL,
  hash text NOT NULL,
  name text NOT NULL,
  content jsonb NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT scheme_version_pkey PRIMARY KEY (city_code, hash),
  CONSTRAINT scheme_version_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
);

GRANT INSERT ON ledger.scheme_version TO yiping_app;
GRANT SELECT ON ledger.scheme_version TO yiping_app;

COMMENT ON TABLE ledger.scheme_version IS 'Assessment schemes (考核办法), immutable, by the hash of their content';
COMMENT ON COLUMN ledger.scheme_version.hash IS 'SHA-256 of the canonical JSON of content, hex';
COMMENT ON COLUMN ledger.scheme_version.content IS 'Every number as dated values with its clause';

CREATE TABLE ledger.sealed_subject (
  city_code text NOT NULL,
  month date NOT NULL,
  subject_kind text NOT NULL,
  subject_code text NOT NULL,
  unit_code text NOT NULL,
  sealed_at timestamp with time zone NOT NULL,
  sealed_batch bigint NOT NULL,
  CONSTRAINT sealed_subject_pkey PRIMARY KEY (city_code, month, subject_kind, subject_code),
  CONSTRAINT sealed_subject_city_code_month_unit_code_fkey FOREIGN KEY (city_code, month, unit_code) REFERENCES ledger.period_unit(city_code, month, unit_code),
  CONSTRAINT sealed_subject_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['staff'::text, 'window'::text, 'department'::text])))
);

GRANT INSERT ON ledger.sealed_subject TO yiping_app;
GRANT SELECT ON ledger.sealed_subject TO yiping_app;

COMMENT ON TABLE ledger.sealed_subject IS 'Whose month is sealed though that of other halls is not: it takes no entry of theirs any more';
COMMENT ON COLUMN ledger.sealed_subject.subject_kind IS 'staff, window or department';
COMMENT ON COLUMN ledger.sealed_subject.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN ledger.sealed_subject.unit_code IS 'The hall with which it was sealed, and stays';
COMMENT ON COLUMN ledger.sealed_subject.sealed_at IS 'When it was sealed';
COMMENT ON COLUMN ledger.sealed_subject.sealed_batch IS 'The last batch of ratings that its month counts';

CREATE VIEW ledger.v_carried_share AS
 SELECT city_code, step_id, subject_kind, subject_code, service_month, month
   FROM ledger.carried_share;

GRANT SELECT ON ledger.v_carried_share TO yiping_app;

COMMENT ON VIEW ledger.v_carried_share IS 'Published: ratings that count for somebody in a later month than their service''s';

CREATE VIEW ledger.v_open_appeal AS
 SELECT city_code, appeal_id, number, month, subject_kind, subject_code, carried_at
   FROM ledger.appeal
  WHERE state = ANY (ARRAY['opinion'::text, 'group'::text, 'review'::text]);

GRANT SELECT ON ledger.v_open_appeal TO yiping_app;

COMMENT ON VIEW ledger.v_open_appeal IS 'Published: appeals that are not decided yet';

CREATE VIEW ledger.v_period AS
 SELECT city_code, month, state, sealed_at
   FROM ledger.period;

GRANT SELECT ON ledger.v_period TO yiping_app;

COMMENT ON VIEW ledger.v_period IS 'Published: how far each month has come';

CREATE VIEW ledger.v_period_unit AS
 SELECT city_code, month, unit_code, state
   FROM ledger.period_unit;

GRANT SELECT ON ledger.v_period_unit TO yiping_app;

COMMENT ON VIEW ledger.v_period_unit IS 'Published: how far each hall has come with each month';

CREATE VIEW ledger.v_proposed_draft AS
 SELECT city_code, draft_id
   FROM ledger.scheme_draft
  WHERE state = 'proposed'::text;

GRANT SELECT ON ledger.v_proposed_draft TO yiping_app;

COMMENT ON VIEW ledger.v_proposed_draft IS 'Published: drafts of the scheme that wait for a decision';

CREATE VIEW ledger.v_sealed_subject AS
 SELECT city_code, month, subject_kind, subject_code, unit_code
   FROM ledger.sealed_subject;

GRANT SELECT ON ledger.v_sealed_subject TO yiping_app;

COMMENT ON VIEW ledger.v_sealed_subject IS 'Published: whose month is sealed before that of the whole city';

CREATE VIEW ledger.v_standing_veto AS
 SELECT DISTINCT city_code, month, subject_kind, subject_code
   FROM ledger.entry e
  WHERE veto AND (kind = ANY (ARRAY['plain'::text, 'post'::text])) AND NOT (EXISTS ( SELECT 1
           FROM ledger.entry r
          WHERE r.city_code = e.city_code AND r.of_entry = e.entry_id AND r.kind = 'reversal'::text));

GRANT SELECT ON ledger.v_standing_veto TO yiping_app;

COMMENT ON VIEW ledger.v_standing_veto IS 'Published: subjects against whom a rule with veto stands in a month, whenever one was taken back';

CREATE VIEW ledger.waiting_entry AS
 SELECT city_code, entry_id, kind, of_entry, month, subject_kind, subject_code, part, rule,
    points_centi, quantity, occurred_on, fact_kind, fact_id, project_no, veto, scheme_hash,
    explanation, recorded_by, confirmed_by, recorded_at
   FROM ledger.entry e
  WHERE kind = 'pending'::text AND NOT (EXISTS ( SELECT 1
           FROM ledger.entry c
          WHERE c.city_code = e.city_code AND c.chain_id = e.entry_id AND (c.kind = ANY (ARRAY['post'::text, 'void'::text]))));

GRANT SELECT ON ledger.waiting_entry TO yiping_app;

COMMENT ON VIEW ledger.waiting_entry IS 'Published: deductions that wait for a verdict';

CREATE TABLE oversight."user" (
  id text NOT NULL,
  city_code text NOT NULL,
  username text NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  scope_code text,
  staff_no text,
  two_factor_enabled boolean DEFAULT false NOT NULL,
  must_change_password boolean DEFAULT true NOT NULL,
  password_changed_at timestamp with time zone,
  last_signed_in_at timestamp with time zone,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT user_staff_key UNIQUE (city_code, staff_no),
  CONSTRAINT user_username_key UNIQUE (username),
  CONSTRAINT user_pkey PRIMARY KEY (id),
  CONSTRAINT user_role_fkey FOREIGN KEY (role) REFERENCES oversight.role(role),
  CONSTRAINT clerk_has_staff_no CHECK (((role <> 'clerk'::text) OR (staff_no IS NOT NULL))),
  CONSTRAINT user_city_code_check CHECK ((city_code ~ '^[1-9][0-9]{5}$'::text)),
  CONSTRAINT user_name_check CHECK ((name <> ''::text)),
  CONSTRAINT user_username_check CHECK ((username ~ '^[a-z0-9_.]{3,30}$'::text))
);

GRANT INSERT ON oversight."user" TO yiping_app;
GRANT SELECT ON oversight."user" TO yiping_app;
GRANT UPDATE ON oversight."user" TO yiping_app;

COMMENT ON TABLE oversight."user" IS 'Accounts of people of the hall 账号';
COMMENT ON COLUMN oversight."user".id IS 'Random, never reused';
COMMENT ON COLUMN oversight."user".username IS 'Name to sign in with, lower case';
COMMENT ON COLUMN oversight."user".role IS 'The one role; a person with a staff number has one account, so nobody holds two';
COMMENT ON COLUMN oversight."user".scope_code IS 'Region of 6, 9 or 12 digits or USCC that bounds the data; null: the whole city';
COMMENT ON COLUMN oversight."user".two_factor_enabled IS 'Signing in asks for a code of the second factor';
COMMENT ON COLUMN oversight."user".must_change_password IS 'The password was made by somebody else and opens nothing but its own change';
COMMENT ON COLUMN oversight."user".password_changed_at IS 'When the person last chose a password';
COMMENT ON COLUMN oversight."user".last_signed_in_at IS 'Last complete sign-in';
COMMENT ON COLUMN oversight."user".disabled_at IS 'Since when nobody can sign in with it; null: active';

CREATE TABLE oversight.account (
  id text NOT NULL,
  user_id text NOT NULL,
  provider_id text NOT NULL,
  account_id text NOT NULL,
  password text,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT account_provider_id_account_id_key UNIQUE (provider_id, account_id),
  CONSTRAINT account_user_id_provider_id_key UNIQUE (user_id, provider_id),
  CONSTRAINT account_pkey PRIMARY KEY (id),
  CONSTRAINT account_user_id_fkey FOREIGN KEY (user_id) REFERENCES oversight."user"(id)
);

GRANT INSERT ON oversight.account TO yiping_app;
GRANT SELECT ON oversight.account TO yiping_app;
GRANT UPDATE ON oversight.account TO yiping_app;

COMMENT ON TABLE oversight.account IS 'Ways in which a person proves who they are: a password, later an identity provider';
COMMENT ON COLUMN oversight.account.id IS 'Random';
COMMENT ON COLUMN oversight.account.user_id IS 'Whose it is';
COMMENT ON COLUMN oversight.account.provider_id IS 'credential: a password of this system';
COMMENT ON COLUMN oversight.account.account_id IS 'The person''s key at the provider; for a password the user''s id';
COMMENT ON COLUMN oversight.account.password IS 'scrypt of the password with its salt; null for an identity provider';

CREATE TABLE oversight.api_key (
  id text NOT NULL,
  city_code text NOT NULL,
  name text NOT NULL,
  key_hash bytea NOT NULL,
  scope_code text NOT NULL,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_on date,
  CONSTRAINT api_key_key_hash_key UNIQUE (key_hash),
  CONSTRAINT api_key_pkey PRIMARY KEY (id),
  CONSTRAINT api_key_city_code_check CHECK ((city_code ~ '^[1-9][0-9]{5}$'::text)),
  CONSTRAINT api_key_name_check CHECK ((name <> ''::text))
);

GRANT INSERT ON oversight.api_key TO yiping_app;
GRANT SELECT ON oversight.api_key TO yiping_app;
GRANT UPDATE ON oversight.api_key TO yiping_app;

COMMENT ON TABLE oversight.api_key IS 'Keys of other systems 接口密钥';
COMMENT ON COLUMN oversight.api_key.id IS 'Random; not the secret';
COMMENT ON COLUMN oversight.api_key.key_hash IS 'SHA-256 of the key; the key itself is shown once and kept nowhere';
COMMENT ON COLUMN oversight.api_key.scope_code IS 'Region of 6, 9 or 12 digits or USCC that bounds the data';
COMMENT ON COLUMN oversight.api_key.created_by IS 'Username or command line';
COMMENT ON COLUMN oversight.api_key.expires_at IS 'From then on the key opens nothing; null: never';
COMMENT ON COLUMN oversight.api_key.revoked_at IS 'When it was taken back';
COMMENT ON COLUMN oversight.api_key.last_used_on IS 'Last day on which it was used';

CREATE TABLE oversight.audit (
  city_code text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  audit_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  action text NOT NULL,
  subject_kind text NOT NULL,
  subject_id text NOT NULL,
  result text NOT NULL,
  reason text,
  detail jsonb,
  CONSTRAINT audit_pkey PRIMARY KEY (city_code, recorded_at, audit_id),
  CONSTRAINT audit_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'key'::text, 'cli'::text, 'system'::text, 'public'::text]))),
  CONSTRAINT audit_result_check CHECK ((result = ANY (ARRAY['ok'::text, 'refused'::text, 'failed'::text])))
) PARTITION BY RANGE (recorded_at);

CREATE INDEX audit_actor_idx ON ONLY oversight.audit USING btree (city_code, actor_name, recorded_at);
CREATE INDEX audit_subject_idx ON ONLY oversight.audit USING btree (city_code, subject_kind, subject_id, recorded_at);

GRANT INSERT ON oversight.audit TO yiping_app;
GRANT SELECT ON oversight.audit TO yiping_app;

COMMENT ON TABLE oversight.audit IS 'Who did what to what, when, with which result; nobody changes or deletes a line 审计';
COMMENT ON COLUMN oversight.audit.audit_id IS 'Tells apart and orders lines of one instant';
COMMENT ON COLUMN oversight.audit.actor_kind IS 'user, key, cli, system or public';
COMMENT ON COLUMN oversight.audit.actor_id IS 'Id of the user or key; empty for the others';
COMMENT ON COLUMN oversight.audit.actor_name IS 'Username, key name or part of the product at that time';
COMMENT ON COLUMN oversight.audit.action IS 'Dotted verb';
COMMENT ON COLUMN oversight.audit.subject_kind IS 'What kind of thing it was done to';
COMMENT ON COLUMN oversight.audit.subject_id IS 'Key of the thing; empty when there is no single one';
COMMENT ON COLUMN oversight.audit.result IS 'ok, refused (by a rule) or failed (wrong proof)';
COMMENT ON COLUMN oversight.audit.detail IS 'Codes and numbers that explain it; never personal data of citizens';

CREATE TABLE oversight.delivery (
  city_code text NOT NULL,
  delivery_id uuid NOT NULL,
  channel text NOT NULL,
  target text NOT NULL,
  kind text NOT NULL,
  fact_key text NOT NULL,
  params jsonb NOT NULL,
  link text NOT NULL,
  state text DEFAULT 'waiting'::text NOT NULL,
  due_at timestamp with time zone NOT NULL,
  batch_id uuid,
  attempts integer DEFAULT 0 NOT NULL,
  last_error text,
  created_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  CONSTRAINT delivery_city_code_channel_target_kind_fact_key_key UNIQUE (city_code, channel, target, kind, fact_key),
  CONSTRAINT delivery_pkey PRIMARY KEY (city_code, delivery_id),
  CONSTRAINT delivery_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'robot'::text]))),
  CONSTRAINT delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'dropped'::text, 'dead'::text])))
);

CREATE INDEX delivery_batch ON oversight.delivery USING btree (city_code, batch_id) WHERE (batch_id IS NOT NULL);
CREATE INDEX delivery_due ON oversight.delivery USING btree (city_code, due_at) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));
CREATE INDEX delivery_listed ON oversight.delivery USING btree (city_code, state, created_at DESC, delivery_id DESC);

GRANT DELETE ON oversight.delivery TO yiping_app;
GRANT INSERT ON oversight.delivery TO yiping_app;
GRANT SELECT ON oversight.delivery TO yiping_app;
GRANT UPDATE ON oversight.delivery TO yiping_app;

COMMENT ON TABLE oversight.delivery IS 'Outbox of messages by e-mail and robot (消息发送): each fact at most once to each target';
COMMENT ON COLUMN oversight.delivery.channel IS 'mail or robot';
COMMENT ON COLUMN oversight.delivery.target IS 'Account, or robot_id';
COMMENT ON COLUMN oversight.delivery.fact_key IS 'As in oversight.message';
COMMENT ON COLUMN oversight.delivery.params IS 'As in oversight.message';
COMMENT ON COLUMN oversight.delivery.link IS 'As in oversight.message';
COMMENT ON COLUMN oversight.delivery.state IS 'dropped: nobody wants it any more; dead: given up after the last attempt';
COMMENT ON COLUMN oversight.delivery.due_at IS 'When it goes out, or is tried again; while it is being sent, when that attempt is given up';
COMMENT ON COLUMN oversight.delivery.batch_id IS 'What goes out together as one mail or post; kept when it is tried again';
COMMENT ON COLUMN oversight.delivery.attempts IS 'Attempts so far, the running one included';
COMMENT ON COLUMN oversight.delivery.last_error IS 'Code of the last failure';

CREATE TABLE oversight.deputy (
  city_code text NOT NULL,
  deputy_id uuid NOT NULL,
  user_id text NOT NULL,
  stand_in_id text NOT NULL,
  from_day date NOT NULL,
  until_day date NOT NULL,
  set_by text NOT NULL,
  set_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  ended_by text,
  CONSTRAINT deputy_pkey PRIMARY KEY (city_code, deputy_id),
  CONSTRAINT deputy_check CHECK ((user_id <> stand_in_id)),
  CONSTRAINT deputy_check1 CHECK ((from_day <= until_day)),
  CONSTRAINT deputy_check2 CHECK (((ended_at IS NULL) = (ended_by IS NULL)))
);

CREATE INDEX deputy_of_user ON oversight.deputy USING btree (city_code, user_id, until_day);
CREATE INDEX deputy_stand_in ON oversight.deputy USING btree (city_code, stand_in_id, until_day);

GRANT INSERT ON oversight.deputy TO yiping_app;
GRANT SELECT ON oversight.deputy TO yiping_app;
GRANT UPDATE ON oversight.deputy TO yiping_app;

COMMENT ON TABLE oversight.deputy IS 'Who stands in for whom with orders on the days away (AB 岗)';
COMMENT ON COLUMN oversight.deputy.user_id IS 'Account that is away';
COMMENT ON COLUMN oversight.deputy.stand_in_id IS 'Account that stands in';
COMMENT ON COLUMN oversight.deputy.from_day IS 'First day away';
COMMENT ON COLUMN oversight.deputy.until_day IS 'Last day away';
COMMENT ON COLUMN oversight.deputy.set_by IS 'Account that named the deputy: the person, or the office';
COMMENT ON COLUMN oversight.deputy.set_at IS 'When the deputy was named';
COMMENT ON COLUMN oversight.deputy.ended_at IS 'When it was taken back before its last day';
COMMENT ON COLUMN oversight.deputy.ended_by IS 'Account that took it back';

CREATE TABLE oversight.message (
  city_code text NOT NULL,
  message_id uuid NOT NULL,
  user_id text NOT NULL,
  kind text NOT NULL,
  fact_key text NOT NULL,
  params jsonb NOT NULL,
  link text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  read_at timestamp with time zone,
  CONSTRAINT message_city_code_user_id_kind_fact_key_key UNIQUE (city_code, user_id, kind, fact_key),
  CONSTRAINT message_pkey PRIMARY KEY (city_code, message_id)
);

CREATE INDEX message_age ON oversight.message USING btree (city_code, created_at);
CREATE INDEX message_inbox ON oversight.message USING btree (city_code, user_id, created_at DESC, message_id DESC);
CREATE INDEX message_unread ON oversight.message USING btree (city_code, user_id) WHERE (read_at IS NULL);

GRANT DELETE ON oversight.message TO yiping_app;
GRANT INSERT ON oversight.message TO yiping_app;
GRANT SELECT ON oversight.message TO yiping_app;
GRANT UPDATE ON oversight.message TO yiping_app;

COMMENT ON TABLE oversight.message IS 'In-app inbox (站内消息): one row for each person and fact; words are put together when it is read';
COMMENT ON COLUMN oversight.message.user_id IS 'Account that is told';
COMMENT ON COLUMN oversight.message.kind IS 'Kind of message, which knows its words and its group';
COMMENT ON COLUMN oversight.message.fact_key IS 'Names the fact, so that telling it again adds nothing';
COMMENT ON COLUMN oversight.message.params IS 'Number, step, month or due time that the words name; never a citizen''s data or words';
COMMENT ON COLUMN oversight.message.link IS 'Path below /admin at which the matter stands';

CREATE TABLE oversight.message_choice (
  city_code text NOT NULL,
  user_id text NOT NULL,
  lang text DEFAULT 'zh-CN'::text NOT NULL,
  address_sealed bytea,
  waiting_sealed bytea,
  code_hash bytea,
  code_until timestamp with time zone,
  code_sent_at timestamp with time zone,
  code_tries integer DEFAULT 0 NOT NULL,
  by_mail jsonb DEFAULT '{}'::jsonb NOT NULL,
  quiet_from text,
  quiet_to text,
  quiet_rest_days boolean,
  digest_at text,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT message_choice_pkey PRIMARY KEY (city_code, user_id)
);

GRANT DELETE ON oversight.message_choice TO yiping_app;
GRANT INSERT ON oversight.message_choice TO yiping_app;
GRANT SELECT ON oversight.message_choice TO yiping_app;
GRANT UPDATE ON oversight.message_choice TO yiping_app;

COMMENT ON TABLE oversight.message_choice IS 'How a person wants to hear of things besides the inbox (接收设置); no row: the inbox only';
COMMENT ON COLUMN oversight.message_choice.lang IS 'Language of e-mails, zh-CN or en';
COMMENT ON COLUMN oversight.message_choice.address_sealed IS 'E-mail address that was confirmed, sealed';
COMMENT ON COLUMN oversight.message_choice.waiting_sealed IS 'Address that waits for its code, sealed';
COMMENT ON COLUMN oversight.message_choice.code_hash IS 'Keyed hash of the code that went to that address';
COMMENT ON COLUMN oversight.message_choice.code_until IS 'First instant at which the code holds no more';
COMMENT ON COLUMN oversight.message_choice.code_tries IS 'Wrong codes typed since it was sent';
COMMENT ON COLUMN oversight.message_choice.by_mail IS 'For each group of kinds: off, now or digest; a group that is missing follows the rule of the city';
COMMENT ON COLUMN oversight.message_choice.quiet_from IS 'Own quiet hours, 20:00; null: those of the rule';
COMMENT ON COLUMN oversight.message_choice.quiet_to IS 'End of the own quiet hours, 08:00';
COMMENT ON COLUMN oversight.message_choice.quiet_rest_days IS 'Whether days off are quiet too; null: as the rule says';
COMMENT ON COLUMN oversight.message_choice.digest_at IS 'Time of the daily digest; null: that of the rule';

CREATE TABLE oversight.office_network (
  city_code text NOT NULL,
  network cidr NOT NULL,
  note text NOT NULL,
  added_by text NOT NULL,
  added_at timestamp with time zone NOT NULL,
  CONSTRAINT office_network_pkey PRIMARY KEY (city_code, network)
);

GRANT DELETE ON oversight.office_network TO yiping_app;
GRANT INSERT ON oversight.office_network TO yiping_app;
GRANT SELECT ON oversight.office_network TO yiping_app;

COMMENT ON TABLE oversight.office_network IS 'Networks of the hall''s own computers (办公网络): a rating link isn''t opened from there; never public Wi-Fi';
COMMENT ON COLUMN oversight.office_network.network IS 'Block of IPv4 or IPv6 addresses';

CREATE TABLE oversight.robot (
  city_code text NOT NULL,
  robot_id uuid NOT NULL,
  provider text NOT NULL,
  name text NOT NULL,
  scope_code text,
  url_sealed bytea NOT NULL,
  url_shown text NOT NULL,
  secret_sealed bytea,
  phones_sealed bytea,
  everybody boolean NOT NULL,
  groups text[] NOT NULL,
  enabled boolean NOT NULL,
  recent timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[] NOT NULL,
  rests_until timestamp with time zone,
  sent_at timestamp with time zone,
  last_error text,
  last_error_at timestamp with time zone,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT robot_city_code_name_key UNIQUE (city_code, name),
  CONSTRAINT robot_pkey PRIMARY KEY (city_code, robot_id),
  CONSTRAINT robot_provider_check CHECK ((provider = ANY (ARRAY['dingtalk'::text, 'wecom'::text])))
);

GRANT DELETE ON oversight.robot TO yiping_app;
GRANT INSERT ON oversight.robot TO yiping_app;
GRANT SELECT ON oversight.robot TO yiping_app;
GRANT UPDATE ON oversight.robot TO yiping_app;

COMMENT ON TABLE oversight.robot IS 'Group robots of DingTalk and WeCom (群机器人) and what they are told';
COMMENT ON COLUMN oversight.robot.provider IS 'dingtalk (钉钉) or wecom (企业微信)';
COMMENT ON COLUMN oversight.robot.scope_code IS 'Region or USCC whose facts it tells; null: the whole city';
COMMENT ON COLUMN oversight.robot.url_sealed IS 'Webhook with its token, sealed';
COMMENT ON COLUMN oversight.robot.url_shown IS 'Host and last four characters of the token';
COMMENT ON COLUMN oversight.robot.secret_sealed IS 'DingTalk''s secret for signing, sealed';
COMMENT ON COLUMN oversight.robot.phones_sealed IS 'Phones of people called when it is urgent, sealed';
COMMENT ON COLUMN oversight.robot.everybody IS 'Whether everybody in the group is called when it is urgent';
COMMENT ON COLUMN oversight.robot.groups IS 'Groups of kinds that it tells';
COMMENT ON COLUMN oversight.robot.enabled IS 'What waits for one that is turned off is dropped';
COMMENT ON COLUMN oversight.robot.recent IS 'When the last messages went out, for the limit of each minute';
COMMENT ON COLUMN oversight.robot.rests_until IS 'Until when the provider takes nothing';
COMMENT ON COLUMN oversight.robot.last_error IS 'Code of the last failure; null since the last success';

CREATE TABLE oversight.role (
  role text NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  needs_second_factor boolean NOT NULL,
  needs_staff_no boolean NOT NULL,
  sort integer NOT NULL,
  CONSTRAINT role_pkey PRIMARY KEY (role),
  CONSTRAINT role_role_check CHECK ((role ~ '^[a-z][a-z_]{1,30}$'::text))
);

GRANT SELECT ON oversight.role TO yiping_app;

COMMENT ON TABLE oversight.role IS 'What a person is in the hall; one role an account 角色';
COMMENT ON COLUMN oversight.role.role IS 'Name by which commands and the API know it';
COMMENT ON COLUMN oversight.role.name_zh IS 'Name shown to Chinese readers';
COMMENT ON COLUMN oversight.role.name_en IS 'Name shown to English readers';
COMMENT ON COLUMN oversight.role.needs_second_factor IS 'Must enrol a second factor before anything else, outside the demo';
COMMENT ON COLUMN oversight.role.needs_staff_no IS 'Only for accounts that belong to a member of staff';
COMMENT ON COLUMN oversight.role.sort IS 'Order in lists';

CREATE TABLE oversight.role_permission (
  role text NOT NULL,
  permission text NOT NULL,
  CONSTRAINT role_permission_pkey PRIMARY KEY (role, permission),
  CONSTRAINT role_permission_role_fkey FOREIGN KEY (role) REFERENCES oversight.role(role),
  CONSTRAINT audit_belongs_to_auditor CHECK (((permission <> 'audit.read'::text) OR (role = 'auditor'::text))),
  CONSTRAINT grants_belong_to_security_admin CHECK (((permission <> ALL (ARRAY['user.manage'::text, 'key.manage'::text])) OR (role = 'security_admin'::text))),
  CONSTRAINT role_permission_permission_check CHECK ((permission ~ '^[a-z]+\.[a-z]+$'::text)),
  CONSTRAINT system_belongs_to_system_admin CHECK (((permission <> 'system.read'::text) OR (role = 'system_admin'::text)))
);

GRANT SELECT ON oversight.role_permission TO yiping_app;

COMMENT ON TABLE oversight.role_permission IS 'What a role allows 角色权限';
COMMENT ON COLUMN oversight.role_permission.role IS 'The role that allows it';
COMMENT ON COLUMN oversight.role_permission.permission IS 'The permission that routes and actions ask for';

CREATE TABLE oversight.session (
  id text NOT NULL,
  user_id text NOT NULL,
  token text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  ip_address text,
  user_agent text,
  CONSTRAINT session_token_key UNIQUE (token),
  CONSTRAINT session_pkey PRIMARY KEY (id),
  CONSTRAINT session_user_id_fkey FOREIGN KEY (user_id) REFERENCES oversight."user"(id)
);

CREATE INDEX session_user_id_idx ON oversight.session USING btree (user_id);

GRANT DELETE ON oversight.session TO yiping_app;
GRANT INSERT ON oversight.session TO yiping_app;
GRANT SELECT ON oversight.session TO yiping_app;
GRANT UPDATE ON oversight.session TO yiping_app;

COMMENT ON TABLE oversight.session IS 'Who is signed in at the moment 会话';
COMMENT ON COLUMN oversight.session.id IS 'Random; not the secret';
COMMENT ON COLUMN oversight.session.user_id IS 'Who is signed in';
COMMENT ON COLUMN oversight.session.token IS 'SHA-256 of the cookie: a copy of this table opens no session';
COMMENT ON COLUMN oversight.session.updated_at IS 'Last request; the idle timeout runs from here';
COMMENT ON COLUMN oversight.session.expires_at IS 'End of the session, however busy';
COMMENT ON COLUMN oversight.session.ip_address IS 'Where it was opened from';
COMMENT ON COLUMN oversight.session.user_agent IS 'With which browser it was opened, cut to 200 characters';

CREATE TABLE oversight.sign_in_guard (
  name_hash bytea NOT NULL,
  failed_count integer NOT NULL,
  locked_until timestamp with time zone,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT sign_in_guard_pkey PRIMARY KEY (name_hash),
  CONSTRAINT sign_in_guard_failed_count_check CHECK ((failed_count >= 0))
);

GRANT DELETE ON oversight.sign_in_guard TO yiping_app;
GRANT INSERT ON oversight.sign_in_guard TO yiping_app;
GRANT SELECT ON oversight.sign_in_guard TO yiping_app;
GRANT UPDATE ON oversight.sign_in_guard TO yiping_app;

COMMENT ON TABLE oversight.sign_in_guard IS 'Failed attempts by name, whether an account of that name exists or not 登录保护';
COMMENT ON COLUMN oversight.sign_in_guard.name_hash IS 'Keyed hash of the name typed: people type passwords there, too';
COMMENT ON COLUMN oversight.sign_in_guard.failed_count IS 'Failures in a row';
COMMENT ON COLUMN oversight.sign_in_guard.locked_until IS 'Until then every attempt is refused unread';

CREATE TABLE oversight.two_factor (
  id text NOT NULL,
  user_id text NOT NULL,
  secret bytea NOT NULL,
  verified boolean DEFAULT false NOT NULL,
  last_step bigint DEFAULT 0 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT two_factor_user_id_key UNIQUE (user_id),
  CONSTRAINT two_factor_pkey PRIMARY KEY (id),
  CONSTRAINT two_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES oversight."user"(id)
);

GRANT DELETE ON oversight.two_factor TO yiping_app;
GRANT INSERT ON oversight.two_factor TO yiping_app;
GRANT SELECT ON oversight.two_factor TO yiping_app;
GRANT UPDATE ON oversight.two_factor TO yiping_app;

COMMENT ON TABLE oversight.two_factor IS 'Second factors: one authenticator an account 双因素';
COMMENT ON COLUMN oversight.two_factor.id IS 'Random';
COMMENT ON COLUMN oversight.two_factor.user_id IS 'Whose it is';
COMMENT ON COLUMN oversight.two_factor.secret IS 'The shared secret, encrypted';
COMMENT ON COLUMN oversight.two_factor.verified IS 'Whether a first code has proved that the authenticator works';
COMMENT ON COLUMN oversight.two_factor.last_step IS 'Time step of the last code used: no code works twice';

CREATE TABLE oversight.verification (
  id text NOT NULL,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT verification_identifier_key UNIQUE (identifier),
  CONSTRAINT verification_pkey PRIMARY KEY (id)
);

GRANT DELETE ON oversight.verification TO yiping_app;
GRANT INSERT ON oversight.verification TO yiping_app;
GRANT SELECT ON oversight.verification TO yiping_app;

COMMENT ON TABLE oversight.verification IS 'Sign-ins that have passed the password and wait for the second factor';
COMMENT ON COLUMN oversight.verification.id IS 'Random';
COMMENT ON COLUMN oversight.verification.identifier IS 'SHA-256 of the cookie that carries the challenge';
COMMENT ON COLUMN oversight.verification.value IS 'The user who passed the password';
COMMENT ON COLUMN oversight.verification.expires_at IS 'Afterwards the password is asked for again';

CREATE OR REPLACE FUNCTION platform.enqueue(task text, payload json, job_key text DEFAULT NULL::text, run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, queue_name text DEFAULT NULL::text, max_attempts integer DEFAULT 25)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  -- A job that waits under the same key takes the new payload and keeps its time, so that a steady stream
  -- of facts can't put it off for ever.
  PERFORM graphile_worker.add_job(task, payload, queue_name, run_at, max_attempts, job_key,
    job_key_mode => 'preserve_run_at');
END $function$
;

CREATE OR REPLACE FUNCTION platform.enqueue_all(task text, payloads json[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  PERFORM graphile_worker.add_jobs(ARRAY(
    SELECT (task, p, NULL, NULL, 25, NULL, NULL, NULL)::graphile_worker.job_spec FROM unnest(payloads) p));
END $function$
;

CREATE OR REPLACE FUNCTION platform.ensure_month_partitions(today date)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  t record;
  m date;
  made int := 0;
BEGIN
  FOR t IN SELECT parent, by_instant FROM platform.partitioned_table ORDER BY parent LOOP
    IF to_regclass(t.parent || '_before_2024') IS NULL THEN
      EXECUTE format('CREATE TABLE %s_before_2024 PARTITION OF %s FOR VALUES FROM (MINVALUE) TO (%L)',
        t.parent, t.parent,
        CASE WHEN t.by_instant THEN '2024-01-01 00:00:00+08' ELSE '2024-01-01' END);
      made := made + 1;
    END IF;
    m := DATE '2024-01-01';
    WHILE m <= (date_trunc('month', today::timestamp) + interval '13 months')::date LOOP
      IF to_regclass(t.parent || to_char(m, '_YYYY_MM')) IS NULL THEN
        EXECUTE format('CREATE TABLE %s%s PARTITION OF %s FOR VALUES FROM (%L) TO (%L)', t.parent,
          to_char(m, '_YYYY_MM'), t.parent,
          m::text || CASE WHEN t.by_instant THEN ' 00:00:00+08' ELSE '' END,
          (m + interval '1 month')::date::text || CASE WHEN t.by_instant THEN ' 00:00:00+08' ELSE '' END);
        made := made + 1;
      END IF;
      m := (m + interval '1 month')::date;
    END LOOP;
  END LOOP;
  RETURN made;
END $function$
;

CREATE TABLE platform.file (
  city_code text NOT NULL,
  file_id uuid NOT NULL,
  owner_kind text NOT NULL,
  owner_id text NOT NULL,
  name text NOT NULL,
  type text,
  size_bytes integer,
  sha256 text,
  chunks integer DEFAULT 0 NOT NULL,
  uploaded_by text NOT NULL,
  uploaded_name text NOT NULL,
  begun_at timestamp with time zone NOT NULL,
  uploaded_at timestamp with time zone,
  CONSTRAINT file_pkey PRIMARY KEY (city_code, file_id),
  CONSTRAINT file_check CHECK (((uploaded_at IS NULL) = (sha256 IS NULL))),
  CONSTRAINT file_name_check CHECK (((name <> ''::text) AND (length(name) <= 160))),
  CONSTRAINT file_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT file_size_bytes_check CHECK ((size_bytes > 0)),
  CONSTRAINT file_type_check CHECK ((type = ANY (ARRAY['pdf'::text, 'jpg'::text, 'png'::text, 'docx'::text, 'xlsx'::text])))
);

CREATE INDEX file_owner ON platform.file USING btree (city_code, owner_kind, owner_id);
CREATE INDEX file_unfinished ON platform.file USING btree (begun_at) WHERE (uploaded_at IS NULL);

GRANT DELETE ON platform.file TO yiping_app;
GRANT INSERT ON platform.file TO yiping_app;
GRANT SELECT ON platform.file TO yiping_app;
GRANT UPDATE ON platform.file TO yiping_app;

COMMENT ON TABLE platform.file IS 'Files that people hand in (附件); the room that owns one decides who may read it';
COMMENT ON COLUMN platform.file.city_code IS 'City to which it belongs';
COMMENT ON COLUMN platform.file.owner_kind IS 'The room that owns it, such as appeal';
COMMENT ON COLUMN platform.file.owner_id IS 'What it belongs to in that room';
COMMENT ON COLUMN platform.file.name IS 'Name without path and control characters, for saving it';
COMMENT ON COLUMN platform.file.type IS 'What it is by its content, never by its name';
COMMENT ON COLUMN platform.file.size_bytes IS 'Length of all chunks together';
COMMENT ON COLUMN platform.file.sha256 IS 'Hash of the content as received, hex';
COMMENT ON COLUMN platform.file.chunks IS 'How many chunks it has, numbered from 0';
COMMENT ON COLUMN platform.file.uploaded_by IS 'Account that handed it in';
COMMENT ON COLUMN platform.file.uploaded_name IS 'Name of that person';
COMMENT ON COLUMN platform.file.begun_at IS 'When the upload began';
COMMENT ON COLUMN platform.file.uploaded_at IS 'When it was complete; what never is, is cleared away';

CREATE TABLE platform.file_chunk (
  city_code text NOT NULL,
  file_id uuid NOT NULL,
  no integer NOT NULL,
  content bytea NOT NULL,
  CONSTRAINT file_chunk_pkey PRIMARY KEY (city_code, file_id, no),
  CONSTRAINT file_chunk_city_code_file_id_fkey FOREIGN KEY (city_code, file_id) REFERENCES platform.file(city_code, file_id) ON DELETE CASCADE
);

GRANT INSERT ON platform.file_chunk TO yiping_app;
GRANT SELECT ON platform.file_chunk TO yiping_app;

COMMENT ON TABLE platform.file_chunk IS 'Pieces of files, so that none is ever held in memory whole';
COMMENT ON COLUMN platform.file_chunk.city_code IS 'As in platform.file';
COMMENT ON COLUMN platform.file_chunk.no IS 'Order, from 0';
COMMENT ON COLUMN platform.file_chunk.content IS 'The bytes';

CREATE TABLE platform.mark (
  name text NOT NULL,
  value jsonb NOT NULL,
  marked_at timestamp with time zone NOT NULL,
  CONSTRAINT mark_pkey PRIMARY KEY (name)
);

GRANT INSERT ON platform.mark TO yiping_app;
GRANT SELECT ON platform.mark TO yiping_app;
GRANT UPDATE ON platform.mark TO yiping_app;

COMMENT ON TABLE platform.mark IS 'What the instance has done once, such as filling a new database';
COMMENT ON COLUMN platform.mark.value IS 'State and parameters, so that an interrupted filling goes on where it was';

CREATE TABLE platform.migration (
  name text NOT NULL,
  sha256 text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT migration_pkey PRIMARY KEY (name)
);

GRANT SELECT ON platform.migration TO yiping_app;

COMMENT ON TABLE platform.migration IS 'Migration files applied to this database';
COMMENT ON COLUMN platform.migration.sha256 IS 'Hash of the file as applied; a changed file stops the start';

CREATE TABLE platform.partitioned_table (
  parent text NOT NULL,
  by_instant boolean NOT NULL,
  CONSTRAINT partitioned_table_pkey PRIMARY KEY (parent)
);

GRANT SELECT ON platform.partitioned_table TO yiping_app;

COMMENT ON TABLE platform.partitioned_table IS 'Tables partitioned by month; each stage registers its own';
COMMENT ON COLUMN platform.partitioned_table.parent IS 'schema.table';
COMMENT ON COLUMN platform.partitioned_table.by_instant IS 'true: the key is a timestamptz, false: a date';

CREATE OR REPLACE FUNCTION platform.queue_depth()
 RETURNS TABLE(task text, waiting bigint, failed bigint, oldest_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT task_identifier, count(*) FILTER (WHERE attempts < max_attempts),
         count(*) FILTER (WHERE attempts >= max_attempts), min(run_at)
           FILTER (WHERE attempts < max_attempts)
  FROM graphile_worker.jobs GROUP BY 1
$function$
;

CREATE OR REPLACE FUNCTION platform.refresh_statistics()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  t regclass;
  refreshed int := 0;
BEGIN
  FOR t IN
    SELECT relid FROM pg_stat_user_tables
    WHERE schemaname IN ('registry', 'intake', 'feedback', 'conduct', 'handling', 'ledger')
      AND n_mod_since_analyze > 500 + n_live_tup / 10
  LOOP
    EXECUTE format('ANALYZE %s', t);
    refreshed := refreshed + 1;
  END LOOP;
  RETURN refreshed;
END $function$
;

CREATE OR REPLACE FUNCTION platform.waiting_facts(types text[])
 RETURNS TABLE(type text, payload json)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT j.payload ->> 'type', j.payload -> 'payload'
  FROM graphile_worker._private_jobs j
  JOIN graphile_worker._private_tasks t ON t.id = j.task_id
  WHERE t.identifier = 'fact' AND j.payload ->> 'type' = ANY (types)
$function$
;

CREATE TABLE registry.calendar_day (
  day date NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  CONSTRAINT calendar_day_pkey PRIMARY KEY (day),
  CONSTRAINT calendar_day_kind_check CHECK ((kind = ANY (ARRAY['holiday'::text, 'workday'::text])))
);

GRANT INSERT ON registry.calendar_day TO yiping_app;
GRANT SELECT ON registry.calendar_day TO yiping_app;
GRANT UPDATE ON registry.calendar_day TO yiping_app;

COMMENT ON TABLE registry.calendar_day IS 'Days that differ from the usual week: statutory holidays 节假日 and make-up working days 调休';

CREATE TABLE registry.city (
  city_code text NOT NULL,
  name text NOT NULL,
  CONSTRAINT city_pkey PRIMARY KEY (city_code),
  CONSTRAINT city_city_code_check CHECK ((city_code ~ '^[1-9][0-9]{5}$'::text))
);

GRANT INSERT ON registry.city TO yiping_app;
GRANT SELECT ON registry.city TO yiping_app;
GRANT UPDATE ON registry.city TO yiping_app;

COMMENT ON TABLE registry.city IS 'Cities that this system serves: its tenants';

CREATE TABLE registry.department (
  city_code text NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  region_code text NOT NULL,
  stationed boolean NOT NULL,
  CONSTRAINT department_pkey PRIMARY KEY (city_code, code),
  CONSTRAINT department_region_code_fkey FOREIGN KEY (region_code) REFERENCES registry.region(code),
  CONSTRAINT department_code_check CHECK ((length(code) = 18)),
  CONSTRAINT department_name_check CHECK ((name <> ''::text))
);

GRANT INSERT ON registry.department TO yiping_app;
GRANT SELECT ON registry.department TO yiping_app;
GRANT UPDATE ON registry.department TO yiping_app;

COMMENT ON TABLE registry.department IS 'Departments 部门 that serve in a hall, by unified social credit code (GB 32100)';
COMMENT ON COLUMN registry.department.stationed IS 'Has people and items in the hall 进驻';

CREATE TABLE registry.device (
  city_code text NOT NULL,
  device_id uuid NOT NULL,
  kind text NOT NULL,
  window_code text NOT NULL,
  name text NOT NULL,
  keys jsonb,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  pairing_code_hash bytea,
  pairing_until timestamp with time zone,
  pairing_by text,
  credential_hash bytea,
  paired_by text,
  paired_at timestamp with time zone,
  revoked_by text,
  revoked_at timestamp with time zone,
  seen_at timestamp with time zone,
  waiting integer,
  CONSTRAINT device_pkey PRIMARY KEY (city_code, device_id),
  CONSTRAINT device_city_code_window_code_fkey FOREIGN KEY (city_code, window_code) REFERENCES registry.service_window(city_code, code),
  CONSTRAINT device_check CHECK (((kind = 'button'::text) = (keys IS NOT NULL))),
  CONSTRAINT device_check1 CHECK (((pairing_code_hash IS NULL) = (pairing_until IS NULL))),
  CONSTRAINT device_check2 CHECK (((credential_hash IS NULL) = (paired_at IS NULL))),
  CONSTRAINT device_kind_check CHECK ((kind = ANY (ARRAY['tablet'::text, 'button'::text]))),
  CONSTRAINT device_waiting_check CHECK ((waiting >= 0))
);

CREATE UNIQUE INDEX device_credential ON registry.device USING btree (city_code, credential_hash) WHERE (credential_hash IS NOT NULL);
CREATE UNIQUE INDEX device_pairing_code ON registry.device USING btree (city_code, pairing_code_hash) WHERE (pairing_code_hash IS NOT NULL);
CREATE INDEX device_window ON registry.device USING btree (city_code, window_code);

GRANT INSERT ON registry.device TO yiping_app;
GRANT SELECT ON registry.device TO yiping_app;
GRANT UPDATE ON registry.device TO yiping_app;

COMMENT ON TABLE registry.device IS 'Rating tablets and button devices (设备), each bound to a window';
COMMENT ON COLUMN registry.device.kind IS 'tablet: shows the kiosk page; button: keys without a screen';
COMMENT ON COLUMN registry.device.keys IS 'Of a button device: what each of its keys means, as satisfaction with tags by the key''s name';
COMMENT ON COLUMN registry.device.pairing_code_hash IS 'Keyed hash of the open pairing code; emptied by whoever uses it first';
COMMENT ON COLUMN registry.device.pairing_until IS 'First instant at which the pairing code is void';
COMMENT ON COLUMN registry.device.pairing_by IS 'Account that made the open pairing code';
COMMENT ON COLUMN registry.device.credential_hash IS 'SHA-256 of the secret that the device holds: a copy of this table opens nothing';
COMMENT ON COLUMN registry.device.paired_by IS 'Account that made the code or the credential';
COMMENT ON COLUMN registry.device.revoked_at IS 'Since when it is refused, for good; null: it may rate';
COMMENT ON COLUMN registry.device.seen_at IS 'When it last spoke to the server';
COMMENT ON COLUMN registry.device.waiting IS 'Ratings that wait on it for the line, as it last told';

CREATE TABLE registry.item_material (
  city_code text NOT NULL,
  item_code text NOT NULL,
  material_no integer NOT NULL,
  name text NOT NULL,
  applicant text NOT NULL,
  form text NOT NULL,
  copies integer NOT NULL,
  may_follow boolean NOT NULL,
  source text,
  CONSTRAINT item_material_pkey PRIMARY KEY (city_code, item_code, material_no),
  CONSTRAINT item_material_city_code_item_code_fkey FOREIGN KEY (city_code, item_code) REFERENCES registry.service_item(city_code, code),
  CONSTRAINT item_material_applicant_check CHECK ((applicant = ANY (ARRAY['any'::text, 'person'::text, 'company'::text]))),
  CONSTRAINT item_material_copies_check CHECK (((copies >= 1) AND (copies <= 99))),
  CONSTRAINT item_material_form_check CHECK ((form = ANY (ARRAY['original'::text, 'copy'::text, 'electronic'::text]))),
  CONSTRAINT item_material_material_no_check CHECK ((material_no > 0)),
  CONSTRAINT item_material_name_check CHECK ((name <> ''::text))
);

GRANT DELETE ON registry.item_material TO yiping_app;
GRANT INSERT ON registry.item_material TO yiping_app;
GRANT SELECT ON registry.item_material TO yiping_app;
GRANT UPDATE ON registry.item_material TO yiping_app;

COMMENT ON TABLE registry.item_material IS 'Papers 申请材料 that an item asks for, by kind of applicant';
COMMENT ON COLUMN registry.item_material.material_no IS 'Its place in the list of the item';
COMMENT ON COLUMN registry.item_material.applicant IS 'Whom it is asked of: any, person 自然人, company 法人和其他组织';
COMMENT ON COLUMN registry.item_material.form IS 'original 原件, copy 复印件, electronic 电子件';
COMMENT ON COLUMN registry.item_material.copies IS 'How many of it';
COMMENT ON COLUMN registry.item_material.may_follow IS 'May be handed in after acceptance 可容缺';
COMMENT ON COLUMN registry.item_material.source IS 'Clause by which it is asked for';

CREATE TABLE registry.item_step (
  city_code text NOT NULL,
  item_code text NOT NULL,
  step_no integer NOT NULL,
  name text NOT NULL,
  department_code text NOT NULL,
  two_person boolean NOT NULL,
  CONSTRAINT item_step_pkey PRIMARY KEY (city_code, item_code, step_no),
  CONSTRAINT item_step_city_code_department_code_fkey FOREIGN KEY (city_code, department_code) REFERENCES registry.department(city_code, code),
  CONSTRAINT item_step_city_code_item_code_fkey FOREIGN KEY (city_code, item_code) REFERENCES registry.service_item(city_code, code),
  CONSTRAINT item_step_name_check CHECK ((name <> ''::text)),
  CONSTRAINT item_step_step_no_check CHECK ((step_no > 0))
);

GRANT DELETE ON registry.item_step TO yiping_app;
GRANT INSERT ON registry.item_step TO yiping_app;
GRANT SELECT ON registry.item_step TO yiping_app;
GRANT UPDATE ON registry.item_step TO yiping_app;

COMMENT ON TABLE registry.item_step IS 'Steps of an item''s approval 审批环节; without any, its department decides alone';
COMMENT ON COLUMN registry.item_step.step_no IS 'Their order';
COMMENT ON COLUMN registry.item_step.department_code IS 'Whose back office takes the step';
COMMENT ON COLUMN registry.item_step.two_person IS 'Whoever accepted or decided before may not decide it 审办分离';

CREATE TABLE registry.posting (
  city_code text NOT NULL,
  staff_no text NOT NULL,
  window_code text NOT NULL,
  role text NOT NULL,
  from_date date NOT NULL,
  to_date date,
  CONSTRAINT posting_pkey PRIMARY KEY (city_code, staff_no, window_code, role, from_date),
  CONSTRAINT posting_city_code_staff_no_fkey FOREIGN KEY (city_code, staff_no) REFERENCES registry.staff(city_code, staff_no),
  CONSTRAINT posting_city_code_window_code_fkey FOREIGN KEY (city_code, window_code) REFERENCES registry.service_window(city_code, code),
  CONSTRAINT posting_check CHECK ((to_date >= from_date)),
  CONSTRAINT posting_role_check CHECK ((role = ANY (ARRAY['clerk'::text, 'chief_representative'::text, 'supervisor'::text])))
);

CREATE INDEX posting_window ON registry.posting USING btree (city_code, window_code, from_date);

GRANT INSERT ON registry.posting TO yiping_app;
GRANT SELECT ON registry.posting TO yiping_app;
GRANT UPDATE ON registry.posting TO yiping_app;

COMMENT ON TABLE registry.posting IS 'Who served at which window from when to when 派岗; both days included';
COMMENT ON COLUMN registry.posting.role IS 'clerk 窗口人员, chief_representative 首席代表, supervisor 值班主任';
COMMENT ON COLUMN registry.posting.to_date IS 'Last day; none while it lasts';

CREATE TABLE registry.region (
  code text NOT NULL,
  name text NOT NULL,
  level text NOT NULL,
  parent_code text,
  CONSTRAINT region_pkey PRIMARY KEY (code),
  CONSTRAINT region_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES registry.region(code),
  CONSTRAINT region_check CHECK (((parent_code IS NULL) = (level = 'province'::text))),
  CONSTRAINT region_code_check CHECK ((code ~ '^[1-9][0-9]{11}$'::text)),
  CONSTRAINT region_level_check CHECK ((level = ANY (ARRAY['province'::text, 'city'::text, 'county'::text, 'township'::text]))),
  CONSTRAINT region_name_check CHECK ((name <> ''::text))
);

CREATE INDEX region_parent ON registry.region USING btree (parent_code);

GRANT INSERT ON registry.region TO yiping_app;
GRANT SELECT ON registry.region TO yiping_app;
GRANT UPDATE ON registry.region TO yiping_app;

COMMENT ON TABLE registry.region IS 'Regions 行政区划: 12 digits (GB/T 2260 and the statistics bureau)';
COMMENT ON COLUMN registry.region.parent_code IS 'The region above; none for a province';

CREATE TABLE registry.region_alias (
  old_prefix text NOT NULL,
  new_prefix text NOT NULL,
  CONSTRAINT region_alias_pkey PRIMARY KEY (old_prefix),
  CONSTRAINT region_alias_check CHECK ((length(new_prefix) = length(old_prefix))),
  CONSTRAINT region_alias_old_prefix_check CHECK ((old_prefix ~ '^[1-9][0-9]{3,11}$'::text))
);

GRANT INSERT ON registry.region_alias TO yiping_app;
GRANT SELECT ON registry.region_alias TO yiping_app;
GRANT UPDATE ON registry.region_alias TO yiping_app;

COMMENT ON TABLE registry.region_alias IS 'Codes that regions had before: the first digits, replaced by the present ones';
COMMENT ON COLUMN registry.region_alias.old_prefix IS 'First digits of the former codes, such as 370882';
COMMENT ON COLUMN registry.region_alias.new_prefix IS 'As many digits that stand there today, such as 370812';

CREATE TABLE registry.service_item (
  city_code text NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  department_code text NOT NULL,
  owner_code text NOT NULL,
  type text NOT NULL,
  promise text NOT NULL,
  promised_days integer,
  initials text DEFAULT ''::text NOT NULL,
  pinyin text DEFAULT ''::text NOT NULL,
  sought text GENERATED ALWAYS AS (((((((lower(name) || chr(10)) || initials) || chr(10)) || pinyin) || chr(10)) || lower(code))) STORED,
  CONSTRAINT service_item_pkey PRIMARY KEY (city_code, code),
  CONSTRAINT service_item_city_code_department_code_fkey FOREIGN KEY (city_code, department_code) REFERENCES registry.department(city_code, code),
  CONSTRAINT service_item_code_check CHECK ((length(code) = ANY (ARRAY[31, 33]))),
  CONSTRAINT service_item_name_check CHECK ((name <> ''::text)),
  CONSTRAINT service_item_promise_check CHECK ((promise = ANY (ARRAY['instant'::text, 'promised'::text]))),
  CONSTRAINT service_item_promised_days_check CHECK ((promised_days > 0)),
  CONSTRAINT service_item_type_check CHECK ((type ~ '^[0-9]{2}$'::text))
);

CREATE INDEX service_item_department ON registry.service_item USING btree (city_code, department_code);

GRANT INSERT ON registry.service_item TO yiping_app;
GRANT SELECT ON registry.service_item TO yiping_app;
GRANT UPDATE ON registry.service_item TO yiping_app;

COMMENT ON TABLE registry.service_item IS 'Service items 事项 by their code of 31 or 33 characters';
COMMENT ON COLUMN registry.service_item.owner_code IS 'Department that the code itself names; department_code, which handles the item, may be another';
COMMENT ON COLUMN registry.service_item.type IS 'Two digits: 01 licence … 20 public service; 02 03 04 06 are not ratable';
COMMENT ON COLUMN registry.service_item.promise IS 'instant 即办件, promised 承诺件';
COMMENT ON COLUMN registry.service_item.promised_days IS 'Working days; none for what is settled at once';
COMMENT ON COLUMN registry.service_item.initials IS 'First letters of the name''s pinyin; empty until imported';
COMMENT ON COLUMN registry.service_item.pinyin IS 'The name''s pinyin without tones, in one word';
COMMENT ON COLUMN registry.service_item.sought IS 'All that an item is found by, a line each';

CREATE TABLE registry.service_window (
  city_code text NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  department_code text NOT NULL,
  region_code text NOT NULL,
  kind text NOT NULL,
  floor text,
  hours text,
  CONSTRAINT service_window_pkey PRIMARY KEY (city_code, code),
  CONSTRAINT service_window_city_code_department_code_fkey FOREIGN KEY (city_code, department_code) REFERENCES registry.department(city_code, code),
  CONSTRAINT service_window_region_code_fkey FOREIGN KEY (region_code) REFERENCES registry.region(code),
  CONSTRAINT service_window_hours_check CHECK ((hours ~ '^([0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2})(,[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2})*$'::text)),
  CONSTRAINT service_window_kind_check CHECK ((kind = ANY (ARRAY['general'::text, 'issue'::text, 'department'::text, 'stuck_matter'::text]))),
  CONSTRAINT service_window_name_check CHECK ((name <> ''::text))
);

CREATE INDEX service_window_department ON registry.service_window USING btree (city_code, department_code);

GRANT INSERT ON registry.service_window TO yiping_app;
GRANT SELECT ON registry.service_window TO yiping_app;
GRANT UPDATE ON registry.service_window TO yiping_app;

COMMENT ON TABLE registry.service_window IS 'Windows 窗口 of the halls';
COMMENT ON COLUMN registry.service_window.region_code IS 'Region of the hall it stands in: decides the unit of assessment';
COMMENT ON COLUMN registry.service_window.kind IS 'general 综合受理, issue 统一出件, department 部门专窗, stuck_matter 办不成事';
COMMENT ON COLUMN registry.service_window.floor IS 'Where in the hall, in the hall''s own words';
COMMENT ON COLUMN registry.service_window.hours IS 'Opening hours such as 09:00-12:00,13:30-17:00';

CREATE TABLE registry.staff (
  city_code text NOT NULL,
  staff_no text NOT NULL,
  name text NOT NULL,
  identity text NOT NULL,
  department_code text NOT NULL,
  CONSTRAINT staff_pkey PRIMARY KEY (city_code, staff_no),
  CONSTRAINT staff_city_code_department_code_fkey FOREIGN KEY (city_code, department_code) REFERENCES registry.department(city_code, code),
  CONSTRAINT staff_identity_check CHECK ((identity = ANY (ARRAY['civil_servant'::text, 'stationed'::text, 'purchased'::text]))),
  CONSTRAINT staff_name_check CHECK ((name <> ''::text))
);

CREATE INDEX staff_department ON registry.staff USING btree (city_code, department_code);

GRANT INSERT ON registry.staff TO yiping_app;
GRANT SELECT ON registry.staff TO yiping_app;
GRANT UPDATE ON registry.staff TO yiping_app;

COMMENT ON TABLE registry.staff IS 'Staff 人员 of the halls';
COMMENT ON COLUMN registry.staff.identity IS 'civil_servant 公务员, stationed 派驻, purchased 政府购买服务';

CREATE VIEW registry.v_calendar_day AS
 SELECT day, kind, name
   FROM registry.calendar_day;

GRANT SELECT ON registry.v_calendar_day TO yiping_app;

COMMENT ON VIEW registry.v_calendar_day IS 'Published: days that differ from the usual week';

CREATE VIEW registry.v_city AS
 SELECT city_code, name
   FROM registry.city;

GRANT SELECT ON registry.v_city TO yiping_app;

COMMENT ON VIEW registry.v_city IS 'Published: the cities served';

CREATE VIEW registry.v_department AS
 SELECT city_code, code, name, region_code, stationed
   FROM registry.department;

GRANT SELECT ON registry.v_department TO yiping_app;

COMMENT ON VIEW registry.v_department IS 'Published: departments';

CREATE VIEW registry.v_device AS
 SELECT city_code, device_id, kind, window_code, name, paired_at, revoked_at, seen_at, waiting
   FROM registry.device;

GRANT SELECT ON registry.v_device TO yiping_app;

COMMENT ON VIEW registry.v_device IS 'Published: devices with their windows, without their secrets';

CREATE VIEW registry.v_item AS
 SELECT city_code, code, name, department_code, owner_code, type, promise, promised_days,
    type <> ALL (ARRAY['02'::text, '03'::text, '04'::text, '06'::text]) AS ratable
   FROM registry.service_item;

GRANT SELECT ON registry.v_item TO yiping_app;

COMMENT ON VIEW registry.v_item IS 'Published: service items; ratable unless their type governs by force';

CREATE VIEW registry.v_posting AS
 SELECT city_code, staff_no, window_code, role, from_date, to_date
   FROM registry.posting;

GRANT SELECT ON registry.v_posting TO yiping_app;

COMMENT ON VIEW registry.v_posting IS 'Published: postings; to_date is the last day, none while it lasts';

CREATE VIEW registry.v_region AS
 SELECT code, name, level, parent_code,
        CASE level
            WHEN 'province'::text THEN "left"(code, 2)
            WHEN 'city'::text THEN "left"(code, 4)
            WHEN 'county'::text THEN "left"(code, 6)
            ELSE "left"(code, 9)
        END AS prefix
   FROM registry.region;

GRANT SELECT ON registry.v_region TO yiping_app;

COMMENT ON VIEW registry.v_region IS 'Published: regions; prefix = the digits that it and all below it begin with';

CREATE VIEW registry.v_staff AS
 SELECT city_code, staff_no, name, identity, department_code
   FROM registry.staff;

GRANT SELECT ON registry.v_staff TO yiping_app;

COMMENT ON VIEW registry.v_staff IS 'Published: staff';

CREATE VIEW registry.v_window AS
 SELECT city_code, code, name, department_code, region_code, kind, floor, hours,
    "left"(hours, 5) AS opens, "right"(hours, 5) AS closes
   FROM registry.service_window;

GRANT SELECT ON registry.v_window TO yiping_app;

COMMENT ON VIEW registry.v_window IS 'Published: windows; opens and closes are the first and last time of hours';

CREATE VIEW registry.v_workday AS
 SELECT d.d::date AS day,
    count(*) FILTER (WHERE COALESCE(c.kind = 'workday'::text, EXTRACT(isodow FROM d.d) < 6::numeric)) OVER (ORDER BY d.d) AS number
   FROM generate_series('2019-01-01 00:00:00'::timestamp without time zone, '2039-12-31 00:00:00'::timestamp without time zone, '1 day'::interval) d(d)
     LEFT JOIN registry.calendar_day c ON c.day = d.d::date;

GRANT SELECT ON registry.v_workday TO yiping_app;

COMMENT ON VIEW registry.v_workday IS 'Published: days with how many working days there were up to them; differences are working days between';

CREATE TABLE uses.publication_archive (
  city_code text NOT NULL,
  month date NOT NULL,
  archived_at timestamp with time zone NOT NULL,
  figures text NOT NULL,
  handling text NOT NULL,
  digest text NOT NULL,
  total text DEFAULT '{}'::text NOT NULL,
  CONSTRAINT publication_archive_pkey PRIMARY KEY (city_code, month),
  CONSTRAINT publication_archive_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text))
);

GRANT INSERT ON uses.publication_archive TO yiping_app;
GRANT SELECT ON uses.publication_archive TO yiping_app;

COMMENT ON TABLE uses.publication_archive IS 'What was published of a month 公开数据存档: kept to the letter, one row a month; corrections are told beside it';
COMMENT ON COLUMN uses.publication_archive.month IS 'First day of the month of service';
COMMENT ON COLUMN uses.publication_archive.figures IS 'The public figures of the month as JSON, as they were handed out; small lines withheld';
COMMENT ON COLUMN uses.publication_archive.handling IS 'How its bad ratings were answered, as JSON in the same way';
COMMENT ON COLUMN uses.publication_archive.digest IS 'SHA-256 in hex of figures, a line feed and handling';
COMMENT ON COLUMN uses.publication_archive.total IS 'The line of the whole city out of figures, as JSON';
