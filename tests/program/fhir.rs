//! The FHIR bundle of the demo centre, read by an independent model of R4B: the
//! Python package fhir.resources, which `make test` puts into `target/tools`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn kiosk(args: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_kiosk")).args(args).output().expect("runs")
}

fn exported() -> (tempfile::TempDir, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let data = path("data");
    assert!(kiosk(&["demo", "--seed-only", "--data", &data]).status.success());
    let file = path("bundle.json");
    let today = daycare_core::clock::Clock::real(chrono_tz::Asia::Shanghai).today();
    let (from, to) = (today - chrono::Days::new(30), today + chrono::Days::new(7));
    let (from, to) = (from.to_string(), to.to_string());
    let args = ["export", "fhir", "--from", &from, "--to", &to, &file, "--data", &data, "--json"];
    let output = kiosk(&args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: Value = serde_json::from_slice(&output.stdout).expect("only JSON");
    let bundle: Value = serde_json::from_slice(&std::fs::read(&file).expect("written")).expect("JSON");
    assert_eq!(answer["resources"].as_u64(), bundle["entry"].as_array().map(|e| e.len() as u64));
    // An existing file is never overwritten.
    assert_eq!(kiosk(&args).status.code(), Some(1));
    (folder, bundle)
}

/// The number of entries that the other program reads; it refuses what is not R4B.
fn read_by_another(bundle: &Path) -> usize {
    let python = Path::new(env!("CARGO_BIN_EXE_kiosk")).ancestors().nth(2).expect("target");
    let python = python.join("tools/bin/python");
    assert!(python.exists(), "`make tools` installs the FHIR validator into {}", python.display());
    let program = "import sys; from fhir.resources.R4B.bundle import Bundle; \
                   print(len(Bundle.model_validate_json(open(sys.argv[1]).read()).entry))";
    let output = Command::new(&python).args(["-c", program]).arg(bundle).output().expect("runs");
    assert!(output.status.success(), "not R4B: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number")
}

#[test]
fn the_bundle_is_r4_whole_and_holds_only_those_who_agreed() {
    let (folder, bundle) = exported();
    let entries = bundle["entry"].as_array().expect("entries");
    assert_eq!(read_by_another(&folder.path().join("bundle.json")), entries.len());
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        *kinds.entry(entry["resource"]["resourceType"].as_str().expect("a type")).or_default() += 1;
    }
    for kind in ["Patient", "Encounter", "Schedule", "Slot", "Appointment", "Observation"] {
        assert!(kinds.get(kind).is_some_and(|count| *count > 0), "no {kind}: {kinds:?}");
    }
    // Each address once, and every reference leads to one of them.
    let urls: Vec<&str> = entries.iter().map(|e| e["fullUrl"].as_str().expect("an address")).collect();
    let known: BTreeSet<&str> = urls.iter().copied().collect();
    assert_eq!(known.len(), urls.len());
    for entry in entries {
        let text = entry["resource"].to_string();
        for reference in text.split("urn:uuid:").skip(1) {
            let id = format!("urn:uuid:{}", &reference[..36]);
            assert!(known.contains(id.as_str()), "{id} leads nowhere");
        }
    }
    consent(folder.path(), entries);
    let text = bundle.to_string();
    for private in ["id_hash", "remark", "身份证", "contact"] {
        assert!(!text.contains(private), "{private}");
    }
}

fn consent(folder: &std::path::Path, entries: &[Value]) {
    let paths = daycare_store::paths::Paths::new(folder.join("data"));
    let clock = daycare_core::clock::Clock::real(chrono_tz::Asia::Shanghai);
    let store = daycare_store::Store::open(&paths, &clock).expect("opens");
    let agreed: BTreeSet<String> = store
        .consenting(daycare_core::consent::Purpose::Sharing)
        .expect("read")
        .iter()
        .map(ToString::to_string)
        .collect();
    let all = store.residents().expect("read").len();
    assert!(!agreed.is_empty() && agreed.len() < all, "some agreed, some did not");
    for entry in entries {
        let resource = &entry["resource"];
        let subject = match resource["resourceType"].as_str() {
            Some("Patient") => resource["id"].as_str().map(str::to_owned),
            Some("Encounter" | "Observation") => resource["subject"]["reference"].as_str().map(bare),
            Some("Appointment") => resource["participant"][0]["actor"]["reference"].as_str().map(bare),
            _ => continue,
        };
        let subject = subject.expect("somebody");
        assert!(agreed.contains(&subject), "{subject} did not agree");
    }
}

fn bare(reference: &str) -> String {
    reference.trim_start_matches("urn:uuid:").to_owned()
}

#[test]
fn a_blood_pressure_is_a_panel_of_two_and_its_measurements_stand_beside_it() {
    let (_folder, bundle) = exported();
    let entries = bundle["entry"].as_array().expect("entries");
    let panel = entries
        .iter()
        .map(|entry| &entry["resource"])
        .find(|r| r["code"]["coding"][0]["code"] == "85354-9")
        .expect("a blood pressure");
    assert!(panel.get("valueQuantity").is_none(), "the value of a panel is in its parts");
    let codes: Vec<&str> = panel["component"]
        .as_array()
        .expect("parts")
        .iter()
        .map(|part| {
            assert_eq!(part["valueQuantity"]["code"], "mm[Hg]");
            part["code"]["coding"][0]["code"].as_str().expect("a code")
        })
        .collect();
    assert_eq!(codes, ["8480-6", "8462-4"]);
    assert!(panel["note"][0]["text"].as_str().is_some_and(|note| note.starts_with("average of ")));
}
