-- 加分事项的申报: claimed with proof, with the department's opinion, approved by the office, published.

ALTER TABLE conduct.merit ADD COLUMN recorded_id text;
ALTER TABLE conduct.merit ADD COLUMN claimed boolean NOT NULL DEFAULT false;
ALTER TABLE conduct.merit ADD COLUMN opinion text CHECK (opinion IN ('support', 'object'));
ALTER TABLE conduct.merit ADD COLUMN opinion_by text;
ALTER TABLE conduct.merit ADD COLUMN opinion_note text;
ALTER TABLE conduct.merit ADD COLUMN opinion_at timestamptz;
ALTER TABLE conduct.merit ADD COLUMN published_by text;
ALTER TABLE conduct.merit ADD COLUMN published_at timestamptz;
ALTER TABLE conduct.merit ADD CONSTRAINT merit_published
  CHECK (published_at IS NULL OR confirmed_by IS NOT NULL);
COMMENT ON COLUMN conduct.merit.recorded_id IS 'Account of who claimed it';
COMMENT ON COLUMN conduct.merit.claimed IS
  'Claimed by a person for themselves or their department: needs proof and the department''s opinion';
COMMENT ON COLUMN conduct.merit.opinion IS 'Of the department: support 同意, object 不同意';
COMMENT ON COLUMN conduct.merit.opinion_note IS 'What the department wrote';
COMMENT ON COLUMN conduct.merit.published_at IS 'Since when it is in the published list (公示)';

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('assessment_office', 'merit.read'), ('leader', 'merit.read'), ('department_liaison', 'merit.read'),
  ('clerk', 'merit.read'), ('clerk', 'merit.claim'), ('department_liaison', 'merit.claim'),
  ('department_liaison', 'merit.opinion'), ('assessment_office', 'merit.publish');
