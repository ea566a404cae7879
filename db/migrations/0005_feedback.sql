-- 评价与诉求: ratings (insert only), what may have to be erased beside them, verdicts on bad ones.

CREATE SEQUENCE feedback.rating_batch AS bigint;
COMMENT ON SEQUENCE feedback.rating_batch IS 'Numbers the micro-batches in which ratings are written';

CREATE TABLE feedback.rating (
  city_code text NOT NULL,
  service_month date NOT NULL,
  step_id bigint NOT NULL,
  batch_id bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  assessed_at timestamptz NOT NULL,
  device_at timestamptz,
  batch_position int NOT NULL,
  assess_number smallint NOT NULL CHECK (assess_number IN (1, 2)),
  satisfaction smallint NOT NULL CHECK (satisfaction BETWEEN 1 AND 5),
  process smallint CHECK (process BETWEEN 1 AND 5),
  efficiency smallint CHECK (efficiency BETWEEN 1 AND 5),
  attitude smallint CHECK (attitude BETWEEN 1 AND 5),
  channel smallint NOT NULL,
  real_name boolean NOT NULL,
  mode text NOT NULL CHECK (mode IN ('onsite', 'online', 'public', 'inspect')),
  source text NOT NULL CHECK (source IN ('citizen', 'key', 'import', 'demo')),
  receipt bytea NOT NULL CHECK (length(receipt) = 10),
  tags smallint[] NOT NULL,
  text_hash bytea,
  client_id text,
  PRIMARY KEY (city_code, service_month, step_id, assess_number),
  -- The receipt before the month: else a month that the planner thinks empty, as one that has just begun,
  -- is read whole for each page.
  UNIQUE (city_code, receipt, service_month)
) PARTITION BY RANGE (service_month);
CREATE INDEX rating_by_batch ON feedback.rating (city_code, batch_id, batch_position);
INSERT INTO platform.partitioned_table (parent, by_instant) VALUES ('feedback.rating', false);
COMMENT ON TABLE feedback.rating IS 'One rating of one ratable step (评价); never changed, never deleted';
COMMENT ON COLUMN feedback.rating.service_month IS
  'First day of the month of the service: the partition, also part of the record number';
COMMENT ON COLUMN feedback.rating.step_id IS 'Record number of the ratable step (intake.case_step)';
COMMENT ON COLUMN feedback.rating.batch_id IS
  'Micro-batch in which it was written: what the fact rating.recorded names';
COMMENT ON COLUMN feedback.rating.batch_position IS 'Place within the batch, from 0';
COMMENT ON COLUMN feedback.rating.assess_number IS 'assessNumber 1, or 2 after a rectification';
COMMENT ON COLUMN feedback.rating.assessed_at IS
  'assessTime: when it was given; the server''s time online, the paper''s time for an import';
COMMENT ON COLUMN feedback.rating.device_at IS
  'What the device''s clock said; for detectors only, never counts';
COMMENT ON COLUMN feedback.rating.satisfaction IS 'Level 5 非常满意 to 1 非常不满意; 3 to 5 good, 1 and 2 bad';
COMMENT ON COLUMN feedback.rating.process IS 'Optional score of the procedure, 1 to 5 办事流程';
COMMENT ON COLUMN feedback.rating.efficiency IS 'Optional score of the efficiency, 1 to 5 服务效率';
COMMENT ON COLUMN feedback.rating.attitude IS 'Optional score of the attitude, 1 to 5 服务态度';
COMMENT ON COLUMN feedback.rating.channel IS 'pf: national channel 1 to 7, local ones 90 and up';
COMMENT ON COLUMN feedback.rating.real_name IS
  'The step carries a phone and the rater didn''t choose to be anonymous';
COMMENT ON COLUMN feedback.rating.mode IS 'onsite 现场一次一评, online 网上一事一评, public 社会综合点评, inspect 政府监督查评';
COMMENT ON COLUMN feedback.rating.source IS
  'citizen: by its link; key: another system; import: paper or migration; demo: invented';
COMMENT ON COLUMN feedback.rating.receipt IS '80 random bits; the receipt code in base32';
COMMENT ON COLUMN feedback.rating.tags IS 'National tags of the level (evalDetail)';
COMMENT ON COLUMN feedback.rating.text_hash IS
  'SHA-256 of salt and text (rating_text), so that erasing the text breaks no proof';
COMMENT ON COLUMN feedback.rating.client_id IS
  'The submission''s own id: a repeat of it gets the same receipt';

CREATE TABLE feedback.rater (
  city_code text NOT NULL,
  service_month date NOT NULL,
  step_id bigint NOT NULL,
  assess_number smallint NOT NULL,
  anonymous boolean NOT NULL,
  device_mark bytea,
  address_hash bytea,
  PRIMARY KEY (city_code, service_month, step_id, assess_number)
) PARTITION BY RANGE (service_month);
INSERT INTO platform.partitioned_table (parent, by_instant) VALUES ('feedback.rater', false);
COMMENT ON TABLE feedback.rater IS
  'What is known of the device that rated; apart, because it is erased after retention';
COMMENT ON COLUMN feedback.rater.service_month IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rater.step_id IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rater.assess_number IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rater.anonymous IS 'The box "anonymous" was ticked: never called back';
COMMENT ON COLUMN feedback.rater.device_mark IS 'Random mark of the device cookie';
COMMENT ON COLUMN feedback.rater.address_hash IS 'Keyed hash of the network address';

