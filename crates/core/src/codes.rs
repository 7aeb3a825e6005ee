//! Enums whose variants have words in the language files, under a key made from
//! the variant's name: `Rule::PinSixDigits` is `rule-pin-six-digits`.

/// Declares such an enum, with every variant in `ALL`.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl $name {
            /// Every variant.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Key of the words in the language files.
            #[must_use]
            pub fn key(self) -> String {
                $crate::codes::key(stringify!($name), &format!("{self:?}"))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::codes::words(&format!("{self:?}")))
            }
        }
    };
}
pub(crate) use codes;

/// `rule-pin-six-digits` of `Rule` and `PinSixDigits`.
pub(crate) fn key(kind: &str, variant: &str) -> String {
    format!("{}-{}", words(kind).replace(' ', "-"), words(variant).replace(' ', "-"))
}

/// `pin six digits` of `PinSixDigits`: for the log, which is English.
pub(crate) fn words(variant: &str) -> String {
    let mut out = String::with_capacity(variant.len() + 4);
    for c in variant.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
