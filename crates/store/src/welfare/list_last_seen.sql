SELECT r.id, (SELECT max(v.day) FROM visit v INDEXED BY visit_resident_id
              WHERE v.resident_id = r.id AND v.counted = 1
                AND v.arrived_at = (SELECT max(l.arrived_at) FROM visit l
                                    WHERE l.resident_id = r.id AND l.counted = 1 AND l.arrived_at <= ?1))
FROM resident r WHERE r.standing = 'active'
