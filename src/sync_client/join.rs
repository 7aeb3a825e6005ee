//! Joining a hub, and leaving it.

use daycare_core::audit::Actor;
use daycare_core::text::hex;
use daycare_store::handle::StoreHandle;
use daycare_store::paths::Paths;
use daycare_sync::invitation::Invitation;
use daycare_sync::op::KioskId;
use daycare_sync::wire::{Asking, Head, Welcome};
use futures::executor::block_on;
use sha2::{Digest, Sha256};

use super::failure::Failure;
use super::identity::{self, Identity};
use super::round;
use super::wire::{self, Wire};

/// Enrols this kiosk at a hub. Nothing is saved here yet.
///
/// # Errors
/// The code is malformed or already used, the hub does not answer, or its authority is not
/// the one that the code names.
pub fn enrol(code: &str, replaces: Option<KioskId>) -> std::result::Result<(Identity, Welcome), Failure> {
    let invitation = Invitation::parse(code).map_err(|e| Failure::Broken(e.to_string()))?;
    let authority = wire::authority(&invitation.url)?;
    if pin_of(&authority)? != invitation.pin {
        return Err(Failure::NotTheHub);
    }
    let (key, csr) = identity::key()?;
    let wire = Wire::new(&invitation.url, &authority, None)?;
    let welcome: Welcome = wire.post("/v1/enrol", &Asking { code: invitation.secret, csr, replaces })?;
    let identity = Identity {
        url: invitation.url,
        centre: welcome.centre,
        kiosk: welcome.kiosk,
        not_after: welcome.not_after,
        authority,
        certificate: welcome.certificate.clone(),
        key,
    };
    Ok((identity, welcome))
}

/// Joins a hub: enrols, saves the key and begins to sync. A kiosk that has joined before
/// resumes its place there.
///
/// # Errors
/// As [`enrol`]; the code belongs to another centre; or a file or the database fails.
pub fn join(
    store: &StoreHandle,
    paths: &Paths,
    actor: Actor,
    code: &str,
) -> std::result::Result<Welcome, Failure> {
    let before = block_on(store.read(|store| store.sync_state()))?;
    let (identity, welcome) = enrol(code, before.as_ref().map(|state| state.kiosk))?;
    let (url, joined) = (identity.url.clone(), welcome.clone());
    let Some(before) = before else {
        identity.save(paths)?;
        block_on(store.write(move |store| store.begin_sync(actor, &url, &joined)))?;
        // The first call makes the hub keep its log for this kiosk.
        if let Err(failure) = identity.wire().and_then(|wire| wire.get::<Head>("/v1/sync/head")) {
            tracing::warn!("joined, but the hub does not answer yet: {failure}");
        }
        return Ok(welcome);
    };
    let wire = identity.wire()?;
    if before.centre != welcome.centre {
        say_goodbye(&wire);
        return Err(Failure::Broken("this code is of another centre: leave the hub first".into()));
    }
    let put_back = round::look(&wire, &before)?.is_none();
    identity.save(paths)?;
    block_on(store.write(move |store| store.rejoin(actor, &url, &joined, put_back)))?;
    Ok(welcome)
}

/// Tells the hub that this kiosk leaves. A hub that is not reached keeps the kiosk's leases
/// until they expire.
fn say_goodbye(wire: &Wire) {
    if let Err(failure) = wire.post::<()>("/v1/leave", &()) {
        tracing::warn!("the hub did not hear of it: {failure}");
    }
}

/// Joins and does a first full sync.
///
/// # Errors
/// As [`join`] and [`round::once`].
pub fn join_and_sync(
    store: &StoreHandle,
    paths: &Paths,
    actor: Actor,
    code: &str,
) -> std::result::Result<(), Failure> {
    let _ = join(store, paths, actor, code)?;
    let identity = Identity::load(paths)?.ok_or(Failure::Stranger)?;
    round::once(store, &identity, paths).map(drop)
}

/// Leaves the hub; all local records stay.
///
/// # Errors
/// A file cannot be removed, or the database fails.
pub fn leave(store: &StoreHandle, paths: &Paths, actor: Actor) -> std::result::Result<(), Failure> {
    if let Ok(Some(identity)) = Identity::load(paths) {
        // An unusable certificate must not prevent leaving.
        match identity.wire() {
            Ok(wire) => say_goodbye(&wire),
            Err(failure) => tracing::warn!("the hub did not hear of it: {failure}"),
        }
    }
    block_on(store.write(move |store| store.end_sync(actor)))?;
    Ok(Identity::forget(paths)?)
}

fn pin_of(pem: &str) -> std::result::Result<String, Failure> {
    let certificate =
        ureq::tls::Certificate::from_pem(pem.as_bytes()).map_err(|e| Failure::Broken(e.to_string()))?;
    Ok(hex(&Sha256::digest(certificate.der())))
}
