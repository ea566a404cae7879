-- “办不成事”月度汇总: stuck matters as the monthly summary counts them.

CREATE VIEW feedback.v_stuck_matter AS
  SELECT city_code, voice_id, number, category, exclusion, project_no, region_code, department_code,
         received_at
  FROM feedback.voice WHERE kind = 'stuck_matter' AND discipline_at IS NULL;
COMMENT ON VIEW feedback.v_stuck_matter IS
  'Published: stuck matters without what was said and who spoke, for the monthly summary';
GRANT SELECT ON feedback.v_stuck_matter TO yiping_app;
