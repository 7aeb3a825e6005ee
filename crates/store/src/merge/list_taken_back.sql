-- Merges that were taken back, of files that are part of no other now.
SELECT m.id, m.resident_id, m.merged_id FROM merge m JOIN resident r ON r.id = m.merged_id
WHERE m.undone_at IS NOT NULL AND r.merged_into_id IS NULL
