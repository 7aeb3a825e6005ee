//! Blood pressure devices. One protocol is supported: Bluetooth's Blood Pressure Measurement
//! characteristic (0x2A35). The bytes come from a program named in `kiosk.toml`, one
//! notification per line in hexadecimal, as `gatttool --listen` prints them, so this program
//! links no Bluetooth library. It has not been tried with a real device; tests build the
//! bytes.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use daycare_core::vitals::{CuffError, Measured, Value};

/// A protocol that decodes the bytes of one message into a measurement.
pub trait BloodPressureDevice {
    /// Decodes one message.
    ///
    /// # Errors
    /// The device reports a failure, or the bytes are not a measurement.
    fn read(&self, bytes: &[u8]) -> Result<Measured, CuffError>;
}

/// Bluetooth's Blood Pressure Measurement characteristic.
#[derive(Debug, Clone, Copy, Default)]
pub struct BluetoothCuff;

const KILOPASCAL: u8 = 0x01;
const TIME_STAMP: u8 = 0x02;
const PULSE: u8 = 0x04;
const USER: u8 = 0x08;
const STATUS: u8 = 0x10;

impl BloodPressureDevice for BluetoothCuff {
    fn read(&self, bytes: &[u8]) -> Result<Measured, CuffError> {
        let mut rest = bytes;
        let flags = *take::<1>(&mut rest)?.first().ok_or(CuffError::TooShort)?;
        let systolic = take::<2>(&mut rest)?;
        let diastolic = take::<2>(&mut rest)?;
        let _mean = take::<2>(&mut rest)?;
        if flags & TIME_STAMP != 0 {
            let _ = take::<7>(&mut rest)?;
        }
        let pulse = if flags & PULSE != 0 { Some(take::<2>(&mut rest)?) } else { None };
        if flags & USER != 0 {
            let _ = take::<1>(&mut rest)?;
        }
        if flags & STATUS != 0 {
            let status = u16::from_le_bytes(take::<2>(&mut rest)?);
            for (bit, error) in [(0, CuffError::Moved), (1, CuffError::Loose), (5, CuffError::Position)] {
                if status >> bit & 1 == 1 {
                    return Err(error);
                }
            }
        }
        if flags & KILOPASCAL != 0 {
            return Err(CuffError::NotWhole);
        }
        let pressure = Value::pressure(whole(systolic)?, whole(diastolic)?);
        // An invalid pulse is dropped; the pressure is still used.
        Ok(Measured { pressure, pulse: pulse.and_then(|bytes| whole(bytes).ok()) })
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], CuffError> {
    let (taken, left) = rest.split_first_chunk::<N>().ok_or(CuffError::TooShort)?;
    *rest = left;
    Ok(*taken)
}

/// Decodes an SFLOAT (IEEE 11073, 16 bit) as a whole number: 4 bits of exponent and 12 of
/// mantissa, both signed; five mantissas mean "not a number".
fn whole(bytes: [u8; 2]) -> Result<i32, CuffError> {
    let raw = i32::from(u16::from_le_bytes(bytes));
    let mantissa = raw & 0x0fff;
    if (0x07fe..=0x0802).contains(&mantissa) {
        return Err(CuffError::NoValue);
    }
    let mantissa = if mantissa > 0x07ff { mantissa - 0x1000 } else { mantissa };
    let exponent = raw >> 12;
    let exponent = if exponent > 7 { exponent - 16 } else { exponent };
    let power = 10i32.pow(exponent.unsigned_abs());
    match exponent {
        0.. => Ok(mantissa.saturating_mul(power)),
        _ if mantissa % power == 0 => Ok(mantissa / power),
        _ => Err(CuffError::NotWhole),
    }
}

/// The bytes in a line: its last run of hexadecimal pairs.
fn bytes_of(line: &str) -> Vec<u8> {
    let tail = line.rsplit(':').next().unwrap_or(line);
    let pairs = tail.split_whitespace().map(|word| u8::from_str_radix(word, 16));
    pairs.collect::<Result<_, _>>().unwrap_or_default()
}

/// Longest wait for a measurement: cuffs need up to a minute.
const PATIENCE: Duration = Duration::from_secs(90);

/// Runs the program and returns its first measurement. The wait happens on a thread of its
/// own.
///
/// # Errors
/// The program does not start, sends nothing within the time limit, or the device fails.
pub async fn measure(command: String) -> Result<Measured, CuffError> {
    let (sender, answer) = futures::channel::oneshot::channel();
    let thread = std::thread::Builder::new().name("kiosk-cuff".into()).spawn(move || {
        // The receiver may have been dropped.
        let _ = sender.send(listen(&command));
    });
    if thread.is_err() {
        return Err(CuffError::NotStarted);
    }
    answer.await.unwrap_or(Err(CuffError::Silent))
}

fn listen(command: &str) -> Result<Measured, CuffError> {
    let mut words = command.split_whitespace();
    let program = words.next().ok_or(CuffError::NotStarted)?;
    let mut child = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| CuffError::NotStarted)?;
    let Some(output) = child.stdout.take() else { return Err(CuffError::NotStarted) };
    let (sender, lines) = std::sync::mpsc::channel();
    let reading = std::thread::spawn(move || {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        for bytes in lines.map(|line| bytes_of(&line)).filter(|bytes| bytes.len() > 6) {
            if sender.send(bytes).is_err() {
                break;
            }
        }
    });
    let first = lines.recv_timeout(PATIENCE).map_err(|_| CuffError::Silent);
    drop(child.kill());
    drop(child.wait());
    drop(lines);
    drop(reading.join());
    BluetoothCuff.read(&first?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An SFLOAT from mantissa and exponent.
    fn sfloat(mantissa: i16, exponent: i8) -> [u8; 2] {
        let mantissa = u16::from_le_bytes(mantissa.to_le_bytes()) & 0x0fff;
        let exponent = u16::from(exponent.to_le_bytes()[0]) & 0x0f;
        (exponent << 12 | mantissa).to_le_bytes()
    }

    fn message(flags: u8, numbers: &[[u8; 2]], rest: &[u8]) -> Vec<u8> {
        [vec![flags], numbers.concat(), rest.to_vec()].concat()
    }

    fn three(systolic: i16, diastolic: i16) -> Vec<[u8; 2]> {
        vec![sfloat(systolic, 0), sfloat(diastolic, 0), sfloat(95, 0)]
    }

    #[test]
    fn a_plain_measurement_is_read() {
        let got = BluetoothCuff.read(&message(0, &three(128, 76), &[])).expect("read");
        assert_eq!(got, Measured { pressure: Value::pressure(128, 76), pulse: None });
    }

    #[test]
    fn time_pulse_user_and_status_are_stepped_over_in_their_order() {
        let time = [0xea, 0x07, 11, 24, 9, 30, 0];
        let rest = [&time[..], &sfloat(72, 0), &[1], &[0, 0]].concat();
        let got = BluetoothCuff.read(&message(0x1e, &three(146, 82), &rest)).expect("read");
        assert_eq!(got, Measured { pressure: Value::pressure(146, 82), pulse: Some(72) });
    }

    #[test]
    fn exponents_are_applied_and_nothing_is_rounded() {
        let numbers = [sfloat(12, 1), sfloat(760, -1), sfloat(95, 0)];
        assert_eq!(
            BluetoothCuff.read(&message(0, &numbers, &[])).map(|got| got.pressure),
            Ok(Value::pressure(120, 76))
        );
        let numbers = [sfloat(1205, -1), sfloat(76, 0), sfloat(95, 0)];
        assert_eq!(BluetoothCuff.read(&message(0, &numbers, &[])), Err(CuffError::NotWhole));
        assert_eq!(BluetoothCuff.read(&message(1, &three(16, 10), &[])), Err(CuffError::NotWhole), "kPa");
    }

    #[test]
    fn complaint_30_2047_is_no_blood_pressure_and_error_codes_are_told_apart() {
        for special in [0x07fe, 0x07ff, 0x0800, 0x0801, 0x0802] {
            let numbers = [sfloat(special, 0), sfloat(76, 0), sfloat(95, 0)];
            let got = BluetoothCuff.read(&message(0, &numbers, &[]));
            assert_eq!(got, Err(CuffError::NoValue), "{special:#x}");
        }
        for (bit, error) in [(0, CuffError::Moved), (1, CuffError::Loose), (5, CuffError::Position)] {
            let status = (1u16 << bit).to_le_bytes();
            let got = BluetoothCuff.read(&message(STATUS, &three(128, 76), &status));
            assert_eq!(got, Err(error));
        }
    }

    #[test]
    fn a_pulse_without_a_number_is_left_out_and_a_cut_message_is_refused() {
        let got = BluetoothCuff.read(&message(PULSE, &three(128, 76), &sfloat(0x07ff, 0))).expect("read");
        assert_eq!(got.pulse, None);
        let whole = message(0x1e, &three(128, 76), &[0; 12]);
        for length in 0..whole.len() {
            assert_eq!(BluetoothCuff.read(&whole[..length]), Err(CuffError::TooShort), "{length}");
        }
    }

    #[test]
    fn a_line_of_the_listening_program_gives_its_bytes() {
        let line = "Indication   handle = 0x000e value: 00 80 00 4c 00 5f 00";
        let bytes = bytes_of(line);
        assert_eq!(bytes, [0x00, 0x80, 0x00, 0x4c, 0x00, 0x5f, 0x00]);
        assert!(bytes_of("Characteristic value was written successfully").is_empty());
        assert_eq!(BluetoothCuff.read(&bytes).map(|got| got.pressure), Ok(Value::pressure(128, 76)));
    }

    #[test]
    fn a_program_that_prints_a_measurement_is_heard_and_one_that_is_missing_is_said() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "hello\nvalue: 00 80 00 4c 00 5f 00\n").expect("written");
        let command = format!("cat {}", file.path().display());
        let got = futures::executor::block_on(measure(command)).expect("heard");
        assert_eq!(got.pressure, Value::pressure(128, 76));
        let missing = futures::executor::block_on(measure("no-such-program-here".into()));
        assert_eq!(missing, Err(CuffError::NotStarted));
        assert_eq!(futures::executor::block_on(measure("true".into())), Err(CuffError::Silent));
    }
}
