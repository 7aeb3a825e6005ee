//! A TCP proxy that simulates network faults: cut, silent or slow connections, truncated
//! answers, repeated bytes.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The fault for the next connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// No fault.
    Whole,
    /// The hub cannot be reached.
    Down,
    /// Accepts everything and returns nothing.
    Silent,
    /// Cuts the connection after this many bytes of the request.
    CutAsking(usize),
    /// Cuts the connection after this many bytes of the answer.
    CutAnswer(usize),
    /// Delays each chunk by this many milliseconds.
    Slow(u64),
    /// Sends one chunk of the request twice.
    Twice,
}

/// A proxy on a port of its own.
pub struct Proxy {
    pub at: SocketAddr,
    state: Arc<Mutex<Wire>>,
    ended: Arc<AtomicBool>,
}

impl Proxy {
    pub fn before(hub: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let at = listener.local_addr().expect("an address");
        let (state, ended) = (Arc::new(Mutex::new(Wire::Whole)), Arc::new(AtomicBool::new(false)));
        let (wire, end) = (Arc::clone(&state), Arc::clone(&ended));
        let _ = std::thread::spawn(move || {
            for incoming in listener.incoming().flatten() {
                if end.load(Ordering::Relaxed) {
                    return;
                }
                let wire = *wire.lock().unwrap_or_else(PoisonError::into_inner);
                let _ = std::thread::spawn(move || carry(incoming, hub, wire));
            }
        });
        Self { at, state, ended }
    }

    pub fn set(&self, wire: Wire) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = wire;
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        drop(TcpStream::connect(self.at));
    }
}

fn carry(asking: TcpStream, hub: SocketAddr, wire: Wire) {
    if wire == Wire::Down {
        return;
    }
    let Ok(answering) = TcpStream::connect(hub) else { return };
    let (Ok(asked), Ok(answered)) = (asking.try_clone(), answering.try_clone()) else { return };
    let up = std::thread::spawn(move || pump(asking, answering, wire, true));
    pump(answered, asked, wire, false);
    drop(up.join());
}

fn pump(mut from: TcpStream, mut to: TcpStream, wire: Wire, up: bool) {
    let mut buffer = [0; 4096];
    let (mut carried, mut doubled) = (0, false);
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        let mut piece = &buffer[..count];
        match wire {
            Wire::Silent if !up => continue,
            Wire::Slow(ms) => std::thread::sleep(Duration::from_millis(ms)),
            Wire::CutAsking(most) if up => piece = &piece[..count.min(most.saturating_sub(carried))],
            Wire::CutAnswer(most) if !up => piece = &piece[..count.min(most.saturating_sub(carried))],
            // After the TLS handshake, so that the chunk is part of a request.
            Wire::Twice if up && carried > 2_000 && !doubled => {
                doubled = true;
                drop(to.write_all(piece));
            }
            _ => {}
        }
        carried += piece.len();
        if to.write_all(piece).is_err() || piece.len() < count {
            break;
        }
    }
    drop(from.shutdown(Shutdown::Both));
    drop(to.shutdown(Shutdown::Both));
}
