-- 办件: cases, their ratable steps, the persons behind them (encrypted, apart), corrections.

CREATE TABLE intake.case_file (
  city_code text NOT NULL,
  project_no text NOT NULL,
  project_name text,
  first_seen_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, project_no)
);
COMMENT ON TABLE intake.case_file IS 'A case (办件), known by its national case number';
COMMENT ON COLUMN intake.case_file.project_no IS 'projectNo 办件编号';

CREATE TABLE intake.step_counter (
  city_code text NOT NULL,
  service_month date NOT NULL,
  next bigint NOT NULL,
  PRIMARY KEY (city_code, service_month)
);
COMMENT ON TABLE intake.step_counter IS 'Next sequence of record numbers in a city and month';

CREATE TABLE intake.case_step (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  project_no text NOT NULL,
  service_number int NOT NULL,
  service_month date NOT NULL,
  service_time timestamptz NOT NULL,
  service_name text NOT NULL,
  area_code text NOT NULL,
  dept_code text NOT NULL,
  task_code text NOT NULL,
  task_name text NOT NULL,
  window_code text,
  staff_no text,
  pro_status smallint NOT NULL,
  pro_channel smallint NOT NULL,
  accept_date timestamptz,
  result_date timestamptz,
  promise_day int,
  user_prop smallint,
  details jsonb,
  short_code text NOT NULL,
  ratable_until timestamptz NOT NULL,
  has_mobile boolean NOT NULL,
  source text NOT NULL CHECK (source IN ('api', 'file', 'demo')),
  content_hash bytea NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, step_id),
  UNIQUE (city_code, project_no, service_number),
  UNIQUE (city_code, short_code),
  FOREIGN KEY (city_code, project_no) REFERENCES intake.case_file (city_code, project_no)
);
CREATE INDEX case_step_month ON intake.case_step (city_code, service_month, staff_no);
CREATE INDEX case_step_time ON intake.case_step (city_code, service_time DESC, step_id DESC);
CREATE INDEX case_step_window ON intake.case_step (city_code, window_code, service_time DESC);
COMMENT ON TABLE intake.case_step IS
  'A service record: one ratable step of a case (projectNo + serviceNumber)';
COMMENT ON COLUMN intake.step_counter.next IS 'The next free sequence number, from 1';
COMMENT ON COLUMN intake.case_step.service_number IS 'serviceNumber: the step within its case';
COMMENT ON COLUMN intake.case_step.service_time IS
  'serviceTime: when the service took place, by the other system';
COMMENT ON COLUMN intake.case_step.accept_date IS 'acceptDate 受理时间';
COMMENT ON COLUMN intake.case_step.result_date IS 'resultDate 办结时间';
COMMENT ON COLUMN intake.case_step.user_prop IS
  '1 person, 2 company, 3 public institution, 4 social organisation, 5 unincorporated, 6 agency, 9 other';
COMMENT ON COLUMN intake.case_step.source IS 'How the record came: API, file, or the invented demo';
COMMENT ON COLUMN intake.case_step.step_id IS
  'Record number: city 20 bits, months since 2020-01 10 bits, sequence 33 bits';
COMMENT ON COLUMN intake.case_step.service_month IS
  'First day of the month of service_time in +08:00; never changes';
COMMENT ON COLUMN intake.case_step.window_code IS 'Window that served; an approved correction changes it';
COMMENT ON COLUMN intake.case_step.staff_no IS 'Clerk who served; an approved correction changes it';
COMMENT ON COLUMN intake.case_step.dept_code IS
  'Serving department; may differ from the owner inside task_code';
COMMENT ON COLUMN intake.case_step.pro_status IS '1 to do, 2 accepted, 3 completed';
COMMENT ON COLUMN intake.case_step.pro_channel IS '1 online, 2 offline';
COMMENT ON COLUMN intake.case_step.promise_day IS 'Promised working days';
COMMENT ON COLUMN intake.case_step.details IS 'Further national fields that nothing computes with';
COMMENT ON COLUMN intake.case_step.short_code IS
  'Six characters of Crockford base32; opens the record only with the window''s code';
