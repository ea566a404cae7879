-- The list of archived months reads one line of each, and not the whole text of all of them.

ALTER TABLE uses.publication_archive ADD COLUMN total text NOT NULL DEFAULT '{}';
UPDATE uses.publication_archive SET total = (figures::json -> 'total')::text;
COMMENT ON COLUMN uses.publication_archive.total IS 'The line of the whole city out of figures, as JSON';

-- How bad ratings were answered is read for a whole year at a time: from the steps that tell it, and not
-- from all the steps of all orders.
CREATE INDEX work_order_event_told ON handling.work_order_event (city_code, order_id, event_no)
  WHERE what IN ('answered', 'called_back', 'reopened');
