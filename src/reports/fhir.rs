//! FHIR R4: consenting patients with their visits, appointments and readings, as one Bundle
//! (collection). The LOINC codes are those of the R4 vital signs profile and common use,
//! written from memory and not verified against LOINC.

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, Utc};
use daycare_core::appointment::{Appointment, Session, Slot, Status};
use daycare_core::ids::{ResidentId, ServiceId};
use daycare_core::resident::{Resident, Sex};
use daycare_core::service::Service;
use daycare_core::time::Moment;
use daycare_core::visit::{State, Visit};
use daycare_core::vitals::{Kind, Reading, Timing, Value, bmi};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// The contents of the bundle. Rows of people who are not in `residents` are always left out.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// Residents who consented.
    pub residents: Vec<Resident>,
    /// Visits.
    pub visits: Vec<Visit>,
    /// Sessions of the period.
    pub sessions: Vec<Session>,
    /// Times of the sessions.
    pub slots: Vec<Slot>,
    /// Appointments.
    pub appointments: Vec<Appointment>,
    /// Readings.
    pub readings: Vec<Reading>,
    /// Services, for their names.
    pub services: Vec<Service>,
}

fn instant(at: Moment) -> String {
    let at: DateTime<Utc> = DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn reference(kind: &str, id: Uuid) -> Json {
    json!({ "reference": format!("urn:uuid:{id}"), "type": kind })
}

fn concept(system: &str, code: &str, display: &str) -> Json {
    json!({ "coding": [{ "system": system, "code": code, "display": display }], "text": display })
}

const LOINC: &str = "http://loinc.org";
const UCUM: &str = "http://unitsofmeasure.org";

/// The bundle, made at `now`.
#[must_use]
pub fn bundle(content: &Content, now: Moment) -> Json {
    let who: BTreeSet<ResidentId> = content.residents.iter().map(|resident| resident.id).collect();
    let mut entries = Vec::new();
    let mut add = |id: Uuid, resource: Json| {
        entries.push(json!({ "fullUrl": format!("urn:uuid:{id}"), "resource": resource }));
    };
    for resident in &content.residents {
        add(resident.id.uuid(), patient(resident));
    }
    for visit in content.visits.iter().filter(|visit| who.contains(&visit.resident_id)) {
        add(visit.id.uuid(), encounter(visit));
    }
    let booked: Vec<&Appointment> =
        content.appointments.iter().filter(|a| who.contains(&a.resident_id)).collect();
    for session in &content.sessions {
        add(session.id.uuid(), schedule(session, &content.services));
    }
    for slot in &content.slots {
        add(slot_id(slot.session_id.uuid(), slot.starts_at), slot_resource(slot, &content.sessions));
    }
    for appointment in booked {
        add(appointment.id.uuid(), appointment_resource(appointment, &content.slots));
    }
    for reading in content.readings.iter().filter(|reading| who.contains(&reading.resident_id)) {
        add(reading.id.uuid(), observation(reading));
        if let Some((id, index)) = body_mass(reading, &content.readings) {
            add(id, index);
        }
    }
    json!({ "resourceType": "Bundle", "type": "collection", "timestamp": instant(now), "entry": entries })
}

/// Name, sex, birth date, phone and address; no identity number.
fn patient(resident: &Resident) -> Json {
    let profile = &resident.profile;
    let family = daycare_core::resident::surname(&profile.name);
    let given = profile.name.strip_prefix(family).unwrap_or_default();
    let mut name = json!({ "use": "official", "text": profile.name, "family": family });
    if !given.is_empty() {
        name["given"] = json!([given]);
    }
    let mut patient = json!({
        "resourceType": "Patient",
        "id": resident.id.to_string(),
        "active": resident.standing == daycare_core::resident::Standing::Active,
        "name": [name],
        "gender": match profile.sex {
            Some(Sex::Male) => "male",
            Some(Sex::Female) => "female",
            None => "unknown",
        },
    });
    if let Some(born) = profile.born_on {
        patient["birthDate"] = json!(born.to_string());
    }
    if !profile.phone.is_empty() {
        patient["telecom"] = json!([{ "system": "phone", "value": profile.phone }]);
    }
    let address = [&profile.yard, &profile.door].map(String::as_str).join(" ");
    if !address.trim().is_empty() {
        patient["address"] = json!([{ "text": address.trim() }]);
    }
    patient
}

fn encounter(visit: &Visit) -> Json {
    let mut period = json!({ "start": instant(visit.arrived_at) });
    if let Some(left) = visit.left_at {
        period["end"] = json!(instant(left));
    }
    json!({
        "resourceType": "Encounter",
        "id": visit.id.to_string(),
        // Without a recorded departure it is unknown whether the visit ended.
        "status": match visit.state {
            State::Open => "in-progress",
            State::Left => "finished",
            State::NotRecorded => "unknown",
            State::Void | State::Superseded => "entered-in-error",
        },
        "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB", "display": "ambulatory" },
        "subject": reference("Patient", visit.resident_id.uuid()),
        "period": period,
    })
}