COMMENT ON COLUMN intake.case_step.ratable_until IS 'First instant at which the step is no longer ratable';
COMMENT ON COLUMN intake.case_step.has_mobile IS 'A phone is known, so that a rating can be real-name';
COMMENT ON COLUMN intake.case_step.content_hash IS
  'Keyed hash of the record as received: a differing repeat is refused';

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
  pseudonymised_at timestamptz,
  PRIMARY KEY (city_code, step_id),
  FOREIGN KEY (city_code, step_id) REFERENCES intake.case_step (city_code, step_id)
);
CREATE INDEX applicant_mobile ON intake.applicant (city_code, mobile_hash) WHERE mobile_hash IS NOT NULL;
CREATE INDEX applicant_due ON intake.applicant (city_code, service_month) WHERE pseudonymised_at IS NULL;
COMMENT ON TABLE intake.applicant IS
  'Personal fields of a step: AES-256-GCM beside keyed hashes; erased after retention';
COMMENT ON COLUMN intake.applicant.user_name_enc IS 'Name, sealed';
COMMENT ON COLUMN intake.applicant.user_name_hash IS 'Keyed hash of the name, for matching';
COMMENT ON COLUMN intake.applicant.cert_key_enc IS 'Certificate number, sealed';
COMMENT ON COLUMN intake.applicant.cert_key_hash IS 'Keyed hash of the certificate number, for matching';
COMMENT ON COLUMN intake.applicant.mobile_enc IS 'Mobile phone, sealed';
COMMENT ON COLUMN intake.applicant.mobile_hash IS 'Keyed hash of the phone, for matching';
COMMENT ON COLUMN intake.applicant.user_page_type IS 'Kind of certificate; 111 is the resident identity card';
COMMENT ON COLUMN intake.applicant.mobile_last4_hash IS
  'Keyed hash of the last four digits, for finding a case at the window';
COMMENT ON COLUMN intake.applicant.agent_enc IS 'The agent''s fields (handleUser*), one sealed JSON';
COMMENT ON COLUMN intake.applicant.pseudonymised_at IS
  'When the sealed fields and hashes were emptied for good';

CREATE TABLE intake.correction (
  city_code text NOT NULL,
  correction_id uuid NOT NULL,
  step_id bigint NOT NULL,
  field text NOT NULL CHECK (field IN ('staff', 'window', 'mobile')),
  before_value text,
  after_value text,
  mobile_enc bytea,
  reason text NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected')),
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  decision_note text,
  PRIMARY KEY (city_code, correction_id),
  FOREIGN KEY (city_code, step_id) REFERENCES intake.case_step (city_code, step_id),
  CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX correction_open ON intake.correction (city_code, step_id, field) WHERE state = 'proposed';
CREATE INDEX correction_state ON intake.correction (city_code, state, proposed_at DESC);
COMMENT ON TABLE intake.correction IS
  'Corrections of clerk, window or phone kept beside the record, decided by a second person';
COMMENT ON COLUMN intake.correction.field IS 'What was recorded wrongly';
COMMENT ON COLUMN intake.correction.decision_note IS 'What the second person wrote with the decision';
COMMENT ON COLUMN intake.correction.before_value IS 'Former staff number or window code; masked for a phone';
COMMENT ON COLUMN intake.correction.after_value IS 'New staff number or window code; masked for a phone';
COMMENT ON COLUMN intake.correction.mobile_enc IS 'The new phone, sealed, until it is decided';

-- Published for downstream: what a rating needs to know of a step. No personal field.
CREATE VIEW intake.ratable_step AS
  SELECT city_code, step_id, service_month, service_time, ratable_until, project_no, service_number,
    service_name,
         task_code, task_name, window_code, staff_no, dept_code, area_code AS region_code, pro_status,
           pro_channel,
         accept_date, result_date, promise_day, has_mobile, source
  FROM intake.case_step;
COMMENT ON VIEW intake.ratable_step IS
  'Published: each ratable step with whom it charges, without personal data';

GRANT SELECT, INSERT, UPDATE ON intake.case_file, intake.step_counter, intake.case_step, intake.applicant,
  intake.correction TO yiping_app;
GRANT SELECT ON intake.ratable_step TO yiping_app;
