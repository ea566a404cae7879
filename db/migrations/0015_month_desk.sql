-- 月结台: what upstream publishes of matters that a month's end may still wait for.

CREATE VIEW intake.v_open_correction AS
  SELECT c.city_code, c.correction_id, s.service_month
  FROM intake.correction c
  JOIN intake.case_step s ON s.city_code = c.city_code AND s.step_id = c.step_id
  WHERE c.state = 'proposed';
COMMENT ON VIEW intake.v_open_correction IS 'Published: proposed corrections that nobody has decided';

CREATE VIEW feedback.v_open_complaint AS
  SELECT city_code, complaint_id, received_at FROM feedback.complaint
  WHERE outcome = 'open' OR (outcome = 'at_fault' AND confirmed_by IS NULL);
COMMENT ON VIEW feedback.v_open_complaint IS
  'Published: complaints that are not answered, or whose fault nobody else has confirmed';

CREATE VIEW conduct.v_unconfirmed AS
  SELECT city_code, 'finding' AS kind, finding_id AS id, occurred_on FROM conduct.finding
  WHERE confirmed_by IS NULL
  UNION ALL
  SELECT city_code, 'merit', merit_id, occurred_on FROM conduct.merit WHERE confirmed_by IS NULL;
COMMENT ON VIEW conduct.v_unconfirmed IS 'Published: findings and merits that only one person stands for';

GRANT SELECT ON intake.v_open_correction, feedback.v_open_complaint, conduct.v_unconfirmed TO yiping_app;
