-- 现场问卷: questionnaires with frozen versions, anonymous answer sheets, and what is typed from paper.

CREATE TABLE feedback.questionnaire (
  city_code text NOT NULL,
  questionnaire_id uuid NOT NULL,
  number text NOT NULL,
  draft text NOT NULL,
  revision int NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, questionnaire_id),
  UNIQUE (city_code, number)
);
COMMENT ON TABLE feedback.questionnaire IS
  'Questionnaires on site (现场问卷) with the draft that somebody is writing';
COMMENT ON COLUMN feedback.questionnaire.number IS 'Such as WJ2026-0003; part of the citizen''s address';
COMMENT ON COLUMN feedback.questionnaire.draft IS 'Sections, questions and skip rules as JSON';
COMMENT ON COLUMN feedback.questionnaire.revision IS 'Counts the changes of the draft: who saves names it';

CREATE TABLE feedback.questionnaire_version (
  city_code text NOT NULL,
  questionnaire_id uuid NOT NULL,
  version int NOT NULL,
  content text NOT NULL,
  content_hash bytea NOT NULL,
  published_by text NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, questionnaire_id, version),
  FOREIGN KEY (city_code, questionnaire_id)
    REFERENCES feedback.questionnaire (city_code, questionnaire_id)
);
COMMENT ON TABLE feedback.questionnaire_version IS
  'Questionnaires as they were published; only added to, so that old answers keep their questions';
COMMENT ON COLUMN feedback.questionnaire_version.version IS 'Counts from 1 within the questionnaire';
COMMENT ON COLUMN feedback.questionnaire_version.content IS 'The frozen draft, as JSON';
COMMENT ON COLUMN feedback.questionnaire_version.content_hash IS 'SHA-256 of the content';

CREATE TABLE feedback.questionnaire_opening (
  city_code text NOT NULL,
  opening_id uuid NOT NULL,
  questionnaire_id uuid NOT NULL,
  version int NOT NULL,
  from_day date NOT NULL,
  until_day date NOT NULL,
  regions text[] NOT NULL,
  windows text[] NOT NULL,
  opened_by text NOT NULL,
  opened_at timestamptz NOT NULL,
  closed_by text,
  closed_at timestamptz,
  PRIMARY KEY (city_code, opening_id),
  FOREIGN KEY (city_code, questionnaire_id, version)
    REFERENCES feedback.questionnaire_version (city_code, questionnaire_id, version),
  CHECK (until_day >= from_day)
);
CREATE UNIQUE INDEX questionnaire_opening_one
  ON feedback.questionnaire_opening (city_code, questionnaire_id) WHERE closed_at IS NULL;
COMMENT ON TABLE feedback.questionnaire_opening IS
  'When and where a version can be answered; one that isn''t closed for a questionnaire at a time';
COMMENT ON COLUMN feedback.questionnaire_opening.version IS 'What is asked';
COMMENT ON COLUMN feedback.questionnaire_opening.from_day IS 'First day, in China';
COMMENT ON COLUMN feedback.questionnaire_opening.until_day IS 'Last day, in China';
COMMENT ON COLUMN feedback.questionnaire_opening.regions IS
  'Regions of halls, those of counties with their townships; with neither it is open at every window';
COMMENT ON COLUMN feedback.questionnaire_opening.windows IS 'Single windows besides those of the regions';

CREATE TABLE feedback.questionnaire_batch (
  city_code text NOT NULL,
  batch_id uuid NOT NULL,
  number text NOT NULL,
  questionnaire_id uuid NOT NULL,
  version int NOT NULL,
  window_code text NOT NULL,
  filled_on date NOT NULL,
  opened_by text NOT NULL,
  opened_name text NOT NULL,
  opened_at timestamptz NOT NULL,
  ended_at timestamptz,
  sample int[] NOT NULL DEFAULT '{}',
  outcome text CHECK (outcome IN ('accepted', 'rejected')),
  outcome_at timestamptz,
  PRIMARY KEY (city_code, batch_id),
  UNIQUE (city_code, number),
  FOREIGN KEY (city_code, questionnaire_id, version)
    REFERENCES feedback.questionnaire_version (city_code, questionnaire_id, version)
);
CREATE INDEX questionnaire_batch_opened ON feedback.questionnaire_batch (city_code, opened_at DESC);
COMMENT ON TABLE feedback.questionnaire_batch IS
  'Paper sheets of one window that somebody types (纸质问卷录入); a second person types a sample again';
COMMENT ON COLUMN feedback.questionnaire_batch.number IS 'Written on the pile, such as WP2026-0001';
COMMENT ON COLUMN feedback.questionnaire_batch.version IS 'The version that was printed';
COMMENT ON COLUMN feedback.questionnaire_batch.filled_on IS 'Day on which the sheets were filled in';
COMMENT ON COLUMN feedback.questionnaire_batch.opened_by IS 'Account that types; it never checks';
COMMENT ON COLUMN feedback.questionnaire_batch.ended_at IS 'Since when no further sheet is typed';
COMMENT ON COLUMN feedback.questionnaire_batch.sample IS 'Numbers of the sheets that are typed twice';
COMMENT ON COLUMN feedback.questionnaire_batch.outcome IS
  'What the check came to: only accepted sheets are counted';

