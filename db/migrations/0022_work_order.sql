-- 来件与工单: what people say besides ratings, and the orders by which it is answered.

CREATE TABLE feedback.voice_counter (
  city_code text NOT NULL,
  year int NOT NULL,
  next int NOT NULL,
  PRIMARY KEY (city_code, year)
);
COMMENT ON TABLE feedback.voice_counter IS 'Numbers of voices by year';
COMMENT ON COLUMN feedback.voice_counter.year IS 'Year of registration';
COMMENT ON COLUMN feedback.voice_counter.next IS 'The number that the last voice has';

CREATE TABLE feedback.voice (
  city_code text NOT NULL,
  voice_id uuid NOT NULL,
  number text NOT NULL,
  sender text NOT NULL,
  client_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('stuck_matter', 'complaint', 'suggestion', 'praise')),
  channel text NOT NULL CHECK (channel IN ('desk', 'phone', 'letter', 'box', 'web', '12345')),
  subject_kind text CHECK (subject_kind IN ('staff', 'window', 'department')),
  subject_code text,
  project_no text,
  region_code text NOT NULL,
  department_code text,
  body text NOT NULL,
  named boolean NOT NULL,
  received_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, voice_id),
  UNIQUE (city_code, number),
  UNIQUE (city_code, sender, client_id),
  CHECK ((subject_kind IS NULL) = (subject_code IS NULL))
);
CREATE INDEX voice_received ON feedback.voice (city_code, received_at, voice_id);
COMMENT ON TABLE feedback.voice IS
  'What people have to say besides ratings (群众来件): stuck matters, complaints, suggestions, praise';
COMMENT ON COLUMN feedback.voice.number IS 'Number by which people follow it, such as TS2026-000123';
COMMENT ON COLUMN feedback.voice.sender IS 'Account or key that handed it in, or web';
COMMENT ON COLUMN feedback.voice.client_id IS 'The sender''s own id: the same again is the same voice';
COMMENT ON COLUMN feedback.voice.channel IS 'How it came in';
COMMENT ON COLUMN feedback.voice.subject_kind IS 'Whom it is about, where it says so';
COMMENT ON COLUMN feedback.voice.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN feedback.voice.region_code IS 'Where its subject or case stands';
COMMENT ON COLUMN feedback.voice.department_code IS 'Whose its subject or case is';
COMMENT ON COLUMN feedback.voice.body IS 'What was said; emptied after retention';
COMMENT ON COLUMN feedback.voice.named IS 'A name or phone was left, in feedback.speaker';
COMMENT ON COLUMN feedback.voice.received_at IS 'When it came in: its day is day 0 of every limit';

CREATE TABLE feedback.speaker (
  city_code text NOT NULL,
  voice_id uuid NOT NULL,
  name_enc bytea,
  phone_enc bytea,
  phone_hash bytea,
  PRIMARY KEY (city_code, voice_id),
  FOREIGN KEY (city_code, voice_id) REFERENCES feedback.voice (city_code, voice_id)
);
COMMENT ON TABLE feedback.speaker IS
  'Who spoke (来件人), sealed apart: never shown to whom it is about; deleted after retention';
COMMENT ON COLUMN feedback.speaker.voice_id IS 'As in feedback.voice';
COMMENT ON COLUMN feedback.speaker.name_enc IS 'Name, sealed';
COMMENT ON COLUMN feedback.speaker.phone_enc IS 'Phone, sealed';
COMMENT ON COLUMN feedback.speaker.phone_hash IS 'Keyed hash of the phone, for following by number and phone';

GRANT SELECT, INSERT, UPDATE ON feedback.voice_counter, feedback.voice TO yiping_app;
GRANT SELECT, INSERT, DELETE ON feedback.speaker TO yiping_app;

ALTER TABLE handling.duty ADD COLUMN paused_at timestamptz;
COMMENT ON COLUMN handling.duty.paused_at IS 'Since when its clock stands still; empty while it runs';

CREATE TABLE handling.work_order (
  city_code text NOT NULL,
  order_id uuid NOT NULL,
  number text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('rectification', 'stuck_matter', 'complaint', 'suggestion')),
  source_id text NOT NULL,
  step_id bigint,
  voice_id uuid,
  project_no text,
  service_number int,
  concerned_staff text,
  window_code text,
  region_code text NOT NULL,
  owner_department text,
  state text NOT NULL CHECK (state IN
    ('unassigned', 'unsigned', 'handling', 'paused', 'approval', 'call_back', 'closed', 'withdrawn')),
  complexity text NOT NULL CHECK (complexity IN ('simple', 'complex', 'joint', 'longest')),
  opened_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  sign_due_at timestamptz NOT NULL,
  contact_due_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  next_due_at timestamptz NOT NULL,
  yellow_from timestamptz,
  red_from timestamptz,
  signed_at timestamptz,
  contacted_at timestamptz,
  answered_at timestamptz,
  answered_by text,
  closed_at timestamptz,
  reopened int NOT NULL DEFAULT 0 CHECK (reopened BETWEEN 0 AND 1),
  extended int NOT NULL DEFAULT 0 CHECK (extended BETWEEN 0 AND 1),
  supervised boolean NOT NULL DEFAULT false,
  PRIMARY KEY (city_code, order_id),
  UNIQUE (city_code, number),
  UNIQUE (city_code, kind, source_id),
  FOREIGN KEY (city_code, voice_id) REFERENCES feedback.voice (city_code, voice_id)
);
CREATE INDEX work_order_due ON handling.work_order (city_code, next_due_at, order_id)
  WHERE state NOT IN ('closed', 'withdrawn');
