-- 名录: who and where. Regions, cities and the calendar are shared by all; everything else belongs to one city.

CREATE TABLE registry.region (
  code text PRIMARY KEY CHECK (code ~ '^[1-9][0-9]{11}$'),
  name text NOT NULL CHECK (name <> ''),
  level text NOT NULL CHECK (level IN ('province', 'city', 'county', 'township')),
  parent_code text REFERENCES registry.region (code),
  CHECK ((parent_code IS NULL) = (level = 'province'))
);
CREATE INDEX region_parent ON registry.region (parent_code);
COMMENT ON TABLE registry.region IS 'Regions 行政区划: 12 digits (GB/T 2260 and the statistics bureau)';
COMMENT ON COLUMN registry.region.parent_code IS 'The region above; none for a province';

CREATE TABLE registry.region_alias (
  old_prefix text PRIMARY KEY CHECK (old_prefix ~ '^[1-9][0-9]{3,11}$'),
  new_prefix text NOT NULL CHECK (length(new_prefix) = length(old_prefix))
);
COMMENT ON TABLE registry.region_alias IS
  'Codes that regions had before: the first digits, replaced by the present ones';
COMMENT ON COLUMN registry.region_alias.old_prefix IS 'First digits of the former codes, such as 370882';
COMMENT ON COLUMN registry.region_alias.new_prefix IS 'As many digits that stand there today, such as 370812';

CREATE TABLE registry.city (
  city_code text PRIMARY KEY CHECK (city_code ~ '^[1-9][0-9]{5}$'),
  name text NOT NULL
);
COMMENT ON TABLE registry.city IS 'Cities that this system serves: its tenants';

CREATE TABLE registry.calendar_day (
  day date PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('holiday', 'workday')),
  name text NOT NULL
);
COMMENT ON TABLE registry.calendar_day IS
  'Days that differ from the usual week: statutory holidays 节假日 and make-up working days 调休';

CREATE TABLE registry.department (
  city_code text NOT NULL,
  code text NOT NULL CHECK (length(code) = 18),
  name text NOT NULL CHECK (name <> ''),
  region_code text NOT NULL REFERENCES registry.region (code),
  stationed boolean NOT NULL,
  PRIMARY KEY (city_code, code)
);
COMMENT ON TABLE registry.department IS
  'Departments 部门 that serve in a hall, by unified social credit code (GB 32100)';
COMMENT ON COLUMN registry.department.stationed IS 'Has people and items in the hall 进驻';

CREATE TABLE registry.service_window (
  city_code text NOT NULL,
  code text NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  department_code text NOT NULL,
  region_code text NOT NULL REFERENCES registry.region (code),
  kind text NOT NULL CHECK (kind IN ('general', 'issue', 'department', 'stuck_matter')),
  floor text,
  hours text CHECK (hours ~ '^([0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2})(,[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2})*$'),
  PRIMARY KEY (city_code, code),
  FOREIGN KEY (city_code, department_code) REFERENCES registry.department (city_code, code)
);
CREATE INDEX service_window_department ON registry.service_window (city_code, department_code);
COMMENT ON TABLE registry.service_window IS 'Windows 窗口 of the halls';
COMMENT ON COLUMN registry.service_window.region_code IS
  'Region of the hall it stands in: decides the unit of assessment';
COMMENT ON COLUMN registry.service_window.kind IS
  'general 综合受理, issue 统一出件, department 部门专窗, stuck_matter 办不成事';
COMMENT ON COLUMN registry.service_window.floor IS 'Where in the hall, in the hall''s own words';
COMMENT ON COLUMN registry.service_window.hours IS 'Opening hours such as 09:00-12:00,13:30-17:00';

CREATE TABLE registry.staff (
  city_code text NOT NULL,
  staff_no text NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  identity text NOT NULL CHECK (identity IN ('civil_servant', 'stationed', 'purchased')),
  department_code text NOT NULL,
  PRIMARY KEY (city_code, staff_no),
  FOREIGN KEY (city_code, department_code) REFERENCES registry.department (city_code, code)
);
CREATE INDEX staff_department ON registry.staff (city_code, department_code);
COMMENT ON TABLE registry.staff IS 'Staff 人员 of the halls';
COMMENT ON COLUMN registry.staff.identity IS 'civil_servant 公务员, stationed 派驻, purchased 政府购买服务';

