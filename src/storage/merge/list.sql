SELECT m.id, m.kept_id, k.name, m.merged_id, d.name, m.made_at
FROM merge m JOIN resident k ON k.id = m.kept_id JOIN resident d ON d.id = m.merged_id
WHERE m.undone_at IS NULL ORDER BY m.made_at DESC, m.id DESC
