-- 设备: the rating tablets and button devices of the halls.

CREATE TABLE registry.device (
  city_code text NOT NULL,
  device_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('tablet', 'button')),
  window_code text NOT NULL,
  name text NOT NULL,
  keys jsonb,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  pairing_code_hash bytea,
  pairing_until timestamptz,
  pairing_by text,
  credential_hash bytea,
  paired_by text,
  paired_at timestamptz,
  revoked_by text,
  revoked_at timestamptz,
  seen_at timestamptz,
  waiting int CHECK (waiting >= 0),
  PRIMARY KEY (city_code, device_id),
  FOREIGN KEY (city_code, window_code) REFERENCES registry.service_window (city_code, code),
  CHECK ((kind = 'button') = (keys IS NOT NULL)),
  CHECK ((pairing_code_hash IS NULL) = (pairing_until IS NULL)),
  CHECK ((credential_hash IS NULL) = (paired_at IS NULL))
);
CREATE UNIQUE INDEX device_pairing_code ON registry.device (city_code, pairing_code_hash)
  WHERE pairing_code_hash IS NOT NULL;
CREATE UNIQUE INDEX device_credential ON registry.device (city_code, credential_hash)
  WHERE credential_hash IS NOT NULL;
CREATE INDEX device_window ON registry.device (city_code, window_code);
COMMENT ON TABLE registry.device IS 'Rating tablets and button devices (设备), each bound to a window';
COMMENT ON COLUMN registry.device.kind IS 'tablet: shows the kiosk page; button: keys without a screen';
COMMENT ON COLUMN registry.device.keys IS
  'Of a button device: what each of its keys means, as satisfaction with tags by the key''s name';
COMMENT ON COLUMN registry.device.pairing_code_hash IS
  'Keyed hash of the open pairing code; emptied by whoever uses it first';
COMMENT ON COLUMN registry.device.pairing_until IS 'First instant at which the pairing code is void';
COMMENT ON COLUMN registry.device.pairing_by IS 'Account that made the open pairing code';
COMMENT ON COLUMN registry.device.credential_hash IS
  'SHA-256 of the secret that the device holds: a copy of this table opens nothing';
COMMENT ON COLUMN registry.device.paired_by IS 'Account that made the code or the credential';
COMMENT ON COLUMN registry.device.revoked_at IS 'Since when it is refused, for good; null: it may rate';
COMMENT ON COLUMN registry.device.seen_at IS 'When it last spoke to the server';
COMMENT ON COLUMN registry.device.waiting IS 'Ratings that wait on it for the line, as it last told';

CREATE VIEW registry.v_device AS
  SELECT city_code, device_id, kind, window_code, name, paired_at, revoked_at, seen_at, waiting
  FROM registry.device;
COMMENT ON VIEW registry.v_device IS 'Published: devices with their windows, without their secrets';

GRANT SELECT, INSERT, UPDATE ON registry.device TO yiping_app;
GRANT SELECT ON registry.v_device TO yiping_app;
