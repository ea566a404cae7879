-- 综合点评与监督查评: comments that belong to no case, counted apart from ratings.

CREATE TABLE feedback.comment (
  city_code text NOT NULL,
  comment_id uuid NOT NULL,
  mode text NOT NULL CHECK (mode IN ('public', 'inspect')),
  subject_kind text NOT NULL CHECK (subject_kind IN ('item', 'department', 'window', 'platform', 'staff')),
  subject_code text NOT NULL,
  region_code text NOT NULL,
  department_code text,
  window_code text,
  satisfaction smallint NOT NULL CHECK (satisfaction BETWEEN 1 AND 5),
  tags smallint[] NOT NULL,
  text_hash bytea,
  channel smallint NOT NULL,
  sign_code text,
  receipt bytea NOT NULL CHECK (length(receipt) = 10),
  client_id text NOT NULL,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  recorded_by text,
  recorded_name text,
  PRIMARY KEY (city_code, comment_id),
  UNIQUE (city_code, receipt),
  UNIQUE (city_code, client_id),
  CHECK (mode = 'inspect' OR subject_kind <> 'staff'),
  CHECK ((mode = 'inspect') = (recorded_by IS NOT NULL))
);
CREATE INDEX comment_received ON feedback.comment (city_code, received_at DESC, comment_id DESC);
CREATE INDEX comment_occurred ON feedback.comment (city_code, occurred_at);
COMMENT ON TABLE feedback.comment IS
  'Comments without a case: by the public (综合点评) or of a supervisor''s visit (监督查评); only added to';
COMMENT ON COLUMN feedback.comment.mode IS 'public 社会综合点评, inspect 政府监督查评';
COMMENT ON COLUMN feedback.comment.subject_kind IS 'What it is about; a person in an inspection only';
COMMENT ON COLUMN feedback.comment.subject_code IS
  'Item, USCC, window code, name of a platform, or staff number';
COMMENT ON COLUMN feedback.comment.region_code IS 'Where its subject stands, for data scopes';
COMMENT ON COLUMN feedback.comment.department_code IS 'Whose its subject is; empty for a platform';
COMMENT ON COLUMN feedback.comment.window_code IS
  'Window at which it was made or visited, where there is one';
COMMENT ON COLUMN feedback.comment.satisfaction IS 'Level 5 非常满意 to 1 非常不满意';
COMMENT ON COLUMN feedback.comment.tags IS 'National tags of the level; in an inspection its findings';
COMMENT ON COLUMN feedback.comment.text_hash IS
  'SHA-256 of salt and text (comment_text), so that erasing the text breaks no proof';
COMMENT ON COLUMN feedback.comment.channel IS 'pf: national channel 1 to 7, local ones 90 and up';
COMMENT ON COLUMN feedback.comment.sign_code IS 'Sign that was scanned';
COMMENT ON COLUMN feedback.comment.receipt IS '80 random bits; the receipt code in base32';
COMMENT ON COLUMN feedback.comment.client_id IS 'The form''s own id: the same again is the same comment';
COMMENT ON COLUMN feedback.comment.occurred_at IS 'When it was given, or when the visit took place';
COMMENT ON COLUMN feedback.comment.recorded_by IS 'Account of the supervisor who was there';

CREATE TABLE feedback.comment_text (
  city_code text NOT NULL,
  comment_id uuid NOT NULL,
  received_at timestamptz NOT NULL,
  salt bytea NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (city_code, comment_id)
);
COMMENT ON TABLE feedback.comment_text IS
  'What was written with a comment; apart, because people write names and phone numbers into it';
COMMENT ON COLUMN feedback.comment_text.salt IS 'Random bytes hashed before the text';
COMMENT ON COLUMN feedback.comment_text.body IS 'The text as it was given';

CREATE TABLE feedback.commenter (
  city_code text NOT NULL,
  comment_id uuid NOT NULL,
  received_at timestamptz NOT NULL,
  device_mark bytea,
  address_hash bytea,
  PRIMARY KEY (city_code, comment_id)
);
COMMENT ON TABLE feedback.commenter IS
  'What is known of the device of a public comment; apart, because it is erased after retention';
COMMENT ON COLUMN feedback.commenter.device_mark IS 'Random mark of the device cookie';
COMMENT ON COLUMN feedback.commenter.address_hash IS 'Keyed hash of the network address';

CREATE TABLE feedback.comment_decision (
  city_code text NOT NULL,
  comment_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('confirmed', 'rejected')),
  decided_by text NOT NULL,
  decided_name text NOT NULL,
  decided_at timestamptz NOT NULL,
  note text,
  PRIMARY KEY (city_code, comment_id),
  FOREIGN KEY (city_code, comment_id) REFERENCES feedback.comment (city_code, comment_id)
);
COMMENT ON TABLE feedback.comment_decision IS
  'What a second person made of an inspection (复核): it counts once confirmed; decided once';
COMMENT ON COLUMN feedback.comment_decision.outcome IS 'confirmed 确认, rejected 不予采用';

-- Published for figures: what counts, by mode; no text, no device.
CREATE VIEW feedback.counted_comment AS
  SELECT c.city_code, c.comment_id, c.mode, c.subject_kind, c.subject_code, c.region_code, c.department_code,
    c.window_code, c.satisfaction, c.tags, c.channel, c.occurred_at
  FROM feedback.comment c
  LEFT JOIN feedback.comment_decision d ON d.city_code = c.city_code AND d.comment_id = c.comment_id
  WHERE c.mode = 'public' OR d.outcome = 'confirmed';
COMMENT ON VIEW feedback.counted_comment IS
  'Published: public comments and confirmed inspections, for figures apart from those of ratings';

GRANT SELECT, INSERT ON feedback.comment, feedback.comment_decision TO yiping_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON feedback.commenter, feedback.comment_text TO yiping_app;
GRANT SELECT ON feedback.counted_comment TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('assessment_office', 'comment.read'), ('department_liaison', 'comment.read'),
  ('supervisor', 'comment.read'), ('leader', 'comment.read'),
  ('supervisor', 'inspect.write'), ('assessment_office', 'inspect.write'),
  ('supervisor', 'inspect.confirm'), ('assessment_office', 'inspect.confirm');
