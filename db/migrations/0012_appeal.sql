-- 申诉: files in the database, limits with an owner, and what a subject objects to.

CREATE TABLE platform.file (
  city_code text NOT NULL,
  file_id uuid NOT NULL,
  owner_kind text NOT NULL,
  owner_id text NOT NULL,
  name text NOT NULL CHECK (name <> '' AND length(name) <= 160),
  type text CHECK (type IN ('pdf', 'jpg', 'png', 'docx', 'xlsx')),
  size_bytes int CHECK (size_bytes > 0),
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  chunks int NOT NULL DEFAULT 0,
  uploaded_by text NOT NULL,
  uploaded_name text NOT NULL,
  begun_at timestamptz NOT NULL,
  uploaded_at timestamptz,
  PRIMARY KEY (city_code, file_id),
  CHECK ((uploaded_at IS NULL) = (sha256 IS NULL))
);
CREATE INDEX file_owner ON platform.file (city_code, owner_kind, owner_id);
CREATE INDEX file_unfinished ON platform.file (begun_at) WHERE uploaded_at IS NULL;
COMMENT ON TABLE platform.file IS
  'Files that people hand in (附件); the room that owns one decides who may read it';
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
  no int NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (city_code, file_id, no),
  FOREIGN KEY (city_code, file_id) REFERENCES platform.file (city_code, file_id) ON DELETE CASCADE
);
COMMENT ON TABLE platform.file_chunk IS 'Pieces of files, so that none is ever held in memory whole';
COMMENT ON COLUMN platform.file_chunk.city_code IS 'As in platform.file';
COMMENT ON COLUMN platform.file_chunk.no IS 'Order, from 0';
COMMENT ON COLUMN platform.file_chunk.content IS 'The bytes';
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.file TO yiping_app;
GRANT SELECT, INSERT ON platform.file_chunk TO yiping_app;

CREATE TABLE handling.duty (
  city_code text NOT NULL,
  duty_id uuid NOT NULL,
  matter_kind text NOT NULL,
  matter_id text NOT NULL,
  matter_number text NOT NULL,
  step text NOT NULL,
  owner_kind text NOT NULL CHECK (owner_kind IN ('department', 'office', 'account')),
  owner_code text NOT NULL,
  days int NOT NULL CHECK (days >= 0),
  opened_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  yellow_from timestamptz NOT NULL,
  red_from timestamptz NOT NULL,
  reminded_at timestamptz,
  overdue_at timestamptz,
  done_at timestamptz,
  done_by text,
  PRIMARY KEY (city_code, duty_id),
  UNIQUE (city_code, matter_kind, matter_id, step)
);
CREATE INDEX duty_open ON handling.duty (city_code, yellow_from) WHERE done_at IS NULL;
CREATE INDEX duty_owner ON handling.duty (city_code, owner_kind, owner_code, due_at) WHERE done_at IS NULL;
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
CREATE VIEW handling.open_duty AS
  SELECT city_code, matter_kind, matter_id, step, due_at, yellow_from, red_from FROM handling.duty
  WHERE done_at IS NULL;
COMMENT ON VIEW handling.open_duty IS 'Published: what is owed and not done';
GRANT SELECT, INSERT, UPDATE ON handling.duty TO yiping_app;
GRANT SELECT ON handling.open_duty TO yiping_app;

CREATE TABLE ledger.appeal_counter (
  city_code text NOT NULL,
  year int NOT NULL,
  next int NOT NULL,
  PRIMARY KEY (city_code, year)
);
COMMENT ON TABLE ledger.appeal_counter IS 'Numbers of appeals by year';
COMMENT ON COLUMN ledger.appeal_counter.year IS 'Year of filing';
COMMENT ON COLUMN ledger.appeal_counter.next IS 'The number that the last appeal has';

