SELECT count(*), count(DISTINCT v.day || v.resident_id), count(DISTINCT v.resident_id)
FROM visit v JOIN resident r ON r.id = v.resident_id
WHERE v.counted = 1{where}
