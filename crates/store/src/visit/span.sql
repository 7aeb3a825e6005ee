SELECT min(day), max(day) FROM visit WHERE counted = 1
