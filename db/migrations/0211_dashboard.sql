-- 领导看板与大屏: how orders stand and what waits for a decision, for one page.

CREATE VIEW handling.v_open_order AS
  SELECT city_code, kind, region_code, owner_department, state, yellow_from, red_from, supervised
  FROM handling.work_order WHERE state NOT IN ('closed', 'withdrawn');
COMMENT ON VIEW handling.v_open_order IS
  'Published: open orders with their cards, to be counted; nothing of their matter';

CREATE VIEW handling.v_waiting_decision AS
  SELECT x.city_code, 'exclusion' AS kind, s.region_code, s.dept_code AS department_code
  FROM handling.exclusion x
  JOIN intake.ratable_step s ON s.city_code = x.city_code AND s.service_month = x.service_month
    AND s.step_id = x.step_id
  WHERE x.state = 'proposed'
  UNION ALL
  SELECT r.city_code, 'review', f.region_code, f.dept_code
  FROM handling.integrity_review r
  JOIN handling.integrity_finding f ON f.city_code = r.city_code AND f.finding_id = r.finding_id
  WHERE r.state = 'proposed'
  UNION ALL
  SELECT city_code, 'order', region_code, owner_department
  FROM handling.work_order WHERE state = 'approval';
COMMENT ON VIEW handling.v_waiting_decision IS
  'Published: what waits for a second person: exclusions, reviews of findings, answers to be approved';

CREATE VIEW ledger.v_proposed_draft AS
  SELECT city_code, draft_id FROM ledger.scheme_draft WHERE state = 'proposed';
COMMENT ON VIEW ledger.v_proposed_draft IS 'Published: drafts of the scheme that wait for a decision';

GRANT SELECT ON handling.v_open_order, handling.v_waiting_decision, ledger.v_proposed_draft TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('leader', 'dashboard.read'), ('assessment_office', 'dashboard.read'), ('supervisor', 'dashboard.read');