fn service_name(services: &[Service], id: ServiceId) -> String {
    services.iter().find(|service| service.id == id).map(|service| service.name.clone()).unwrap_or_default()
}

fn schedule(session: &Session, services: &[Service]) -> Json {
    // FHIR requires an actor; providers and rooms have no resource here, so only a name is
    // given.
    let who = [&session.provider, &session.room].map(|s| s.trim()).join(" ");
    let who = if who.trim().is_empty() { "—".to_owned() } else { who.trim().to_owned() };
    json!({
        "resourceType": "Schedule",
        "id": session.id.to_string(),
        "active": session.cancelled.is_none(),
        "serviceType": [{ "text": service_name(services, session.service_id) }],
        "actor": [{ "display": who }],
        "planningHorizon": { "start": instant(session.starts_at), "end": instant(session.ends_at) },
    })
}

/// Identifier of a slot, derived from its session and start.
fn slot_id(session: Uuid, at: Moment) -> Uuid {
    Uuid::from_u128(session.as_u128() ^ (u128::from(at.0.unsigned_abs()) << 20))
}

fn slot_resource(slot: &Slot, sessions: &[Session]) -> Json {
    let session = sessions.iter().find(|session| session.id == slot.session_id);
    let minutes = session.map_or(30, |session| i64::from(session.slot_minutes));
    let status = match session.and_then(|session| session.cancelled.as_ref()) {
        Some(_) => "busy-unavailable",
        None if slot.free == 0 => "busy",
        None => "free",
    };
    json!({
        "resourceType": "Slot",
        "id": slot_id(slot.session_id.uuid(), slot.starts_at).to_string(),
        "schedule": reference("Schedule", slot.session_id.uuid()),
        "status": status,
        "start": instant(slot.starts_at),
        "end": instant(slot.starts_at.plus_ms(minutes * 60_000)),
        "comment": format!("{} of {} seats free", slot.free, slot.seats),
    })
}

fn appointment_resource(appointment: &Appointment, slots: &[Slot]) -> Json {
    let participation = if appointment.status == Status::Cancelled { "declined" } else { "accepted" };
    let mut resource = json!({
        "resourceType": "Appointment",
        "id": appointment.id.to_string(),
        "status": appointment.status,
        "serviceType": [{ "text": appointment.service }],
        "start": instant(appointment.starts_at),
        "end": instant(appointment.ends_at),
        "participant": [
            { "actor": reference("Patient", appointment.resident_id.uuid()), "status": participation },
        ],
    });
    let own =
        |slot: &&Slot| slot.session_id == appointment.session_id && slot.starts_at == appointment.starts_at;
    if slots.iter().any(|slot| own(&slot)) {
        let id = slot_id(appointment.session_id.uuid(), appointment.starts_at);
        resource["slot"] = json!([reference("Slot", id)]);
    }
    resource
}

