-- 电话回访: whom the office calls back, how the sample was drawn, and what people said.

CREATE VIEW intake.v_unwilling_step AS
  SELECT a.city_code, a.service_month, a.step_id FROM intake.applicant a
  JOIN intake.sms_opt_out o ON o.city_code = a.city_code AND o.mobile_hash = a.mobile_hash;
COMMENT ON VIEW intake.v_unwilling_step IS
  'Published: steps whose person wants no contact by phone or message (退订); nobody calls back';
GRANT SELECT ON intake.v_unwilling_step TO yiping_app;

CREATE TABLE feedback.call_seed (
  city_code text NOT NULL,
  week date NOT NULL,
  seed_enc bytea NOT NULL,
  seed_hash bytea NOT NULL,
  committed_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, week)
);
COMMENT ON TABLE feedback.call_seed IS
  'Seeds of coming draws: sealed until their draw, their hash is published before (回访抽样种子)';
COMMENT ON COLUMN feedback.call_seed.week IS 'Monday of the week whose finished cases are drawn from';
COMMENT ON COLUMN feedback.call_seed.seed_enc IS 'The seed of 32 random bytes, encrypted';
COMMENT ON COLUMN feedback.call_seed.seed_hash IS 'SHA-256 of the seed';

CREATE TABLE feedback.call_draw (
  city_code text NOT NULL,
  week date NOT NULL,
  drawn_at timestamptz NOT NULL,
  seed bytea NOT NULL CHECK (length(seed) = 32),
  seed_hash bytea NOT NULL,
  committed_at timestamptz NOT NULL,
  rule jsonb NOT NULL,
  finished int NOT NULL,
  others int NOT NULL,
  unreachable int NOT NULL,
  listed int NOT NULL,
  windows int NOT NULL,
  clerks int NOT NULL,
  sampled int NOT NULL,
  list_hash bytea NOT NULL,
  list text NOT NULL,
  PRIMARY KEY (city_code, week)
);
COMMENT ON TABLE feedback.call_draw IS
  'The weekly draw of cases to be called back (回访抽样), with all that is needed to repeat it; only added to';
COMMENT ON COLUMN feedback.call_draw.week IS 'Monday of the week whose finished cases were drawn from';
COMMENT ON COLUMN feedback.call_draw.seed IS 'Published with the draw';
COMMENT ON COLUMN feedback.call_draw.seed_hash IS 'SHA-256 of the seed, published before the week ended';
COMMENT ON COLUMN feedback.call_draw.rule IS 'Numbers that held: percent, least of window, clerk and city';
COMMENT ON COLUMN feedback.call_draw.finished IS 'Cases finished in the week';
COMMENT ON COLUMN feedback.call_draw.others IS 'Of them called back anyway: rated badly, or with a voice';
COMMENT ON COLUMN feedback.call_draw.unreachable IS
  'Of the rest without a phone, rated anonymously, or of people who want no contact';
COMMENT ON COLUMN feedback.call_draw.listed IS 'Cases of the list that was drawn from';
COMMENT ON COLUMN feedback.call_draw.windows IS 'Windows of the list';
COMMENT ON COLUMN feedback.call_draw.clerks IS 'Clerks of the list';
COMMENT ON COLUMN feedback.call_draw.sampled IS 'Cases drawn';
COMMENT ON COLUMN feedback.call_draw.list_hash IS 'SHA-256 of the list';
COMMENT ON COLUMN feedback.call_draw.list IS
  'The list: a line a case in byte order, its number, step, window and clerk apart by tabs';

CREATE TABLE feedback.call_counter (
  city_code text NOT NULL,
  year int NOT NULL,
  next int NOT NULL,
  PRIMARY KEY (city_code, year)
);
COMMENT ON TABLE feedback.call_counter IS 'How many call-backs a city has numbered in a year';
COMMENT ON COLUMN feedback.call_counter.year IS 'Calendar year';
COMMENT ON COLUMN feedback.call_counter.next IS 'The number given last';