CREATE TABLE registry.posting (
  city_code text NOT NULL,
  staff_no text NOT NULL,
  window_code text NOT NULL,
  role text NOT NULL CHECK (role IN ('clerk', 'chief_representative', 'supervisor')),
  from_date date NOT NULL,
  to_date date CHECK (to_date >= from_date),
  PRIMARY KEY (city_code, staff_no, window_code, role, from_date),
  FOREIGN KEY (city_code, staff_no) REFERENCES registry.staff (city_code, staff_no),
  FOREIGN KEY (city_code, window_code) REFERENCES registry.service_window (city_code, code)
);
CREATE INDEX posting_window ON registry.posting (city_code, window_code, from_date);
COMMENT ON TABLE registry.posting IS 'Who served at which window from when to when 派岗; both days included';
COMMENT ON COLUMN registry.posting.role IS 'clerk 窗口人员, chief_representative 首席代表, supervisor 值班主任';
COMMENT ON COLUMN registry.posting.to_date IS 'Last day; none while it lasts';

CREATE TABLE registry.service_item (
  city_code text NOT NULL,
  code text NOT NULL CHECK (length(code) IN (31, 33)),
  name text NOT NULL CHECK (name <> ''),
  department_code text NOT NULL,
  owner_code text NOT NULL,
  type text NOT NULL CHECK (type ~ '^[0-9]{2}$'),
  promise text NOT NULL CHECK (promise IN ('instant', 'promised')),
  promised_days int CHECK (promised_days > 0),
  PRIMARY KEY (city_code, code),
  FOREIGN KEY (city_code, department_code) REFERENCES registry.department (city_code, code)
);
CREATE INDEX service_item_department ON registry.service_item (city_code, department_code);
COMMENT ON TABLE registry.service_item IS 'Service items 事项 by their code of 31 or 33 characters';
COMMENT ON COLUMN registry.service_item.owner_code IS
  'Department that the code itself names; department_code, which handles the item, may be another';
COMMENT ON COLUMN registry.service_item.type IS
  'Two digits: 01 licence … 20 public service; 02 03 04 06 are not ratable';
COMMENT ON COLUMN registry.service_item.promise IS 'instant 即办件, promised 承诺件';
COMMENT ON COLUMN registry.service_item.promised_days IS 'Working days; none for what is settled at once';

-- Published for downstream: the only names that other stages read.
CREATE VIEW registry.v_region AS
  SELECT code, name, level, parent_code,
    CASE level WHEN 'province' THEN left(code, 2) WHEN 'city' THEN left(code, 4)
      WHEN 'county' THEN left(code, 6) ELSE left(code, 9) END AS prefix
  FROM registry.region;
COMMENT ON VIEW registry.v_region IS
  'Published: regions; prefix = the digits that it and all below it begin with';

CREATE VIEW registry.v_city AS SELECT city_code, name FROM registry.city;
COMMENT ON VIEW registry.v_city IS 'Published: the cities served';

CREATE VIEW registry.v_calendar_day AS SELECT day, kind, name FROM registry.calendar_day;
COMMENT ON VIEW registry.v_calendar_day IS 'Published: days that differ from the usual week';

CREATE VIEW registry.v_department AS
  SELECT city_code, code, name, region_code, stationed FROM registry.department;
COMMENT ON VIEW registry.v_department IS 'Published: departments';

CREATE VIEW registry.v_window AS
  SELECT city_code, code, name, department_code, region_code, kind, floor, hours,
    left(hours, 5) AS opens, right(hours, 5) AS closes
  FROM registry.service_window;
COMMENT ON VIEW registry.v_window IS
  'Published: windows; opens and closes are the first and last time of hours';

CREATE VIEW registry.v_staff AS
  SELECT city_code, staff_no, name, identity, department_code FROM registry.staff;
COMMENT ON VIEW registry.v_staff IS 'Published: staff';

CREATE VIEW registry.v_posting AS
  SELECT city_code, staff_no, window_code, role, from_date, to_date FROM registry.posting;
COMMENT ON VIEW registry.v_posting IS 'Published: postings; to_date is the last day, none while it lasts';

CREATE VIEW registry.v_item AS
  SELECT city_code, code, name, department_code, owner_code, type, promise, promised_days,
    type NOT IN ('02', '03', '04', '06') AS ratable
  FROM registry.service_item;
COMMENT ON VIEW registry.v_item IS 'Published: service items; ratable unless their type governs by force';

GRANT SELECT, INSERT, UPDATE ON registry.region, registry.region_alias, registry.city, registry.calendar_day,
  registry.department, registry.service_window, registry.staff, registry.posting, registry.service_item
  TO yiping_app;
GRANT SELECT ON registry.v_region, registry.v_city, registry.v_calendar_day, registry.v_department,
  registry.v_window, registry.v_staff, registry.v_posting, registry.v_item TO yiping_app;
