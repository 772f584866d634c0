//! Enums whose cases have a word of their own.

/// Makes an enum whose cases have one word each in the database, the API and the message keys (`purpose-<word>`):
/// `ALL` in order, `as_str`, and `FromStr` for what was typed or stored. A word is the kebab-case of its case, which is
/// what `serde` writes. Who uses it depends on `serde` and `utoipa`.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $case:ident $word:literal),+ $(,)? }) => {
        // first, for what is told of the enum may be told to a derive
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
            utoipa::ToSchema)]
        $(#[$doc])*
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$of])* $case),+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [$name] = &[$($name::$case),+];

            /// The word in the database, the API and the message keys.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$case => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok($name::$case),)+ _ => Err(()) }
            }
        }
    };
}
