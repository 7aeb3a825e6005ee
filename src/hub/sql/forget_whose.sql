-- What stays as a count, or is of others too, stays without the person. Nobody
-- writes anew what was emptied.
UPDATE row_state r SET erased = r.tbl IN ('incident', 'volunteer'), fields = r.fields || CASE r.tbl
    WHEN 'visit' THEN '{"other_words": ""}'
    WHEN 'call' THEN '{"resident_id": null}'
    WHEN 'incident' THEN '{"resident_id": null, "words": "", "measures": ""}'
    ELSE jsonb_build_object('name', '（已删除）', 'phone', '', 'pin_hash', null,
        'archived_at', coalesce((r.fields->>'archived_at')::bigint, 0)) END
WHERE r.centre_id = $1 AND r.person = $2 AND r.deleted IS NULL
  AND r.tbl IN ('visit', 'call', 'incident', 'volunteer')
