-- 否决报备: no clerk says no without reporting it.

CREATE TABLE feedback.said_no (
  city_code text NOT NULL,
  said_no_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  region_code text NOT NULL,
  department_code text NOT NULL,
  window_code text NOT NULL,
  item_name text NOT NULL,
  reason text NOT NULL,
  ground text NOT NULL,
  recorded_by text NOT NULL,
  recorded_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, said_no_id)
);
CREATE INDEX said_no_occurred ON feedback.said_no (city_code, occurred_at DESC, said_no_id DESC);
COMMENT ON TABLE feedback.said_no IS
  'Register of every no said at a window (否决报备), without who asked; only added to';
COMMENT ON COLUMN feedback.said_no.occurred_at IS 'When the no was said';
COMMENT ON COLUMN feedback.said_no.region_code IS 'Where the window stands, for data scopes';
COMMENT ON COLUMN feedback.said_no.item_name IS 'What was asked for';
COMMENT ON COLUMN feedback.said_no.ground IS 'Clause of the law or rule that the no rests on';
COMMENT ON COLUMN feedback.said_no.recorded_by IS 'Account that reported it';
GRANT SELECT, INSERT ON feedback.said_no TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('clerk', 'refusal.write'), ('department_liaison', 'refusal.write'),
  ('department_liaison', 'refusal.read'), ('supervisor', 'refusal.read'),
  ('assessment_office', 'refusal.read'), ('leader', 'refusal.read');
