SELECT resident_id, jpeg FROM photo
