SELECT m.id, m.resident_id, k.name, m.merged_id, d.name, m.made_at
FROM merge m JOIN resident k ON k.id = m.resident_id JOIN resident d ON d.id = m.merged_id
WHERE m.undone_at IS NULL ORDER BY m.number DESC, m.id DESC