CREATE TABLE feedback.call_back (
  city_code text NOT NULL,
  call_id uuid NOT NULL,
  number text NOT NULL,
  source text NOT NULL CHECK (source IN ('bad_rating', 'stuck_matter', 'complaint', 'suggestion', 'sample')),
  source_key text NOT NULL,
  week date,
  order_id uuid,
  step_id bigint,
  service_month date,
  voice_id uuid,
  project_no text,
  service_number int,
  window_code text,
  staff_no text,
  region_code text NOT NULL,
  department_code text,
  served_on date NOT NULL,
  opened_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  yellow_from timestamptz NOT NULL,
  red_from timestamptz NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  outcome text CHECK (outcome IN ('reached', 'no_answer', 'refused', 'wrong_number', 'unneeded')),
  closed_at timestamptz,
  closed_on date,
  caller text,
  caller_staff text,
  satisfied boolean,
  attitude text CHECK (attitude IN ('good', 'fair', 'poor')),
  efficiency text CHECK (efficiency IN ('good', 'fair', 'poor')),
  told_once boolean,
  one_go boolean,
  on_time boolean,
  asked_money boolean,
  rated boolean,
  praised boolean,
  remark text,
  PRIMARY KEY (city_code, call_id),
  UNIQUE (city_code, number),
  UNIQUE (city_code, source, source_key),
  CHECK ((outcome IS NULL) = (closed_at IS NULL)),
  CHECK ((closed_at IS NULL) = (closed_on IS NULL)),
  CHECK ((satisfied IS NOT NULL) = (outcome IS NOT DISTINCT FROM 'reached'))
);
CREATE INDEX call_back_due ON feedback.call_back (city_code, due_at, call_id) WHERE closed_at IS NULL;
CREATE INDEX call_back_closed ON feedback.call_back (city_code, closed_on);
CREATE INDEX call_back_order ON feedback.call_back (city_code, order_id) WHERE closed_at IS NULL;
CREATE INDEX call_back_week ON feedback.call_back (city_code, week) WHERE week IS NOT NULL;
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
COMMENT ON COLUMN feedback.call_back.outcome IS
  'How it ended, empty while it is open; unneeded: its order was accepted or reopened without it';
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

CREATE TABLE feedback.call_attempt (
  city_code text NOT NULL,
  call_id uuid NOT NULL,
  attempt int NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('reached', 'no_answer', 'refused', 'wrong_number')),
  called_at timestamptz NOT NULL,
  called_on date NOT NULL,
  caller_id text NOT NULL,
  caller text NOT NULL,
  note text,
  PRIMARY KEY (city_code, call_id, attempt),
  FOREIGN KEY (city_code, call_id) REFERENCES feedback.call_back (city_code, call_id)
);
COMMENT ON TABLE feedback.call_attempt IS
  'Each time that somebody called; only added to, but its note is erased in time';
COMMENT ON COLUMN feedback.call_attempt.attempt IS 'Counts from 1';
COMMENT ON COLUMN feedback.call_attempt.outcome IS 'How it went';
COMMENT ON COLUMN feedback.call_attempt.called_on IS 'Day of called_at in China';
COMMENT ON COLUMN feedback.call_attempt.caller IS 'Username at that time';

CREATE VIEW feedback.v_call_result AS
  SELECT city_code, closed_on, source, step_id, service_month, staff_no, window_code, satisfied
  FROM feedback.call_back WHERE outcome = 'reached';
COMMENT ON VIEW feedback.v_call_result IS
  'Published: call-backs that reached somebody, and whether they were content; they count on their day';

GRANT SELECT, INSERT ON feedback.call_draw, feedback.call_attempt TO yiping_app;
GRANT UPDATE (note) ON feedback.call_attempt TO yiping_app;
GRANT SELECT, INSERT, DELETE ON feedback.call_seed TO yiping_app;
GRANT SELECT, INSERT, UPDATE ON feedback.call_back, feedback.call_counter TO yiping_app;
GRANT SELECT ON feedback.v_call_result TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('caller', 'call.read'), ('caller', 'call.make'),
  ('supervisor', 'call.read'), ('assessment_office', 'call.read'), ('leader', 'call.read'),
  ('auditor', 'call.read');
