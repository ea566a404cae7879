-- 审批: the back offices of the departments, step by step.

CREATE TABLE intake.approval_step (
  city_code text NOT NULL,
  project_no text NOT NULL,
  step_no int NOT NULL,
  name text NOT NULL,
  department_code text NOT NULL,
  two_person boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'open', 'passed', 'rejected')),
  assigned_to text,
  opened_at timestamptz,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  opinion text,
  PRIMARY KEY (city_code, project_no, step_no),
  FOREIGN KEY (city_code, project_no) REFERENCES intake.application (city_code, project_no)
);
CREATE INDEX approval_step_open ON intake.approval_step (city_code, department_code, opened_at)
  WHERE state = 'open';
CREATE INDEX approval_step_load ON intake.approval_step (city_code, assigned_to) WHERE state = 'open';
COMMENT ON TABLE intake.approval_step IS
  'Steps of a case''s approval 审批环节, as the item had them when it was accepted';
COMMENT ON COLUMN intake.approval_step.step_no IS 'Their order';
COMMENT ON COLUMN intake.approval_step.department_code IS 'Whose back office decides it';
COMMENT ON COLUMN intake.approval_step.two_person IS 'Nobody decides it who has handled the case before';
COMMENT ON COLUMN intake.approval_step.state IS 'waiting 未到, open 办理中, passed 通过, rejected 不予';
COMMENT ON COLUMN intake.approval_step.assigned_to IS
  'Staff number of whoever had the least open steps; any of the department may decide';
COMMENT ON COLUMN intake.approval_step.decided_by IS 'Staff number of whoever decided it';
COMMENT ON COLUMN intake.approval_step.opinion IS 'What was written with the decision';
GRANT SELECT, INSERT, UPDATE ON intake.approval_step TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES ('clerk', 'case.approve');
