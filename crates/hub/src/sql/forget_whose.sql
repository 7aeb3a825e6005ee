-- What stays as a count, or is of others too, stays without the person. Nobody
-- writes anew what was emptied.
UPDATE row_state r SET erased = r.tbl IN ('incident', 'volunteer'), fields = CASE
    WHEN r.tbl = 'visit' THEN r.fields || '{"other_words": ""}'
    WHEN r.tbl = 'call' THEN r.fields || '{"resident_id": null}'
    WHEN r.tbl = 'incident' THEN r.fields || '{"resident_id": null, "words": "", "measures": ""}'
    ELSE jsonb_set(r.fields || '{"name": "（已删除）", "phone": "", "pin_hash": null}', '{archived_at}',
        coalesce(nullif(r.fields->'archived_at', 'null'), '0')) END
WHERE r.centre_id = $1 AND r.person = ANY ($2) AND r.deleted IS NULL
  AND r.tbl IN ('visit', 'call', 'incident', 'volunteer')