CREATE TABLE feedback.questionnaire_sheet (
  city_code text NOT NULL,
  sheet_id uuid NOT NULL,
  questionnaire_id uuid NOT NULL,
  version int NOT NULL,
  window_code text NOT NULL,
  department_code text NOT NULL,
  region_code text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('qr', 'tablet', 'paper')),
  day date NOT NULL,
  answers jsonb NOT NULL,
  repeated boolean NOT NULL,
  client_id text NOT NULL,
  batch_id uuid,
  sheet_number int,
  PRIMARY KEY (city_code, sheet_id),
  UNIQUE (city_code, client_id),
  FOREIGN KEY (city_code, questionnaire_id, version)
    REFERENCES feedback.questionnaire_version (city_code, questionnaire_id, version),
  FOREIGN KEY (city_code, batch_id) REFERENCES feedback.questionnaire_batch (city_code, batch_id),
  CHECK ((channel = 'paper') = (batch_id IS NOT NULL)),
  CHECK ((batch_id IS NULL) = (sheet_number IS NULL))
);
CREATE INDEX questionnaire_sheet_day
  ON feedback.questionnaire_sheet (city_code, questionnaire_id, version, day);
CREATE UNIQUE INDEX questionnaire_sheet_number
  ON feedback.questionnaire_sheet (city_code, batch_id, sheet_number) WHERE batch_id IS NOT NULL;
COMMENT ON TABLE feedback.questionnaire_sheet IS
  'Answer sheets: the window and the day, and nothing of who filled one in; only added to';
COMMENT ON COLUMN feedback.questionnaire_sheet.version IS 'The version that was answered';
COMMENT ON COLUMN feedback.questionnaire_sheet.window_code IS 'Window at which it was filled in';
COMMENT ON COLUMN feedback.questionnaire_sheet.department_code IS 'Whose the window was on that day';
COMMENT ON COLUMN feedback.questionnaire_sheet.region_code IS 'Where the window stood on that day';
COMMENT ON COLUMN feedback.questionnaire_sheet.channel IS
  'qr 扫码, tablet 窗口平板, paper 纸质；a time of day would tell who it was, so there is none';
COMMENT ON COLUMN feedback.questionnaire_sheet.answers IS
  'By question that was asked, what was chosen; an empty list where nothing was. Texts stand apart';
COMMENT ON COLUMN feedback.questionnaire_sheet.repeated IS
  'The device had answered that day: kept, and not counted';
COMMENT ON COLUMN feedback.questionnaire_sheet.client_id IS 'The form''s own id: again is the same sheet';
COMMENT ON COLUMN feedback.questionnaire_sheet.batch_id IS 'Paper sheets: what they were typed with';
COMMENT ON COLUMN feedback.questionnaire_sheet.sheet_number IS 'Number written on the paper sheet';

CREATE TABLE feedback.questionnaire_text (
  city_code text NOT NULL,
  text_id uuid NOT NULL,
  sheet_id uuid NOT NULL,
  question text NOT NULL,
  day date NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (city_code, text_id)
);
CREATE INDEX questionnaire_text_sheet ON feedback.questionnaire_text (city_code, sheet_id);
CREATE INDEX questionnaire_text_day ON feedback.questionnaire_text (city_code, day);
COMMENT ON TABLE feedback.questionnaire_text IS
  'What was written into answer sheets; apart, because people write names in and it is erased in time';
COMMENT ON COLUMN feedback.questionnaire_text.question IS 'Question of the version';
COMMENT ON COLUMN feedback.questionnaire_text.body IS 'The text as it was given';

CREATE TABLE feedback.questionnaire_mark (
  city_code text NOT NULL,
  questionnaire_id uuid NOT NULL,
  day date NOT NULL,
  mark bytea NOT NULL,
  PRIMARY KEY (city_code, questionnaire_id, day, mark)
);
COMMENT ON TABLE feedback.questionnaire_mark IS
  'Devices that have answered, against double counting; tied to no sheet and erased after days';
COMMENT ON COLUMN feedback.questionnaire_mark.mark IS
  'Keyed hash of the device''s random mark with questionnaire and day';

CREATE TABLE feedback.questionnaire_check (
  city_code text NOT NULL,
  batch_id uuid NOT NULL,
  sheet_number int NOT NULL,
  answers jsonb NOT NULL,
  differs text[] NOT NULL,
  compared int NOT NULL,
  holds text CHECK (holds IN ('first', 'second')),
  checked_by text NOT NULL,
  checked_name text NOT NULL,
  checked_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, batch_id, sheet_number),
  FOREIGN KEY (city_code, batch_id) REFERENCES feedback.questionnaire_batch (city_code, batch_id)
);
COMMENT ON TABLE feedback.questionnaire_check IS
  'Paper sheets as a second person typed them, and which of the two holds where they differ';
COMMENT ON COLUMN feedback.questionnaire_check.sheet_number IS 'Number written on the paper sheet';
COMMENT ON COLUMN feedback.questionnaire_check.answers IS 'As in questionnaire_sheet';
COMMENT ON COLUMN feedback.questionnaire_check.differs IS 'Questions that were typed otherwise';
COMMENT ON COLUMN feedback.questionnaire_check.compared IS 'How many questions were compared';
COMMENT ON COLUMN feedback.questionnaire_check.holds IS 'By the paper; empty until somebody has looked';
COMMENT ON COLUMN feedback.questionnaire_check.checked_by IS 'Account; never who opened the batch';

GRANT SELECT, INSERT, UPDATE ON feedback.questionnaire, feedback.questionnaire_opening,
  feedback.questionnaire_batch, feedback.questionnaire_check TO yiping_app;
GRANT SELECT, INSERT ON feedback.questionnaire_version, feedback.questionnaire_sheet TO yiping_app;
GRANT SELECT, INSERT, DELETE ON feedback.questionnaire_text, feedback.questionnaire_mark TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('assessment_office', 'questionnaire.write'),
  ('assessment_office', 'questionnaire.read'), ('supervisor', 'questionnaire.read'),
  ('leader', 'questionnaire.read'), ('department_liaison', 'questionnaire.read'),
  ('assessment_office', 'questionnaire.enter'), ('supervisor', 'questionnaire.enter'),
  ('caller', 'questionnaire.enter');
