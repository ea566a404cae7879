-- 诚信审查: what detectors find in the ratings, and what two people make of it. Nothing is deleted.

CREATE VIEW feedback.v_traced_rating AS
  SELECT r.city_code, r.service_month, r.step_id, r.assess_number, r.recorded_at, r.assessed_at, r.device_at,
    r.satisfaction, r.tags, r.channel, r.source, t.device_mark, t.address_hash,
    coalesce(v.verdict IN ('mistaken', 'malicious'), false) AS excluded
  FROM feedback.rating r
  LEFT JOIN feedback.rater t ON t.city_code = r.city_code AND t.service_month = r.service_month
    AND t.step_id = r.step_id AND t.assess_number = r.assess_number
  LEFT JOIN feedback.rating_verdict v ON v.city_code = r.city_code AND v.step_id = r.step_id
    AND v.assess_number = r.assess_number;
COMMENT ON VIEW feedback.v_traced_rating IS
  'Published for detectors only: ratings with the marks of their devices, which no screen ever shows';
GRANT SELECT ON feedback.v_traced_rating TO yiping_app;

CREATE VIEW feedback.v_text_mark AS
  SELECT city_code, service_month, step_id, assess_number, length(plain) AS letters,
    sha256(convert_to(plain, 'UTF8')) AS text_mark
  FROM (SELECT city_code, service_month, step_id, assess_number,
      lower(regexp_replace(body, '[\s[:punct:]，。！？、；：“”‘’（）《》…—～·]+', '', 'g')) AS plain
    FROM feedback.rating_text) t;
COMMENT ON VIEW feedback.v_text_mark IS
  'Published for detectors: a mark of each text without blanks and punctuation; equal texts have equal marks';
GRANT SELECT ON feedback.v_text_mark TO yiping_app;

CREATE VIEW intake.v_step_phone AS
  SELECT city_code, service_month, step_id, mobile_hash FROM intake.applicant WHERE mobile_hash IS NOT NULL;
COMMENT ON VIEW intake.v_step_phone IS 'Published for detectors: keyed hash of the phone behind a step';
GRANT SELECT ON intake.v_step_phone TO yiping_app;

CREATE TABLE handling.call_answer (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  called_at timestamptz NOT NULL,
  service_month date NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('reached', 'no_answer', 'refused', 'wrong_number')),
  rated boolean,
  caller text NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, step_id, called_at)
);
CREATE INDEX call_answer_denied ON handling.call_answer (city_code, service_month) WHERE rated = false;
COMMENT ON TABLE handling.call_answer IS
  'What people said when the office called them back (回访结果), by file';
COMMENT ON COLUMN handling.call_answer.outcome IS 'How the call went';
COMMENT ON COLUMN handling.call_answer.rated IS
  'Whether the person says that they rated; empty when not asked';
COMMENT ON COLUMN handling.call_answer.caller IS 'Who called; never the clerk of the service';
GRANT SELECT, INSERT ON handling.call_answer TO yiping_app;

CREATE TABLE handling.integrity_finding (
  city_code text NOT NULL,
  finding_id uuid NOT NULL,
  detector text NOT NULL CHECK (detector IN ('device_burst', 'address_burst', 'tablet_haste',
    'before_service', 'outside_hours', 'same_text', 'one_phone', 'uniform_clerk', 'channel_gap',
    'denied_by_call', 'month_end_jump')),
  subject_kind text NOT NULL CHECK (subject_kind IN
    ('device', 'address', 'text', 'phone', 'staff', 'window', 'rating')),
  subject_code text NOT NULL,
  period text NOT NULL,
  region_code text NOT NULL,
  dept_code text,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  numbers jsonb NOT NULL,
  rule jsonb NOT NULL,
  ratings int NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'proposed', 'no_fault', 'induced', 'faked')),
  found_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, finding_id),
  UNIQUE (city_code, detector, subject_kind, subject_code, period)
);
CREATE INDEX integrity_finding_listed ON handling.integrity_finding (city_code, from_at, finding_id);
COMMENT ON TABLE handling.integrity_finding IS
  'What a detector found suspicious in ratings (诚信线索); changes no score and deletes nothing';
