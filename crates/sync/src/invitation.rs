//! The code that lets a kiosk join a hub: the hub's address, a fingerprint of its authority,
//! and a one-time secret. Shown as a QR code, or typed: `YLH1|url|pin|secret`.

/// A parsed invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Address of the hub.
    pub url: String,
    /// SHA-256 of the hub's authority, as hexadecimal digits.
    pub pin: String,
    /// The secret: 128 random bits, valid once and for ten minutes.
    pub secret: String,
}

const KIND: &str = "YLH1";

/// The code does not come from a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a hub code")]
pub struct NotAHubCode;

impl Invitation {
    /// Parses a code.
    ///
    /// ```
    /// use daycare_sync::invitation::Invitation;
    ///
    /// let (pin, secret) = ("ab".repeat(32), "0f".repeat(16));
    /// let code = format!("YLH1|https://hub:8443/|{pin}|{secret}");
    /// let invitation = Invitation::parse(&code).expect("a code of a hub");
    /// assert_eq!(invitation.url, "https://hub:8443");
    /// assert!(Invitation::parse("YL1-0123456789ABCDEF8").is_err(), "that is a card");
    /// ```
    ///
    /// # Errors
    /// The code is not a hub code.
    pub fn parse(code: &str) -> Result<Self, NotAHubCode> {
        let parts: Vec<&str> = code.trim().split('|').collect();
        let [KIND, url, pin, secret] = parts[..] else { return Err(NotAHubCode) };
        let hexadecimal =
            |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_hexdigit());
        if !url.starts_with("https://") || !hexadecimal(pin, 64) || !hexadecimal(secret, 32) {
            return Err(NotAHubCode);
        }
        let (pin, secret) = (pin.to_ascii_lowercase(), secret.to_ascii_lowercase());
        Ok(Self { url: url.trim_end_matches('/').to_owned(), pin, secret })
    }
}

impl std::fmt::Display for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{KIND}|{}|{}|{}", self.url, self.pin, self.secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_written_and_anything_else_is_refused() {
        let one =
            Invitation { url: "https://hub:8443".into(), pin: "ab".repeat(32), secret: "0f".repeat(16) };
        assert_eq!(Invitation::parse(&one.to_string()).ok(), Some(one.clone()));
        for bad in [
            "",
            "YL1-0123456789ABCDEF8",
            "YLH1|http://hub|aa|bb",
            one.to_string().get(..80).unwrap_or_default(),
        ] {
            assert!(Invitation::parse(bad).is_err(), "{bad}");
        }
    }
}
