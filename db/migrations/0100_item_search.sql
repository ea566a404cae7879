-- 事项检索与办理设置: items found by name, pinyin or code; their papers and the steps of their approval.

ALTER TABLE registry.service_item
  ADD COLUMN initials text NOT NULL DEFAULT '',
  ADD COLUMN pinyin text NOT NULL DEFAULT '',
  ADD COLUMN sought text GENERATED ALWAYS AS
    (lower(name) || chr(10) || initials || chr(10) || pinyin || chr(10) || lower(code)) STORED;
COMMENT ON COLUMN registry.service_item.initials IS
  'First letters of the name''s pinyin; empty until imported';
COMMENT ON COLUMN registry.service_item.pinyin IS 'The name''s pinyin without tones, in one word';
COMMENT ON COLUMN registry.service_item.sought IS 'All that an item is found by, a line each';

CREATE TABLE registry.item_material (
  city_code text NOT NULL,
  item_code text NOT NULL,
  material_no int NOT NULL CHECK (material_no > 0),
  name text NOT NULL CHECK (name <> ''),
  applicant text NOT NULL CHECK (applicant IN ('any', 'person', 'company')),
  form text NOT NULL CHECK (form IN ('original', 'copy', 'electronic')),
  copies int NOT NULL CHECK (copies BETWEEN 1 AND 99),
  may_follow boolean NOT NULL,
  source text,
  PRIMARY KEY (city_code, item_code, material_no),
  FOREIGN KEY (city_code, item_code) REFERENCES registry.service_item (city_code, code)
);
COMMENT ON TABLE registry.item_material IS 'Papers 申请材料 that an item asks for, by kind of applicant';
COMMENT ON COLUMN registry.item_material.material_no IS 'Its place in the list of the item';
COMMENT ON COLUMN registry.item_material.applicant IS
  'Whom it is asked of: any, person 自然人, company 法人和其他组织';
COMMENT ON COLUMN registry.item_material.form IS 'original 原件, copy 复印件, electronic 电子件';
COMMENT ON COLUMN registry.item_material.copies IS 'How many of it';
COMMENT ON COLUMN registry.item_material.may_follow IS 'May be handed in after acceptance 可容缺';
COMMENT ON COLUMN registry.item_material.source IS 'Clause by which it is asked for';

CREATE TABLE registry.item_step (
  city_code text NOT NULL,
  item_code text NOT NULL,
  step_no int NOT NULL CHECK (step_no > 0),
  name text NOT NULL CHECK (name <> ''),
  department_code text NOT NULL,
  two_person boolean NOT NULL,
  PRIMARY KEY (city_code, item_code, step_no),
  FOREIGN KEY (city_code, item_code) REFERENCES registry.service_item (city_code, code),
  FOREIGN KEY (city_code, department_code) REFERENCES registry.department (city_code, code)
);
COMMENT ON TABLE registry.item_step IS
  'Steps of an item''s approval 审批环节; without any, its department decides alone';
COMMENT ON COLUMN registry.item_step.step_no IS 'Their order';
COMMENT ON COLUMN registry.item_step.department_code IS 'Whose back office takes the step';
COMMENT ON COLUMN registry.item_step.two_person IS
  'Whoever accepted or decided before may not decide it 审办分离';

GRANT SELECT, INSERT, UPDATE, DELETE ON registry.item_material, registry.item_step TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES ('clerk', 'case.accept');
