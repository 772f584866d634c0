//! The vector of golang.org/x/mod/sumdb/note, the examples of the specification, and every changed byte.

use proptest::prelude::*;

use super::*;
use crate::tree::leaf_hash;

const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const SKEY: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n";
const SIGNATURE: &str =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH: &str =
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

fn peter() -> Signer {
    let secret: [u8; 33] = STANDARD.decode(SKEY).unwrap().try_into().unwrap();
    Signer::new("PeterNeumann", secret[1..].try_into().unwrap()).unwrap()
}

#[test]
fn the_published_note_is_signed_to_the_byte() {
    assert_eq!(peter().verifier().to_string(), VKEY);
    assert_eq!(peter().sign(TEXT).unwrap(), format!("{TEXT}\n{SIGNATURE}"));
}

#[test]
fn the_published_note_opens_alone_and_with_a_stranger() {
    let verifier = Verifier::parse(VKEY).unwrap();
    for lines in [SIGNATURE.to_owned(), format!("{SIGNATURE}{ENOCH}"), format!("{ENOCH}{SIGNATURE}")] {
        assert_eq!(verifier.open(&format!("{TEXT}\n{lines}")), Ok(TEXT));
    }
}

#[test]
fn unsigned_double_and_foreign_signatures_do_not_open() {
    let verifier = Verifier::parse(VKEY).unwrap();
    let open = |lines: &str| verifier.open(&format!("{TEXT}\n{lines}")).unwrap_err();
    assert_eq!(open(ENOCH), NoteError::Unsigned(VKEY.to_owned()));
    assert_eq!(open(&format!("{SIGNATURE}{SIGNATURE}")), NoteError::BadSignature(VKEY.to_owned()));
    assert_eq!(open(""), NoteError::Malformed);
    assert_eq!(open(&ENOCH.repeat(MAX_SIGNATURES + 1)), NoteError::TooManySignatures);
    assert_eq!(open("PeterNeumann x08go/ZJkuA=\n"), NoteError::Malformed);
}

#[test]
fn only_whole_verifier_keys_are_read() {
    for begin in 0..VKEY.len() {
        for end in begin..=VKEY.len() {
            assert_eq!(Verifier::parse(&VKEY[begin..end]).is_ok(), (begin, end) == (0, VKEY.len()));
        }
    }
    for bad in [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ] {
        assert_eq!(Verifier::parse(bad), Err(NoteError::Key));
    }
    assert!(Signer::new("two words", &[1; 32]).is_err());
    assert!(Signer::new("a+b", &[1; 32]).is_err());
    assert!(Signer::new("", &[1; 32]).is_err());
}

#[test]
fn a_text_that_could_be_read_in_two_ways_is_not_signed() {
    for text in ["", "no newline", "tab\there\n", "return\r\n"] {
        assert_eq!(peter().sign(text), Err(NoteError::Text));
    }
    let note = peter().sign("one\n\ntwo\n").unwrap();
    assert_eq!(peter().verifier().open(&note), Ok("one\n\ntwo\n"));
}

#[test]
fn checkpoints_are_read_back_and_bound_to_their_origin() {
    let signer = peter();
    let root = leaf_hash(b"one");
    let note = signer.sign_checkpoint(1, root).unwrap();
    let expected = Checkpoint { origin: "PeterNeumann".to_owned(), size: 1, root };
    assert_eq!(signer.verifier().open_checkpoint(&note), Ok(expected));
    let other = Checkpoint { origin: "another.example/log".to_owned(), size: 1, root };
    let note = signer.sign(&other.to_string()).unwrap();
    assert!(matches!(signer.verifier().open_checkpoint(&note), Err(NoteError::Origin { .. })));
}

#[test]
fn checkpoint_texts_have_one_form() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    let origin = "example.com/behind-the-sofa";
    assert!(Checkpoint::parse(&format!("{origin}\n20852163\n{root}\n")).is_ok());
    for text in [
        format!("{origin}\n020852163\n{root}\n"),
        format!("{origin}\n+1\n{root}\n"),
        format!("{origin}\n\n{root}\n"),
        format!("{origin}\n{}\n{root}\n", MAX_SIZE + 1),
        format!("{origin}\n99999999999999999999999\n{root}\n"),
        format!("{origin}\n1\n{root}"),
        format!("{origin}\n1\n{root}\nextension\n"),
        format!("\n1\n{root}\n"),
        format!("{origin}\n1\n{}\n", &root[..43]),
    ] {
        assert_eq!(Checkpoint::parse(&text), Err(NoteError::Checkpoint), "{text}");
    }
}

#[test]
fn no_single_changed_byte_opens() {
    let signer = peter();
    let note = signer.sign(TEXT).unwrap();
    for place in 0..note.len() {
        for bit in 0..8 {
            let mut bytes = note.clone().into_bytes();
            bytes[place] ^= 1 << bit;
            let opened = String::from_utf8(bytes).ok().map(|note| signer.verifier().open(&note).map(str::to_owned));
            assert!(!matches!(opened, Some(Ok(_))), "byte {place}, bit {bit}");
        }
    }
}

proptest! {
    #[test]
    fn reading_never_panics(text in "(\\PC|\n|— )*") {
        let _ = Note::parse(&text);
        let _ = Verifier::parse(&text);
        let _ = Checkpoint::parse(&text);
    }

    #[test]
    fn what_is_signed_opens(text in "([^\\p{Cc}]*\n){1,5}", secret: [u8; 32]) {
        let signer = Signer::new("linli.example/log", &secret).unwrap();
        let note = signer.sign(&text).unwrap();
        let verifier = Verifier::parse(&signer.verifier().to_string()).unwrap();
        prop_assert_eq!(verifier.open(&note), Ok(text.as_str()));
    }
}
