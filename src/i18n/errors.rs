//! Error messages for people: what happened and what to do.

use super::I18n;
use crate::error::{Error, Refusal};

impl I18n {
    /// The error as a sentence in the language of the screen. Technical detail stays in the log,
    /// except file names and what identifies the fault.
    #[must_use]
    pub fn error(&self, error: &Error) -> String {
        match error {
            Error::Busy => self.tr("error-busy"),
            Error::StoreStopped => self.tr("error-store-stopped"),
            Error::Database { fault, .. } => self.tr(&fault.key()),
            Error::Damaged { path, .. } => {
                self.tr_with("error-damaged", &[("file", path.display().to_string().into())])
            }
            Error::File { path, fault, detail } => {
                let why = self.tr_with(&fault.key(), &[("detail", detail.as_str().into())]);
                let file = path.display().to_string();
                self.tr_with("error-file", &[("file", file.into()), ("why", why.into())])
            }
            Error::Refused { refusal: Refusal::HubTrouble, detail } => {
                self.tr_with("refusal-hub-trouble", &[("detail", self.tr(trouble_key(detail)).into())])
            }
            Error::Refused { refusal, detail } => {
                self.tr_with(&refusal.key(), &[("detail", detail.as_str().into())])
            }
            Error::Usage(words) => words.clone(),
            Error::NotFound(thing) => {
                self.tr_with("error-not-found", &[("what", self.tr(&thing.key()).into())])
            }
            Error::NotAllowed => self.tr("not-allowed"),
            Error::AccountsElsewhere => self.tr("accounts-elsewhere"),
            Error::Rule(rule) => self.tr(&rule.key()),
            Error::Internal(_) => self.tr("error-internal"),
        }
    }
}

/// Text key of a failure code.
pub fn trouble_key(word: &str) -> &'static str {
    match word {
        "offline" => "sync-trouble-offline",
        "revoked" => "sync-trouble-revoked",
        "wiped" => "sync-trouble-wiped",
        "update" => "sync-trouble-update",
        "stranger" => "sync-trouble-stranger",
        "other-hub" => "sync-trouble-other-hub",
        "rejoin" => "sync-trouble-rejoin",
        "put-back" => "sync-trouble-put-back",
        _ => "sync-trouble-broken",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{DatabaseFault, FileFault, Rule, Thing};
    use crate::i18n::Lang;

    /// One error of every kind, with every code.
    fn all() -> Vec<Error> {
        let mut all = vec![
            Error::Busy,
            Error::StoreStopped,
            Error::Damaged { path: "kiosk.db".into(), detail: "row 3 missing from index visit_day".into() },
            Error::NotAllowed,
            Error::AccountsElsewhere,
            Error::Internal("missing field `name` at line 1".into()),
        ];
        let said = "UNIQUE constraint failed: visit.id";
        all.extend(DatabaseFault::ALL.iter().map(|&fault| Error::Database { fault, detail: said.into() }));
        all.extend(FileFault::ALL.iter().map(|&fault| Error::bad_file("a.csv", fault, "9")));
        all.extend(Refusal::ALL.iter().map(|&refusal| Error::refused(refusal, "9")));
        all.extend(Thing::ALL.iter().map(|&thing| Error::NotFound(thing)));
        all.extend(Rule::ALL.iter().map(|&rule| Error::Rule(rule)));
        all
    }

    /// Names that stay Latin in a Chinese sentence.
    const NAMES: &[&str] =
        &["a.csv", "kiosk.db", "registry.key", "kiosk.toml", "PIN", "PDF", "XML", "WPS", "MB"];

    #[test]
    fn every_error_has_a_sentence_in_every_language_and_none_is_technical() {
        for lang in Lang::ALL {
            let i18n = I18n::new(lang);
            for error in all() {
                let words = i18n.error(&error);
                let key_shown = ["rule-", "error-", "fault-", "refusal-", "thing-"];
                assert!(!key_shown.iter().any(|key| words.contains(key)), "{error:?} has no words: {words}");
                assert!(!words.contains("UNIQUE") && !words.contains("missing"), "{error:?}: {words}");
            }
        }
    }

    #[test]
    fn no_latin_sentence_stands_in_a_chinese_one() {
        for lang in [Lang::ZhHans, Lang::ZhHant] {
            let i18n = I18n::new(lang);
            for error in all() {
                let mut words = i18n.error(&error);
                for name in NAMES {
                    words = words.replace(name, "");
                }
                let endings: Vec<&str> = words.split('.').skip(1).collect();
                let endings_only = endings.iter().all(|rest| rest.len() > 2);
                let latin = words.chars().filter(char::is_ascii_alphabetic).count();
                assert!(latin == 0 || (endings_only && latin < 24), "{error:?}: {words}");
            }
        }
    }
}
