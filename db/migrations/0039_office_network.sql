-- 办公网络: addresses of the hall's own network, from which nobody rates by a link.

CREATE TABLE oversight.office_network (
  city_code text NOT NULL,
  network cidr NOT NULL,
  note text NOT NULL,
  added_by text NOT NULL,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, network)
);
COMMENT ON TABLE oversight.office_network IS
  'Networks of the hall''s own computers (办公网络): a rating link isn''t opened from there; never public Wi-Fi';
COMMENT ON COLUMN oversight.office_network.network IS 'Block of IPv4 or IPv6 addresses';
GRANT SELECT, INSERT, DELETE ON oversight.office_network TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES ('security_admin', 'network.manage');
