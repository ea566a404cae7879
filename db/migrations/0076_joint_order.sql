-- 协办与会商: other departments give their part of an answer, meetings are kept, and causes named.

ALTER TABLE handling.work_order ADD COLUMN cause text;
COMMENT ON COLUMN handling.work_order.cause IS
  'Root cause of a stuck matter, by rules/example-city/stuck-matter.yaml; needed to answer one';

CREATE TABLE handling.order_part (
  city_code text NOT NULL,
  order_id uuid NOT NULL,
  part_no int NOT NULL CHECK (part_no >= 1),
  department_code text NOT NULL,
  asked text NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'answered', 'returned', 'waived')),
  asked_by text NOT NULL,
  asked_name text NOT NULL,
  asked_at timestamptz NOT NULL,
  ended_by text,
  ended_name text,
  ended_at timestamptz,
  words text,
  PRIMARY KEY (city_code, order_id, part_no),
  FOREIGN KEY (city_code, order_id) REFERENCES handling.work_order (city_code, order_id),
  CHECK ((state = 'asked') = (ended_at IS NULL))
);
CREATE UNIQUE INDEX order_part_open ON handling.order_part (city_code, order_id, department_code)
  WHERE state = 'asked';
CREATE INDEX order_part_department ON handling.order_part (city_code, department_code, order_id);
COMMENT ON TABLE handling.order_part IS
  'Co-handling (协办): what the department that answers an order asks of another one; its limit is a duty';
COMMENT ON COLUMN handling.order_part.part_no IS 'Counts within the order; the duty is named after it';
COMMENT ON COLUMN handling.order_part.department_code IS 'Department that is asked';
COMMENT ON COLUMN handling.order_part.asked IS 'What it is asked for';
COMMENT ON COLUMN handling.order_part.state IS
  'asked 协办中, answered 已答复, returned 退回（不属本部门）, waived 免予协办';
COMMENT ON COLUMN handling.order_part.asked_by IS 'Account of the lead department';
COMMENT ON COLUMN handling.order_part.ended_by IS 'Account that answered, returned or waived it';
COMMENT ON COLUMN handling.order_part.words IS 'The part answer, or why it was returned or waived';
GRANT SELECT, INSERT, UPDATE ON handling.order_part TO yiping_app;

CREATE TABLE handling.joint_meeting (
  city_code text NOT NULL,
  order_id uuid NOT NULL,
  meeting_no int NOT NULL CHECK (meeting_no >= 1),
  held_on date NOT NULL,
  departments text[] NOT NULL,
  outcome text NOT NULL,
  minutes_file uuid NOT NULL,
  recorded_by text NOT NULL,
  recorded_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, order_id, meeting_no),
  FOREIGN KEY (city_code, order_id) REFERENCES handling.work_order (city_code, order_id)
);
COMMENT ON TABLE handling.joint_meeting IS 'Joint meetings (会商): departments meet about an order';
COMMENT ON COLUMN handling.joint_meeting.meeting_no IS 'Counts within the order';
COMMENT ON COLUMN handling.joint_meeting.held_on IS 'Day on which they met';
COMMENT ON COLUMN handling.joint_meeting.departments IS 'Departments that met, besides the one that answers';
COMMENT ON COLUMN handling.joint_meeting.outcome IS 'What they agreed on';
COMMENT ON COLUMN handling.joint_meeting.minutes_file IS 'The minutes (会议纪要), one of the order''s files';
GRANT SELECT, INSERT ON handling.joint_meeting TO yiping_app;