CREATE INDEX work_order_owner ON handling.work_order (city_code, owner_department, next_due_at, order_id)
  WHERE state NOT IN ('closed', 'withdrawn');
CREATE INDEX work_order_opened ON handling.work_order (city_code, opened_at, order_id);
COMMENT ON TABLE handling.work_order IS
  'Orders (工单): who answers which bad word until when, and how far it is';
COMMENT ON COLUMN handling.work_order.number IS
  'Number under which people know it; a voice''s own where there is one';
COMMENT ON COLUMN handling.work_order.source_id IS
  'What it answers: a voice, or a rating by record and count';
COMMENT ON COLUMN handling.work_order.step_id IS 'Service record of the bad rating';
COMMENT ON COLUMN handling.work_order.service_number IS 'Step of the case that was rated';
COMMENT ON COLUMN handling.work_order.concerned_staff IS 'Clerk concerned: may appeal, never handles';
COMMENT ON COLUMN handling.work_order.window_code IS 'Window concerned, where known';
COMMENT ON COLUMN handling.work_order.region_code IS 'Where it belongs, for data scopes';
COMMENT ON COLUMN handling.work_order.owner_department IS 'Department that answers; empty until it is known';
COMMENT ON COLUMN handling.work_order.complexity IS 'Which limit holds: simple, complex, joint, longest';
COMMENT ON COLUMN handling.work_order.opened_at IS 'Day 0 of its limits';
COMMENT ON COLUMN handling.work_order.sign_due_at IS 'Until when its owner signs for it';
COMMENT ON COLUMN handling.work_order.contact_due_at IS 'Until when the person is contacted';
COMMENT ON COLUMN handling.work_order.due_at IS 'Until when it is answered';
COMMENT ON COLUMN handling.work_order.next_due_at IS
  'End of the most urgent limit that runs, else of the answer''s';
COMMENT ON COLUMN handling.work_order.yellow_from IS 'First instant at which any running limit is yellow';
COMMENT ON COLUMN handling.work_order.red_from IS 'First instant at which any running limit is red';
COMMENT ON COLUMN handling.work_order.answered_by IS
  'Account that handed the answer in: another one approves';
COMMENT ON COLUMN handling.work_order.reopened IS 'How often it was reopened: once at most';
COMMENT ON COLUMN handling.work_order.extended IS 'How often its limit was extended: once at most';
COMMENT ON COLUMN handling.work_order.supervised IS 'Under supervision (督办)';

CREATE TABLE handling.work_order_event (
  city_code text NOT NULL,
  order_id uuid NOT NULL,
  event_no int NOT NULL,
  what text NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  note text,
  detail jsonb,
  PRIMARY KEY (city_code, order_id, event_no),
  FOREIGN KEY (city_code, order_id) REFERENCES handling.work_order (city_code, order_id)
);
COMMENT ON TABLE handling.work_order_event IS
  'The story of an order, from the first word to the last; only added to';
COMMENT ON COLUMN handling.work_order_event.event_no IS 'Order, from 1';
COMMENT ON COLUMN handling.work_order_event.what IS 'What happened';
COMMENT ON COLUMN handling.work_order_event.by_id IS 'Account, key or part of the product';
COMMENT ON COLUMN handling.work_order_event.at IS 'When it happened';
COMMENT ON COLUMN handling.work_order_event.detail IS 'Codes, dates and numbers of the step';

GRANT SELECT, INSERT, UPDATE ON handling.work_order TO yiping_app;
GRANT SELECT, INSERT ON handling.work_order_event TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('department_liaison', 'order.read'), ('department_liaison', 'order.handle'),
  ('supervisor', 'order.read'), ('supervisor', 'order.assign'), ('supervisor', 'order.approve'),
  ('assessment_office', 'order.read'), ('assessment_office', 'order.assign'),
  ('assessment_office', 'order.approve'),
  ('leader', 'order.read'), ('leader', 'order.approve'),
  ('caller', 'order.read'), ('caller', 'order.call'),
  ('auditor', 'order.read'),
  ('supervisor', 'voice.write'), ('assessment_office', 'voice.write'), ('caller', 'voice.write');

CREATE TABLE handling.order_counter (
  city_code text NOT NULL,
  year int NOT NULL,
  next int NOT NULL,
  PRIMARY KEY (city_code, year)
);
COMMENT ON TABLE handling.order_counter IS 'Numbers of orders that answer no voice, by year';
COMMENT ON COLUMN handling.order_counter.year IS 'Year of opening';
COMMENT ON COLUMN handling.order_counter.next IS 'The number that the last order has';
GRANT SELECT, INSERT, UPDATE ON handling.order_counter TO yiping_app;
