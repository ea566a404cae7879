-- 短信邀评: each service is invited once at most; who doesn't want it says so once for all.

CREATE TABLE intake.sms_invitation (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  state text NOT NULL CHECK (state IN
    ('waiting', 'sending', 'sent', 'unneeded', 'opted_out', 'expired', 'refused', 'unclear')),
  due_at timestamptz NOT NULL,
  attempts smallint NOT NULL DEFAULT 0,
  changed_at timestamptz NOT NULL,
  provider_id text,
  reason text,
  PRIMARY KEY (city_code, step_id),
  FOREIGN KEY (city_code, step_id) REFERENCES intake.case_step (city_code, step_id)
);
CREATE INDEX sms_invitation_due ON intake.sms_invitation (city_code, due_at)
  WHERE state IN ('waiting', 'sending');
CREATE INDEX sms_invitation_changed ON intake.sms_invitation (city_code, changed_at);
COMMENT ON TABLE intake.sms_invitation IS
  'Invitations to rate by short message (短信邀评): one a service at most, no phone in it';
COMMENT ON COLUMN intake.sms_invitation.state IS
  'unneeded: rated before; unclear: the line broke after it was handed over, so it is never sent again';
COMMENT ON COLUMN intake.sms_invitation.due_at IS 'Not before; outside the quiet hours';
COMMENT ON COLUMN intake.sms_invitation.attempts IS 'How often it was handed to the provider';
COMMENT ON COLUMN intake.sms_invitation.changed_at IS 'When its state changed last';
COMMENT ON COLUMN intake.sms_invitation.provider_id IS 'Number of the message at the provider';
COMMENT ON COLUMN intake.sms_invitation.reason IS 'Code of the provider''s last refusal';

CREATE TABLE intake.sms_opt_out (
  city_code text NOT NULL,
  mobile_hash bytea NOT NULL,
  source text NOT NULL CHECK (source IN ('link', 'office')),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, mobile_hash)
);
COMMENT ON TABLE intake.sms_opt_out IS 'Phones that want no more invitations (退订), as keyed hashes';
COMMENT ON COLUMN intake.sms_opt_out.mobile_hash IS 'Keyed hash of the phone, as in intake.applicant';
COMMENT ON COLUMN intake.sms_opt_out.source IS 'link: by the page in the message; office: told to the staff';

GRANT SELECT, INSERT, UPDATE ON intake.sms_invitation TO yiping_app;
GRANT SELECT, INSERT ON intake.sms_opt_out TO yiping_app;
