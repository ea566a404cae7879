-- 考核方案草案: changes to the scheme in force, until two people put them into force or they are given up.

CREATE TABLE ledger.scheme_draft (
  city_code text NOT NULL,
  draft_id uuid NOT NULL,
  title text NOT NULL,
  reason text,
  state text NOT NULL CHECK (state IN ('draft', 'proposed', 'in_force', 'rejected', 'withdrawn')),
  revision int NOT NULL CHECK (revision > 0),
  base_hash text NOT NULL,
  effective_from date NOT NULL,
  changes jsonb NOT NULL,
  drafted_by text NOT NULL,
  drafted_at timestamptz NOT NULL,
  changed_by text NOT NULL,
  editors text[] NOT NULL,
  changed_at timestamptz NOT NULL,
  proposed_by text,
  proposed_at timestamptz,
  decided_by text,
  decided_at timestamptz,
  decision_note text,
  hash text,
  PRIMARY KEY (city_code, draft_id),
  FOREIGN KEY (city_code, base_hash) REFERENCES ledger.scheme_version (city_code, hash),
  FOREIGN KEY (city_code, hash) REFERENCES ledger.scheme_version (city_code, hash),
  CHECK ((state = 'in_force') = (hash IS NOT NULL)),
  CHECK (state NOT IN ('proposed', 'in_force', 'rejected') OR proposed_by IS NOT NULL),
  CHECK ((state IN ('in_force', 'rejected')) = (decided_by IS NOT NULL)),
  CHECK (decided_by <> proposed_by)
);
CREATE INDEX scheme_draft_changed ON ledger.scheme_draft (city_code, changed_at, draft_id);
COMMENT ON TABLE ledger.scheme_draft IS
  'Drafts of the assessment scheme (考核方案草案): what two people put into force, and what came of it';
COMMENT ON COLUMN ledger.scheme_draft.title IS 'What the draft is about, in a line';
COMMENT ON COLUMN ledger.scheme_draft.revision IS
  'One more with every change, so that nobody overwrites unseen';
COMMENT ON COLUMN ledger.scheme_draft.base_hash IS 'Scheme version that it changes';
COMMENT ON COLUMN ledger.scheme_draft.effective_from IS 'First day on which it is to hold';
COMMENT ON COLUMN ledger.scheme_draft.changes IS
  'Dated values that it adds: name of the value, first day, value as written, clause';
COMMENT ON COLUMN ledger.scheme_draft.editors IS
  'Everybody who ever changed it: none of them may be the second person';
COMMENT ON COLUMN ledger.scheme_draft.decision_note IS 'What the second person said to it';
COMMENT ON COLUMN ledger.scheme_draft.hash IS 'Scheme version that was made of it';

GRANT SELECT, INSERT, UPDATE ON ledger.scheme_draft TO yiping_app;

-- Who drafts and proposes, and who agrees; never the same person (考核办起草，另一人批准).
INSERT INTO oversight.role_permission (role, permission) VALUES
  ('assessment_office', 'scheme.write'),
  ('assessment_office', 'scheme.approve'),
  ('leader', 'scheme.approve');

-- An entry whose rule got another value before its month was closed is taken back and charged anew.
ALTER TABLE ledger.entry DROP CONSTRAINT entry_reason_check;
ALTER TABLE ledger.entry ADD CONSTRAINT entry_reason_check
  CHECK (reason IN ('reattributed', 'excluded', 'appeal', 'revalued'));
COMMENT ON COLUMN ledger.entry.reason IS
  'Why it is taken back: reattributed 改归属, excluded 剔除, appeal 申诉, revalued 方案调整';