CREATE TABLE ledger.appeal (
  city_code text NOT NULL,
  appeal_id uuid NOT NULL,
  number text NOT NULL,
  month date NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('staff', 'window', 'department')),
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
  filed_at timestamptz NOT NULL,
  text text NOT NULL,
  state text NOT NULL CHECK (state IN ('opinion', 'group', 'review', 'upheld', 'rejected', 'withdrawn')),
  stance text CHECK (stance IN ('agree', 'disagree', 'none')),
  opinion text,
  opinion_by text,
  opinion_name text,
  opinion_at timestamptz,
  appointed_by text,
  appointed_at timestamptz,
  reason text,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  given_centi int,
  given_entry uuid,
  given_month date,
  carried_at timestamptz,
  carried_by text,
  carried_reason text,
  PRIMARY KEY (city_code, appeal_id),
  UNIQUE (city_code, number),
  FOREIGN KEY (city_code, month) REFERENCES ledger.period (city_code, month),
  FOREIGN KEY (city_code, entry_id) REFERENCES ledger.entry (city_code, entry_id),
  FOREIGN KEY (city_code, given_entry) REFERENCES ledger.entry (city_code, entry_id),
  CHECK ((state IN ('upheld', 'rejected', 'withdrawn')) = (decided_at IS NOT NULL)),
  CHECK ((stance IS NULL) = (opinion_at IS NULL))
);
CREATE UNIQUE INDEX appeal_line ON ledger.appeal (city_code, line_key) WHERE state <> 'withdrawn';
CREATE INDEX appeal_subject ON ledger.appeal (city_code, month, subject_kind, subject_code);
CREATE INDEX appeal_filed ON ledger.appeal (city_code, filed_at DESC, appeal_id DESC);
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
COMMENT ON COLUMN ledger.appeal.state IS
  'Waits for the opinion, the group, its votes and decision; or how it ended';
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

CREATE TABLE ledger.appeal_member (
  city_code text NOT NULL,
  appeal_id uuid NOT NULL,
  user_id text NOT NULL,
  username text NOT NULL,
  name text NOT NULL,
  chair boolean NOT NULL,
  vote text CHECK (vote IN ('upheld', 'rejected')),
  vote_reason text,
  voted_at timestamptz,
  PRIMARY KEY (city_code, appeal_id, user_id),
  FOREIGN KEY (city_code, appeal_id) REFERENCES ledger.appeal (city_code, appeal_id),
  CHECK ((vote IS NULL) = (voted_at IS NULL))
);
COMMENT ON TABLE ledger.appeal_member IS 'The review group (复核小组) of an appeal with its votes';
COMMENT ON COLUMN ledger.appeal_member.username IS 'Name to sign in with, when appointed';
COMMENT ON COLUMN ledger.appeal_member.chair IS 'Leads the group and records its decision';
COMMENT ON COLUMN ledger.appeal_member.vote IS 'How the member voted';
COMMENT ON COLUMN ledger.appeal_member.vote_reason IS 'Why, for the group and the office';

CREATE VIEW ledger.v_open_appeal AS
  SELECT city_code, appeal_id, number, month, subject_kind, subject_code, carried_at FROM ledger.appeal
  WHERE state IN ('opinion', 'group', 'review');
COMMENT ON VIEW ledger.v_open_appeal IS 'Published: appeals that are not decided yet';

GRANT SELECT, INSERT, UPDATE ON ledger.appeal_counter, ledger.appeal TO yiping_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ledger.appeal_member TO yiping_app;
GRANT SELECT ON ledger.v_open_appeal TO yiping_app;

ALTER TABLE ledger.entry DROP CONSTRAINT entry_fact_kind_check;
ALTER TABLE ledger.entry ADD CONSTRAINT entry_fact_kind_check
  CHECK (fact_kind IN ('finding', 'merit', 'complaint', 'rating', 'appeal'));

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('clerk', 'appeal.file'), ('department_liaison', 'appeal.file'), ('department_liaison', 'appeal.opinion'),
  ('assessment_office', 'appeal.appoint'), ('assessment_office', 'appeal.review'),
  ('department_liaison', 'appeal.review'), ('supervisor', 'appeal.review'), ('leader', 'appeal.review');
