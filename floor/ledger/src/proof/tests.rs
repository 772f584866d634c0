use proptest::prelude::*;

use super::*;
use crate::note::Signer;
use crate::tree::{MemoryTree, inclusion_proof};

fn log(size: u64) -> (MemoryTree, Signer, String) {
    let mut tree = MemoryTree::new();
    (0..size).for_each(|n| tree.push(format!("ballot {n}").as_bytes()));
    let signer = Signer::new("linli.example/log/1", &[3; 32]).unwrap();
    let checkpoint = signer.sign_checkpoint(size, tree.root()).unwrap();
    (tree, signer, checkpoint)
}

fn receipt(tree: &mut MemoryTree, checkpoint: &str, index: u64) -> Receipt {
    let path = inclusion_proof(tree, index, tree.size()).unwrap();
    Receipt { extra: Some(b"nonce".to_vec()), index, path, checkpoint: checkpoint.to_owned() }
}

#[test]
fn a_receipt_reads_back_and_holds_for_its_entry_only() {
    for size in [1, 2, 7, 300] {
        let (mut tree, signer, checkpoint) = log(size);
        for index in [0, size / 2, size - 1] {
            let text = receipt(&mut tree, &checkpoint, index).to_string();
            let read = Receipt::parse(&text).unwrap();
            assert_eq!(read.to_string(), text);
            assert_eq!(read.verify(format!("ballot {index}").as_bytes(), signer.verifier()).unwrap().size, size);
            let wrong = read.verify(format!("ballot {}", index + 1).as_bytes(), signer.verifier());
            assert_eq!(wrong, Err(ReceiptFault::Inclusion(ProofFault::Root)));
            let stranger = Signer::new("linli.example/log/1", &[4; 32]).unwrap();
            let foreign = read.verify(format!("ballot {index}").as_bytes(), stranger.verifier());
            assert!(matches!(foreign, Err(ReceiptFault::Checkpoint(NoteError::Unsigned(_)))));
        }
    }
}

#[test]
fn no_single_changed_byte_outside_the_extra_data_holds() {
    let (mut tree, signer, checkpoint) = log(7);
    let receipt = Receipt { extra: None, ..receipt(&mut tree, &checkpoint, 3) };
    let text = receipt.to_string();
    for place in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[place] ^= 1;
        let read = String::from_utf8(bytes).ok().and_then(|text| Receipt::parse(&text).ok());
        let holds = read.is_some_and(|read| read.verify(b"ballot 3", signer.verifier()).is_ok());
        assert!(!holds, "byte {place}");
    }
}

#[test]
fn each_malformed_part_is_named() {
    let hash = Hash([1; 32]).to_base64();
    let cases = [
        ("c2sp.org/tlog-proof@v2\nindex 0\n\nx\n".to_owned(), ReceiptError::Header),
        (format!("{HEADER}\nextra ***\nindex 0\n\nx\n"), ReceiptError::Extra),
        (format!("{HEADER}\nextra {}\nindex 0\n\nx\n", STANDARD.encode([0; MAX_EXTRA + 1])), ReceiptError::Extra),
        (format!("{HEADER}\nindex 01\n\nx\n"), ReceiptError::Index),
        (format!("{HEADER}\n"), ReceiptError::Index),
        (format!("{HEADER}\nindex 0\nAAAA\n\nx\n"), ReceiptError::Path),
        (format!("{HEADER}\nindex 0\n{hash}\n"), ReceiptError::Path),
        (format!("{HEADER}\nindex 0\n{}\nx\n", format!("{hash}\n").repeat(MAX_PROOF + 1)), ReceiptError::Path),
        (format!("{HEADER}\nindex 0\n\n"), ReceiptError::Checkpoint),
        (format!("{HEADER}\nindex 0\n\n{}", "x".repeat(MAX_CHECKPOINT + 1)), ReceiptError::Checkpoint),
    ];
    for (text, error) in cases {
        assert_eq!(Receipt::parse(&text), Err(error), "{text:.60}");
    }
}

proptest! {
    #[test]
    fn reading_never_panics(text in "(c2sp.org/tlog-proof@v1\n)?(extra |index )?(\\PC|\n)*") {
        let _ = Receipt::parse(&text);
    }
}
