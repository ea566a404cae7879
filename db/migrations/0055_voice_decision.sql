-- 投诉认定与举报移交: what two people make of a complaint, and what only the discipline officer reads.

ALTER TABLE feedback.voice ADD COLUMN discipline_at timestamptz;
COMMENT ON COLUMN feedback.voice.discipline_at IS
  'When it was handed to the discipline inspection (举报移交): only its officer reads it from then on';

CREATE TABLE handling.voice_decision (
  city_code text NOT NULL,
  decision_id uuid NOT NULL,
  voice_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('at_fault', 'not_at_fault')),
  subject_kind text NOT NULL CHECK (subject_kind IN ('staff', 'window', 'department')),
  subject_code text NOT NULL,
  reason text NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected')),
  proposed_by text NOT NULL,
  proposed_name text NOT NULL,
  proposed_staff text,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  decision_note text,
  PRIMARY KEY (city_code, decision_id),
  FOREIGN KEY (city_code, voice_id) REFERENCES feedback.voice (city_code, voice_id),
  CHECK (decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX voice_decision_open ON handling.voice_decision (city_code, voice_id)
  WHERE state IN ('proposed', 'approved');
COMMENT ON TABLE handling.voice_decision IS
  'Whether a complaint is at fault (投诉认定): one person proposes, another decides';
COMMENT ON COLUMN handling.voice_decision.outcome IS 'at_fault 有责, not_at_fault 无责';
COMMENT ON COLUMN handling.voice_decision.subject_kind IS 'Whom it concerns, as found';
COMMENT ON COLUMN handling.voice_decision.subject_code IS
  'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN handling.voice_decision.proposed_by IS 'Account that proposes it';
COMMENT ON COLUMN handling.voice_decision.proposed_staff IS
  'Staff number of the proposer: another account of theirs is no second person';
COMMENT ON COLUMN handling.voice_decision.decided_by IS 'Account that decided it';
COMMENT ON COLUMN handling.voice_decision.decision_note IS 'Why, in the words of whoever decided';
GRANT SELECT, INSERT, UPDATE ON handling.voice_decision TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('supervisor', 'voice.read'), ('assessment_office', 'voice.read'), ('caller', 'voice.read'),
  ('leader', 'voice.read'), ('auditor', 'voice.read'),
  ('supervisor', 'voice.decide'), ('assessment_office', 'voice.decide'), ('leader', 'voice.decide'),
  ('auditor', 'discipline.read');
