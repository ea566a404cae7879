-- 窗口评价码牌: the signs at windows, each with a code of its own, replaced and revoked.

CREATE TABLE intake.window_sign (
  city_code text NOT NULL,
  sign_code text NOT NULL,
  window_code text NOT NULL,
  issued_at timestamptz NOT NULL,
  issued_by text NOT NULL,
  ended_at timestamptz,
  ended_by text,
  ended_as text CHECK (ended_as IN ('replaced', 'revoked')),
  reason text,
  PRIMARY KEY (city_code, sign_code),
  CHECK ((ended_at IS NULL) = (ended_as IS NULL))
);
CREATE UNIQUE INDEX window_sign_live ON intake.window_sign (city_code, window_code) WHERE ended_at IS NULL;
CREATE INDEX window_sign_window ON intake.window_sign (city_code, window_code, issued_at DESC);
COMMENT ON TABLE intake.window_sign IS
  'Signs at windows (窗口评价码牌): a standing invitation to rate; one holds for a window at a time';
COMMENT ON COLUMN intake.window_sign.sign_code IS
  'Twelve characters of Crockford base32: the city, then 40 random bits; what the QR code leads to';
COMMENT ON COLUMN intake.window_sign.ended_at IS 'Since when it no longer holds; empty while it does';
COMMENT ON COLUMN intake.window_sign.ended_as IS 'Replaced by another sign, or revoked without one';
COMMENT ON COLUMN intake.window_sign.reason IS 'Why it ended';
GRANT SELECT, INSERT, UPDATE ON intake.window_sign TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('system_admin', 'sign.manage'), ('assessment_office', 'sign.manage');
