-- How often a day or month was rolled up: whoever keeps its figures knows by it whether they still hold.

ALTER TABLE feedback.figure_state ADD COLUMN rolls int NOT NULL DEFAULT 0;
COMMENT ON COLUMN feedback.figure_state.rolls IS
  'How often it was rolled up: the same number means the same figures';