/// LOINC code and name, UCUM code.
fn coded(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::BloodPressure => ("85354-9", "Blood pressure panel with all children optional", "mm[Hg]"),
        Kind::Pulse => ("8867-4", "Heart rate", "/min"),
        Kind::Glucose => ("14743-9", "Glucose [Moles/volume] in Capillary blood by Glucometer", "mmol/L"),
        Kind::OxygenSaturation => ("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "%"),
        Kind::Temperature => ("8310-5", "Body temperature", "Cel"),
        Kind::Height => ("8302-2", "Body height", "cm"),
        Kind::Weight => ("29463-7", "Body weight", "kg"),
        Kind::Waist => ("8280-0", "Waist Circumference at umbilicus by Tape measure", "cm"),
    }
}

fn quantity(kind: Kind, value: i32, ucum: &str) -> Json {
    // The stored digits, without a conversion through binary floating point.
    let number: Json = serde_json::from_str(&kind.words(value)).unwrap_or(json!(value));
    json!({ "value": number, "unit": kind.unit(), "system": UCUM, "code": ucum })
}

fn observation(reading: &Reading) -> Json {
    let (code, display, ucum) = coded(reading.kind);
    let mut resource = json!({
        "resourceType": "Observation",
        "id": reading.id.to_string(),
        "status": "final",
        "category": [concept(
            "http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs", "Vital Signs")],
        "code": concept(LOINC, code, display),
        "subject": reference("Patient", reading.resident_id.uuid()),
        "effectiveDateTime": instant(reading.taken_at),
    });
    match reading.value.second {
        Some(second) => {
            let part = |code, display, value| json!({ "code": concept(LOINC, code, display), "valueQuantity": quantity(reading.kind, value, ucum) });
            resource["component"] = json!([
                part("8480-6", "Systolic blood pressure", reading.value.first),
                part("8462-4", "Diastolic blood pressure", second),
            ]);
        }
        None => resource["valueQuantity"] = quantity(reading.kind, reading.value.first, ucum),
    }
    let mut notes = Vec::new();
    if reading.parts.len() > 1 {
        let parts: Vec<String> = reading.parts.iter().map(|part| part.words(reading.kind)).collect();
        notes.push(format!("average of {}", parts.join(", ")));
    }
    if let Some(timing) = reading.timing {
        notes.push(
            match timing {
                Timing::Fasting => "fasting",
                Timing::AfterMeal => "two hours after a meal",
                Timing::Random => "random",
            }
            .to_owned(),
        );
    }
    if !notes.is_empty() {
        resource["note"] = json!([{ "text": notes.join("; ") }]);
    }
    resource
}

/// The body mass index of a weight, by the latest height before it.
fn body_mass(weight: &Reading, all: &[Reading]) -> Option<(Uuid, Json)> {
    if weight.kind != Kind::Weight {
        return None;
    }
    let height = all
        .iter()
        .filter(|r| r.kind == Kind::Height && r.resident_id == weight.resident_id)
        .filter(|r| r.taken_at <= weight.taken_at)
        .max_by_key(|r| r.taken_at)?;
    let index = bmi(weight.value.first, height.value.first)?;
    let id = Uuid::from_u128(weight.id.uuid().as_u128() ^ height.id.uuid().as_u128() ^ 0xb31);
    let mut resource = observation(&Reading { value: Value::one(index), ..weight.clone() });
    resource["id"] = json!(id.to_string());
    resource["code"] = concept(LOINC, "39156-5", "Body mass index (BMI) [Ratio]");
    resource["valueQuantity"]["unit"] = json!("kg/m2");
    resource["valueQuantity"]["code"] = json!("kg/m2");
    resource["derivedFrom"] =
        json!([reference("Observation", weight.id.uuid()), reference("Observation", height.id.uuid())]);
    Some((id, resource))
}
