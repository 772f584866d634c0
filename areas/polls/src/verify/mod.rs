//! People of a roll whom a provider of OpenID Connect verifies: sent there, taken back once, led to their row.
//!
//! The provider answers with one claim, such as a member's number. A roll from a file has a keyed digest of it beside the
//! name; nothing of the answer is kept. Whose digest stands on the roll gets a code as a letter would bring it, and votes
//! with that: one ballot a row, whatever the way.

pub mod admit;
pub mod begin;
#[cfg(feature = "oidc")]
pub mod provider;
pub mod store;

use kernel::{Kind, Refusal};
use web::{Provider, Verifiers};

use crate::PollId;

/// Minutes that somebody may take at the provider.
pub const MINUTES: i64 = 10;

/// What finds the row of somebody verified: a digest under the installation's key, so that who reads the database alone
/// cannot try numbers against it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subject(pub(crate) [u8; 32]);

impl std::fmt::Debug for Subject {
    /// Without what is personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subject")
    }
}

impl Subject {
    /// The digest of the value that a provider's claim has. It is another one in each poll, and of each provider.
    pub fn of(key: &[u8; 32], poll: &PollId, provider: &Provider, value: &str) -> Subject {
        let text = [poll.as_str(), &provider.issuer, &provider.claim, value.trim()].join("\n");
        Subject(ledger::erase::commit(key, text.as_bytes()).0)
    }

    /// The digest of a cell of a roll's file: the value, or `provider:value` where there are several providers. Nothing
    /// for an empty cell.
    ///
    /// # Errors
    /// Codes of fields `no-verifier`, `unknown-verifier`.
    pub fn of_cell(verifiers: &Verifiers, poll: &PollId, cell: &str) -> Result<Option<Subject>, &'static str> {
        let cell = cell.trim();
        let of = |provider: &Provider, value: &str| Some(Subject::of(&verifiers.key, poll, provider, value));
        match verifiers.providers.as_slice() {
            _ if cell.is_empty() => Ok(None),
            [] => Err("no-verifier"),
            [one] => Ok(of(one, cell)),
            several => {
                let (name, value) = cell.split_once([':', '：']).ok_or("unknown-verifier")?;
                let found = several.iter().find(|provider| provider.name == name.trim());
                let found = found.filter(|_| !value.trim().is_empty()).ok_or("unknown-verifier")?;
                Ok(of(found, value))
            }
        }
    }
}

/// What is carried to the provider and back. What opens it stands in the database by digests alone.
#[derive(Clone)]
pub struct Errand {
    /// The poll's id and 64 hexadecimal digits: comes back in the address.
    pub state: String,
    /// 64 hexadecimal digits: the browser's cookie.
    pub browser: String,
    /// Stands in the provider's signed answer.
    pub nonce: String,
    /// The secret of PKCE (RFC 7636), of which the provider is shown a digest first.
    pub verifier: String,
}

/// What was kept of an errand, for whoever came back.
#[derive(Clone)]
pub struct Back {
    /// The provider's issuer.
    pub issuer: String,
    /// What its answer must carry.
    pub nonce: String,
    /// What proves that the same asks.
    pub verifier: String,
}

/// The provider cannot be asked now.
pub(crate) fn unreachable() -> Refusal {
    Refusal::new(Kind::Conflict, "verify-unreachable")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(name: &str) -> Provider {
        Provider {
            name: name.into(),
            issuer: format!("https://{name}.example"),
            client_id: "linli".into(),
            client_secret: "geheim".into(),
            claim: "sub".into(),
        }
    }

    #[test]
    fn a_cell_names_its_provider_where_there_are_several() {
        let poll: PollId = "1-00000000000000000000".parse().expect("an id");
        let (a, b) = (provider("a"), provider("b"));
        let with = |providers: &[&Provider]| Verifiers {
            providers: providers.iter().map(|provider| (*provider).clone()).collect(),
            key: [7; 32],
        };
        let of = |provider: &Provider| Some(Subject::of(&[7; 32], &poll, provider, "42"));
        assert_eq!(Subject::of_cell(&with(&[]), &poll, " "), Ok(None));
        assert_eq!(Subject::of_cell(&with(&[]), &poll, "42"), Err("no-verifier"));
        assert_eq!(Subject::of_cell(&with(&[&a]), &poll, " 42 "), Ok(of(&a)));
        let both = with(&[&a, &b]);
        assert_eq!(Subject::of_cell(&both, &poll, "b：42"), Ok(of(&b)));
        assert_eq!(Subject::of_cell(&both, &poll, "a: 42"), Ok(of(&a)));
        for wrong in ["42", "c:42", "a:"] {
            assert_eq!(Subject::of_cell(&both, &poll, wrong), Err("unknown-verifier"), "{wrong}");
        }
        assert_ne!(of(&a), of(&b), "a number of one provider opens nothing of another");
        assert_ne!(of(&a), Some(Subject::of(&[8; 32], &poll, &a, "42")));
    }
}
