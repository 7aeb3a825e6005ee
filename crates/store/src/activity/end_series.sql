UPDATE activity_series SET until = ?2 WHERE id = ?1