COMMENT ON COLUMN handling.integrity_finding.detector IS 'Which detector';
COMMENT ON COLUMN handling.integrity_finding.subject_kind IS 'What the ratings have in common';
COMMENT ON COLUMN handling.integrity_finding.subject_code IS
  'Staff number, window code, rating, or a name made up for a device, address, phone or text';
COMMENT ON COLUMN handling.integrity_finding.period IS 'Day or month looked at, or the rating: found once';
COMMENT ON COLUMN handling.integrity_finding.from_at IS 'Earliest of its ratings';
COMMENT ON COLUMN handling.integrity_finding.to_at IS 'Latest of its ratings';
COMMENT ON COLUMN handling.integrity_finding.numbers IS 'Figures of the explanation';
COMMENT ON COLUMN handling.integrity_finding.rule IS 'Limits applied, their date and clause';
COMMENT ON COLUMN handling.integrity_finding.ratings IS 'How many ratings it is about';
GRANT SELECT, INSERT, UPDATE ON handling.integrity_finding TO yiping_app;

CREATE TABLE handling.integrity_evidence (
  city_code text NOT NULL,
  finding_id uuid NOT NULL,
  step_id bigint NOT NULL,
  assess_number smallint NOT NULL,
  service_month date NOT NULL,
  PRIMARY KEY (city_code, finding_id, step_id, assess_number),
  FOREIGN KEY (city_code, finding_id) REFERENCES handling.integrity_finding (city_code, finding_id)
);
COMMENT ON TABLE handling.integrity_evidence IS 'The ratings behind a finding, the first hundreds of many';
COMMENT ON COLUMN handling.integrity_evidence.assess_number IS 'Which rating of the step';
GRANT SELECT, INSERT ON handling.integrity_evidence TO yiping_app;

CREATE TABLE handling.integrity_review (
  city_code text NOT NULL,
  review_id uuid NOT NULL,
  finding_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('no_fault', 'induced', 'faked')),
  reason text NOT NULL,
  excludes jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn')),
  proposed_by text NOT NULL,
  proposed_name text NOT NULL,
  proposed_staff text,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  decision_note text,
  excluded int,
  PRIMARY KEY (city_code, review_id),
  FOREIGN KEY (city_code, finding_id) REFERENCES handling.integrity_finding (city_code, finding_id),
  CHECK (state = 'withdrawn' OR decided_by IS NULL OR decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX integrity_review_open ON handling.integrity_review (city_code, finding_id)
  WHERE state IN ('proposed', 'approved');
COMMENT ON TABLE handling.integrity_review IS
  'What two people make of a finding (审查结论): one proposes a verdict, another decides';
COMMENT ON COLUMN handling.integrity_review.verdict IS 'no_fault 无问题, induced 诱导, faked 虚假';
COMMENT ON COLUMN handling.integrity_review.excludes IS 'Ratings to be taken out with it, as step/number';
COMMENT ON COLUMN handling.integrity_review.proposed_by IS 'Account that proposes it';
COMMENT ON COLUMN handling.integrity_review.proposed_name IS 'Username at that time';
COMMENT ON COLUMN handling.integrity_review.proposed_staff IS 'Staff number of the proposer';
COMMENT ON COLUMN handling.integrity_review.decided_by IS 'Account that decided or withdrew it';
COMMENT ON COLUMN handling.integrity_review.decided_name IS 'Username at that time';
COMMENT ON COLUMN handling.integrity_review.decision_note IS 'Why, in the words of whoever decided';
COMMENT ON COLUMN handling.integrity_review.excluded IS 'How many ratings it has taken out';
GRANT SELECT, INSERT, UPDATE ON handling.integrity_review TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('supervisor', 'integrity.read'), ('supervisor', 'integrity.run'), ('supervisor', 'integrity.propose'),
  ('supervisor', 'integrity.decide'),
  ('assessment_office', 'integrity.read'), ('assessment_office', 'integrity.propose'),
  ('assessment_office', 'integrity.decide'),
  ('leader', 'integrity.read'), ('leader', 'integrity.decide'),
  ('auditor', 'integrity.read'), ('auditor', 'integrity.run');
