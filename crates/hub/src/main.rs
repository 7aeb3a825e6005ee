//! Starts the hub; everything else is in the library.

fn main() -> std::process::ExitCode {
    kiosk_hub::cli::main()
}
