-- 核实与排除: whether a rating is taken out of the figures, proposed by one person and decided by another.

CREATE TABLE handling.exclusion (
  city_code text NOT NULL,
  exclusion_id uuid NOT NULL,
  step_id bigint NOT NULL,
  assess_number smallint NOT NULL,
  service_month date NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('mistaken', 'malicious')),
  reason text NOT NULL,
  evidence text NOT NULL,
  finding_id uuid,
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn')),
  proposed_by text NOT NULL,
  proposed_name text NOT NULL,
  proposed_staff text,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  decision_note text,
  PRIMARY KEY (city_code, exclusion_id),
  CHECK (state = 'withdrawn' OR decided_by IS NULL OR decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX exclusion_open ON handling.exclusion (city_code, step_id, assess_number)
  WHERE state IN ('proposed', 'approved');
CREATE INDEX exclusion_listed ON handling.exclusion (city_code, state, proposed_at, exclusion_id);
COMMENT ON TABLE handling.exclusion IS
  'Proposals to take a rating out of the figures (误评、恶意评价的排除): one person proposes, another decides';
COMMENT ON COLUMN handling.exclusion.step_id IS 'Record number of the rated step';
COMMENT ON COLUMN handling.exclusion.assess_number IS 'Which of its ratings: 1, or 2 after rectification';
COMMENT ON COLUMN handling.exclusion.verdict IS 'mistaken 误评, malicious 恶意 (faked ratings too)';
COMMENT ON COLUMN handling.exclusion.evidence IS 'What shows it; files lie beside it in platform.file';
COMMENT ON COLUMN handling.exclusion.finding_id IS 'Finding of a detector whose review led here';
COMMENT ON COLUMN handling.exclusion.proposed_by IS 'Account that proposes it';
COMMENT ON COLUMN handling.exclusion.proposed_name IS 'Username at that time, as it stands in the verdict';
COMMENT ON COLUMN handling.exclusion.proposed_staff IS
  'Staff number of the proposer: another account of theirs is no second person';
COMMENT ON COLUMN handling.exclusion.decided_by IS 'Account that decided or withdrew it';
COMMENT ON COLUMN handling.exclusion.decided_name IS 'Username at that time, as it stands in the verdict';
COMMENT ON COLUMN handling.exclusion.decision_note IS 'Why, in the words of whoever decided';
GRANT SELECT, INSERT, UPDATE ON handling.exclusion TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('supervisor', 'exclusion.read'), ('supervisor', 'exclusion.propose'), ('supervisor', 'exclusion.decide'),
  ('assessment_office', 'exclusion.read'), ('assessment_office', 'exclusion.propose'),
  ('assessment_office', 'exclusion.decide'),
  ('leader', 'exclusion.read'), ('leader', 'exclusion.decide'),
  ('auditor', 'exclusion.read');
