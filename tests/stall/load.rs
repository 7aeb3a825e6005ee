//! Three hundred kiosks of thirty centres at once, for a bounded time.

use std::time::Duration;

use testkit::hub::Hub;

#[test]
fn three_hundred_kiosks_are_answered_without_an_error_and_nothing_piles_up() {
    let hub = Hub::start();
    let kiosks = testkit::fleet::let_in(&hub, 30, 300);
    let seen = testkit::fleet::run(&kiosks, 5, Duration::from_secs(5), Duration::from_secs(15));
    println!(
        "{} pushes, {} ops, half within {:.0} ms, 99 in 100 within {:.0} ms",
        seen.pushes,
        seen.ops,
        seen.percentile(50),
        seen.percentile(99)
    );
    assert!(seen.failed.is_empty(), "{} failed, such as {}", seen.failed.len(), seen.failed[0]);
    assert!(seen.pushes >= 600, "each called at least twice: {}", seen.pushes);
    assert_eq!(hub.ask("SELECT count(*) FROM op_log"), i64::try_from(seen.ops).expect("small"));
    let gaps = "SELECT count(*) FROM (SELECT max(cseq) - count(*) AS gap FROM op_log GROUP BY centre_id) t WHERE gap <> 0";
    assert_eq!(hub.ask(gaps), 0, "no log has a gap");
    assert_eq!(
        hub.number("failed_total") + hub.number("waiting"),
        0,
        "nothing failed, nobody waits any more"
    );
}
