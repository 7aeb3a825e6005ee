SELECT id, name, picture, meal, bookable, letter, fasting FROM service ORDER BY place
