-- 窗口邀评: who was asked at a window to rate which service, on which device it was shown, and when.

CREATE TABLE intake.window_invitation (
  city_code text NOT NULL,
  invitation_id uuid NOT NULL,
  step_id bigint NOT NULL,
  window_code text NOT NULL,
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL,
  device_id uuid,
  shown_at timestamptz,
  press_id text,
  answered_at timestamptz,
  answered_ms int CHECK (answered_ms >= 0),
  PRIMARY KEY (city_code, invitation_id),
  FOREIGN KEY (city_code, step_id) REFERENCES intake.case_step (city_code, step_id),
  CHECK ((device_id IS NULL) = (shown_at IS NULL)),
  CHECK (press_id IS NULL OR device_id IS NOT NULL)
);
CREATE INDEX window_invitation_asked ON intake.window_invitation (city_code, window_code, asked_at DESC);
CREATE INDEX window_invitation_step ON intake.window_invitation (city_code, step_id, asked_at DESC);
CREATE INDEX window_invitation_press ON intake.window_invitation (city_code, device_id, press_id, shown_at)
  WHERE press_id IS NOT NULL;
COMMENT ON TABLE intake.window_invitation IS
  'Invitations to rate at a window (窗口邀评): asked by a clerk, shown once by one device, server time';
COMMENT ON COLUMN intake.window_invitation.invitation_id IS 'Random; whoever holds it was shown it';
COMMENT ON COLUMN intake.window_invitation.step_id IS 'Record number of the service';
COMMENT ON COLUMN intake.window_invitation.asked_by IS 'Account that asked for the rating';
COMMENT ON COLUMN intake.window_invitation.device_id IS 'Device that showed it, or whose key was pressed';
COMMENT ON COLUMN intake.window_invitation.shown_at IS
  'When the device was given it to show, by the server''s clock; proves that a later upload was in time';
COMMENT ON COLUMN intake.window_invitation.press_id IS
  'Of a button device: its own number of the press, so that a repeat is the same press';
COMMENT ON COLUMN intake.window_invitation.answered_at IS 'When the rating that answers it came in';
COMMENT ON COLUMN intake.window_invitation.answered_ms IS
  'Milliseconds from display to tap by the device''s steady clock; for detectors only';

CREATE VIEW intake.v_window_invitation AS
  SELECT city_code, invitation_id, step_id, window_code, asked_by, asked_at, device_id, shown_at,
    answered_at, answered_ms
  FROM intake.window_invitation;
COMMENT ON VIEW intake.v_window_invitation IS
  'Published: which service was shown on which device when, and how soon it was answered';

GRANT SELECT, INSERT, UPDATE ON intake.window_invitation TO yiping_app;
GRANT SELECT ON intake.v_window_invitation TO yiping_app;

CREATE TABLE feedback.late_rating (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  client_id text NOT NULL,
  service_month date NOT NULL,
  invitation_id uuid NOT NULL,
  device_id uuid NOT NULL,
  source text NOT NULL CHECK (source IN ('tablet', 'button')),
  satisfaction smallint NOT NULL CHECK (satisfaction BETWEEN 1 AND 5),
  tags smallint[] NOT NULL,
  body text,
  shown_at timestamptz NOT NULL,
  device_at timestamptz,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, step_id, client_id)
);
CREATE INDEX late_rating_received ON feedback.late_rating (city_code, received_at DESC, step_id DESC);
COMMENT ON TABLE feedback.late_rating IS
  'Ratings that a device stored in time and uploaded too late (迟到评价): kept and listed, never counted';
COMMENT ON COLUMN feedback.late_rating.step_id IS 'Record number of the service';
COMMENT ON COLUMN feedback.late_rating.client_id IS 'The rating''s own id: a repeat changes nothing';
COMMENT ON COLUMN feedback.late_rating.service_month IS 'First day of the month of the service';
COMMENT ON COLUMN feedback.late_rating.invitation_id IS 'As in intake.window_invitation';
COMMENT ON COLUMN feedback.late_rating.device_id IS 'Device that uploaded it';
COMMENT ON COLUMN feedback.late_rating.source IS 'tablet or button, as in feedback.rating';
COMMENT ON COLUMN feedback.late_rating.satisfaction IS 'Level 5 非常满意 to 1 非常不满意';
COMMENT ON COLUMN feedback.late_rating.tags IS 'National tags of the level';
COMMENT ON COLUMN feedback.late_rating.body IS 'What was written; emptied after retention';
COMMENT ON COLUMN feedback.late_rating.shown_at IS 'When it was shown, by the server''s clock';
COMMENT ON COLUMN feedback.late_rating.device_at IS 'What the device''s clock said at the tap';
COMMENT ON COLUMN feedback.late_rating.received_at IS 'When it was uploaded';
GRANT SELECT, INSERT, UPDATE ON feedback.late_rating TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES ('clerk', 'rating.invite');
