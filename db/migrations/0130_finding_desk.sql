-- 巡查与查实: findings recorded on patrol, confirmed or turned down by a second person; mystery visits.

ALTER TABLE conduct.finding ADD COLUMN way text
  CHECK (way IN ('patrol', 'mystery', 'case_file', 'stationing', 'attendance'));
ALTER TABLE conduct.finding ADD COLUMN window_code text;
ALTER TABLE conduct.finding ADD COLUMN recorded_id text;
ALTER TABLE conduct.finding ADD COLUMN recorded_staff text;
ALTER TABLE conduct.finding ADD COLUMN claimed_at timestamptz;
ALTER TABLE conduct.finding ADD COLUMN photos int NOT NULL DEFAULT 0 CHECK (photos >= 0);
ALTER TABLE conduct.finding ADD COLUMN visit_id uuid;
ALTER TABLE conduct.finding ADD COLUMN rejected_by text;
ALTER TABLE conduct.finding ADD COLUMN rejected_at timestamptz;
ALTER TABLE conduct.finding ADD COLUMN decision_note text;
ALTER TABLE conduct.finding ADD CONSTRAINT finding_decided_once
  CHECK (rejected_at IS NULL OR confirmed_by IS NULL);
CREATE INDEX finding_recorded ON conduct.finding (city_code, recorded_at DESC, finding_id DESC);
COMMENT ON COLUMN conduct.finding.way IS 'How it was found at the desk; empty for a file';
COMMENT ON COLUMN conduct.finding.window_code IS 'Window that was visited: the place, by the register';
COMMENT ON COLUMN conduct.finding.recorded_id IS 'Account of who recorded it at the desk';
COMMENT ON COLUMN conduct.finding.recorded_staff IS
  'Staff number of who recorded it: another account of theirs is no second person';
COMMENT ON COLUMN conduct.finding.claimed_at IS
  'When it was seen by the phone''s clock: a claim; recorded_at is when it reached the server';
COMMENT ON COLUMN conduct.finding.photos IS 'Photos that the phone has announced; it waits for all of them';
COMMENT ON COLUMN conduct.finding.visit_id IS 'Mystery visit that it comes from';
COMMENT ON COLUMN conduct.finding.rejected_by IS 'Who turned it down; it never counts';
COMMENT ON COLUMN conduct.finding.decision_note IS 'What the second person wrote';

CREATE OR REPLACE VIEW conduct.v_unconfirmed AS
  SELECT city_code, 'finding' AS kind, finding_id AS id, occurred_on FROM conduct.finding
  WHERE confirmed_by IS NULL AND rejected_at IS NULL
  UNION ALL
  SELECT city_code, 'merit', merit_id, occurred_on FROM conduct.merit
  WHERE confirmed_by IS NULL AND rejected_at IS NULL;

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
  planned_at timestamptz NOT NULL,
  report text,
  reported_by text,
  reported_id text,
  reported_staff text,
  reported_at timestamptz,
  confirmed_by text,
  confirmed_at timestamptz,
  cancelled_by text,
  cancelled_at timestamptz,
  PRIMARY KEY (city_code, visit_id),
  CHECK (from_date <= to_date),
  CHECK ((report IS NULL) = (reported_at IS NULL)),
  CHECK (confirmed_at IS NULL OR reported_at IS NOT NULL),
  CHECK (cancelled_at IS NULL OR reported_at IS NULL)
);
CREATE INDEX visit_planned ON conduct.visit (city_code, planned_at DESC, visit_id DESC);
COMMENT ON TABLE conduct.visit IS
  'Mystery visits (暗访): planned in secret; the hall sees them once their report is confirmed';
COMMENT ON COLUMN conduct.visit.from_date IS 'First day on which it may take place';
COMMENT ON COLUMN conduct.visit.to_date IS 'Last day on which it may take place';
COMMENT ON COLUMN conduct.visit.purpose IS 'What is to be tried, such as a question asked at the window';
COMMENT ON COLUMN conduct.visit.visitor IS 'Who goes: a supervisor, or somebody from outside';
COMMENT ON COLUMN conduct.visit.planned_id IS 'Account of who planned it';
COMMENT ON COLUMN conduct.visit.report IS 'What was found, also when all was well';
COMMENT ON COLUMN conduct.visit.reported_staff IS 'Staff number of who reported';
COMMENT ON COLUMN conduct.visit.confirmed_by IS 'The second person';

GRANT SELECT, INSERT, UPDATE ON conduct.visit TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('supervisor', 'finding.read'), ('assessment_office', 'finding.read'),
  ('leader', 'finding.read'),
  ('department_liaison', 'finding.read'), ('auditor', 'finding.read'),
  ('supervisor', 'visit.plan'), ('assessment_office', 'visit.plan');