CREATE TABLE feedback.rating_text (
  city_code text NOT NULL,
  service_month date NOT NULL,
  step_id bigint NOT NULL,
  assess_number smallint NOT NULL,
  salt bytea NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (city_code, service_month, step_id, assess_number)
) PARTITION BY RANGE (service_month);
INSERT INTO platform.partitioned_table (parent, by_instant) VALUES ('feedback.rating_text', false);
COMMENT ON TABLE feedback.rating_text IS
  'What the rater wrote; apart, because people write names and phone numbers into it';
COMMENT ON COLUMN feedback.rating_text.service_month IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rating_text.step_id IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rating_text.assess_number IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rating_text.salt IS 'Random bytes hashed before the text';
COMMENT ON COLUMN feedback.rating_text.body IS 'writingEvaluation as it was given';

CREATE TABLE feedback.rating_verdict (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  assess_number smallint NOT NULL,
  service_month date NOT NULL,
  verdict text CHECK (verdict IN ('upheld', 'mistaken', 'malicious')),
  attribution text CHECK (attribution IN ('staff', 'window', 'department')),
  verified_by text,
  approved_by text,
  decided_on date,
  source text NOT NULL CHECK (source IN ('desk', 'import', 'demo')),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, step_id, assess_number),
  CHECK (verified_by <> approved_by),
  CHECK (verdict NOT IN ('mistaken', 'malicious') OR (verified_by IS NOT NULL AND approved_by IS NOT NULL)),
  CHECK ((verdict IS NULL) = (decided_on IS NULL))
);
COMMENT ON TABLE feedback.rating_verdict IS
  'What the verification of a rating found (核实结论); filled in once, by two people where it excludes';
COMMENT ON COLUMN feedback.rating_verdict.step_id IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rating_verdict.assess_number IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rating_verdict.service_month IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.rating_verdict.verdict IS
  'upheld 属实, mistaken 误评, malicious 恶意; empty while only the attribution is decided';
COMMENT ON COLUMN feedback.rating_verdict.attribution IS 'Whom it charges, where the tags don''t say';
COMMENT ON COLUMN feedback.rating_verdict.verified_by IS 'Who verified';
COMMENT ON COLUMN feedback.rating_verdict.approved_by IS 'Who approved; never the one who verified';
COMMENT ON COLUMN feedback.rating_verdict.decided_on IS 'Day of the verdict in +08:00';
COMMENT ON COLUMN feedback.rating_verdict.source IS
  'desk: the verification desk; import: with an imported rating; demo: invented';

-- Published for the score book: the first rating of each step with its verdict and whom it may charge.
CREATE VIEW feedback.scored_rating AS
  SELECT r.city_code, r.service_month, r.step_id, r.satisfaction, r.tags, r.channel, r.source, r.real_name,
         r.recorded_at, r.assessed_at, r.batch_id, r.batch_position,
         v.verdict, v.attribution, v.verified_by, v.approved_by, v.decided_on,
         s.service_time, s.project_no, s.service_number, s.task_code, s.window_code, s.staff_no, s.dept_code,
         s.region_code
  FROM feedback.rating r
  JOIN intake.ratable_step s
    ON s.city_code = r.city_code AND s.service_month = r.service_month AND s.step_id = r.step_id
  LEFT JOIN feedback.rating_verdict v
    ON v.city_code = r.city_code AND v.step_id = r.step_id AND v.assess_number = r.assess_number
  WHERE r.assess_number = 1;
COMMENT ON VIEW feedback.scored_rating IS
  'Published: first ratings with verdict, clerk, window and department; no text, no device';

-- Published for lists: every rating with its service; whether there is a text, not the text.
CREATE VIEW feedback.rating_list AS
  SELECT r.city_code, r.service_month, r.step_id, r.assess_number, r.satisfaction, r.tags, r.process,
    r.efficiency,
         r.attitude, r.channel, r.mode, r.source, r.real_name, r.recorded_at, r.assessed_at, r.batch_id,
         r.batch_position, r.receipt, r.text_hash IS NOT NULL AS has_text,
         v.verdict, v.attribution, v.verified_by, v.approved_by, v.decided_on,
         s.service_time, s.project_no, s.service_number, s.service_name, s.task_code, s.task_name,
         s.window_code,
         s.staff_no, s.dept_code, s.region_code
  FROM feedback.rating r
  JOIN intake.ratable_step s
    ON s.city_code = r.city_code AND s.service_month = r.service_month AND s.step_id = r.step_id
  LEFT JOIN feedback.rating_verdict v
    ON v.city_code = r.city_code AND v.step_id = r.step_id AND v.assess_number = r.assess_number;
COMMENT ON VIEW feedback.rating_list IS
  'Published: ratings with their service and verdict, without text and device';

GRANT USAGE ON SEQUENCE feedback.rating_batch TO yiping_app;
GRANT SELECT, INSERT ON feedback.rating TO yiping_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON feedback.rater, feedback.rating_text TO yiping_app;
GRANT SELECT, INSERT, UPDATE ON feedback.rating_verdict TO yiping_app;
GRANT SELECT ON feedback.scored_rating, feedback.rating_list TO yiping_app;
