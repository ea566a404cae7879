-- 举报投诉: complaints about staff, windows and departments, as far as they concern the score.

CREATE TABLE feedback.complaint (
  city_code text NOT NULL,
  complaint_id text NOT NULL,
  received_at timestamptz NOT NULL,
  channel text NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('staff', 'window', 'department')),
  subject_code text NOT NULL,
  project_no text,
  body text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('open', 'at_fault', 'not_at_fault')),
  confirmed_by text,
  source text NOT NULL CHECK (source IN ('desk', 'import', 'demo')),
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL,
  decided_at timestamptz,
  PRIMARY KEY (city_code, complaint_id),
  CHECK (NOT (subject_kind = 'staff' AND confirmed_by = subject_code)),
  CHECK (outcome <> 'open' OR confirmed_by IS NULL)
);
CREATE INDEX complaint_received ON feedback.complaint (city_code, received_at, complaint_id);
CREATE INDEX complaint_subject ON feedback.complaint (city_code, subject_kind, subject_code, received_at);
COMMENT ON TABLE feedback.complaint IS 'A complaint (举报投诉); counts once it is found at fault and confirmed';
COMMENT ON COLUMN feedback.complaint.complaint_id IS 'Number given by whoever received it';
COMMENT ON COLUMN feedback.complaint.received_at IS 'When it came in: decides month and value';
COMMENT ON COLUMN feedback.complaint.channel IS 'How it came in: 12345, phone, letter, box, web, desk …';
COMMENT ON COLUMN feedback.complaint.subject_kind IS 'Whom it is about: staff, window or department';
COMMENT ON COLUMN feedback.complaint.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN feedback.complaint.project_no IS 'Case (projectNo) that it is about, where known';
COMMENT ON COLUMN feedback.complaint.body IS
  'What was said; people write names and phone numbers into it, so it is shown to few';
COMMENT ON COLUMN feedback.complaint.outcome IS 'open 办理中, at_fault 有责, not_at_fault 无责';
COMMENT ON COLUMN feedback.complaint.source IS 'desk: entered here; import: by file; demo: invented';
COMMENT ON COLUMN feedback.complaint.decided_at IS 'When the outcome was entered';

-- Published for the score book: what counts, without what was said.
CREATE VIEW feedback.at_fault_complaint AS
  SELECT city_code, complaint_id, received_at, channel, subject_kind, subject_code, project_no, recorded_by,
         confirmed_by, recorded_at, decided_at
  FROM feedback.complaint WHERE outcome = 'at_fault' AND confirmed_by IS NOT NULL;
COMMENT ON VIEW feedback.at_fault_complaint IS
  'Published: complaints found at fault and confirmed, without their text';

GRANT SELECT, INSERT, UPDATE ON feedback.complaint TO yiping_app;
GRANT SELECT ON feedback.at_fault_complaint TO yiping_app;
