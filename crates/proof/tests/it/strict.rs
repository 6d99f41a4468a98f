//! A signature counts here where `verify_strict` of the library counts it, and nowhere else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use curve25519_dalek::Scalar;
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use ed25519_dalek::{Signature, Verifier as _};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256, Sha512};
use showclear_proof::cosignature::CosignerKey;
use showclear_proof::note::{KeyName, Note, VerifyingKey};

/// A signature under a text, by somebody who knows the secret and does as he likes.
struct Made {
    public: [u8; 32],
    text: String,
    signature: Signature,
}

impl Made {
    /// By a key with a part of small order, and a point R with another: `[s]B - [k]A` is `nonce * B` and what is left of small order.
    fn with(secret: Scalar, nonce: Scalar, in_key: usize, in_r: usize, text: String) -> Made {
        let public = ED25519_BASEPOINT_POINT * secret + EIGHT_TORSION[in_key];
        let r = ED25519_BASEPOINT_POINT * nonce + EIGHT_TORSION[in_r];
        let (public, r) = (public.compress().to_bytes(), r.compress().to_bytes());
        let s = nonce + Made::challenge(&r, &public, &text) * secret;
        Made { public, text, signature: Signature::from_components(r, s.to_bytes()) }
    }

    fn challenge(r: &[u8; 32], public: &[u8; 32], text: &str) -> Scalar {
        let hash = Sha512::new().chain_update(r).chain_update(public).chain_update(text);
        Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
    }

    /// As the note has it.
    fn counts(&self) -> bool {
        let key = VerifyingKey::new(KeyName::new("key").unwrap(), self.public).unwrap();
        let blob = [key.id().as_slice(), &self.signature.to_bytes()].concat();
        let note = format!("{}\n\u{2014} key {}\n", self.text, STANDARD.encode(blob));
        Note::parse(note.as_bytes()).unwrap().is_signed_by(&key)
    }

    fn library(&self) -> ed25519_dalek::VerifyingKey {
        ed25519_dalek::VerifyingKey::from_bytes(&self.public).unwrap()
    }

    /// As the library has it where it is strict.
    fn counts_strictly(&self) -> bool {
        self.library().verify_strict(self.text.as_bytes(), &self.signature).is_ok()
    }

    /// As the library has it where it is not.
    fn counts_loosely(&self) -> bool {
        self.library().verify(self.text.as_bytes(), &self.signature).is_ok()
    }
}

#[test]
fn a_signature_whose_r_is_of_small_order_is_none_whichever_of_the_eight_it_is() {
    let secret = Scalar::from(1_234_567_u64);
    for (number, point) in EIGHT_TORSION.iter().enumerate() {
        assert!(point.is_small_order());
        // The part of the key must come out as the one in R: one text in eight does, about.
        let made = (0..500)
            .map(|text| Made::with(secret, Scalar::ZERO, 1, number, format!("text {text}\n")))
            .find(Made::counts_loosely)
            .unwrap();
        assert!(!made.counts_strictly(), "{number}");
        assert!(!made.counts(), "{number}");
    }
}

#[test]
fn a_key_of_small_order_is_no_key_of_a_note_and_none_of_a_cosigner() {
    assert!(cosigner_key(&ED25519_BASEPOINT_POINT.compress().to_bytes()).parse::<CosignerKey>().is_ok());
    for point in &EIGHT_TORSION {
        let public = point.compress().to_bytes();
        assert!(VerifyingKey::new(KeyName::new("key").unwrap(), public).is_err());
        assert!(cosigner_key(&public).parse::<CosignerKey>().is_err());
    }
}

/// A cosigner's key of type 04, as it is written.
fn cosigner_key(public: &[u8; 32]) -> String {
    let typed = [&[4_u8], public.as_slice()].concat();
    let hash = Sha256::new().chain_update("key\n").chain_update(&typed).finalize();
    let id: String = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("key+{id}+{}", STANDARD.encode(typed))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_counts_is_what_the_strict_rule_counts(
        secret: [u8; 32],
        nonce in prop_oneof![Just([0_u8; 32]), any::<[u8; 32]>()],
        in_key in 0_usize..8,
        in_r in 0_usize..8,
        flipped in proptest::option::of(0_usize..512),
    ) {
        let secret = Scalar::from_bytes_mod_order(secret);
        let mut made = Made::with(secret, Scalar::from_bytes_mod_order(nonce), in_key, in_r, "one text\n".to_owned());
        if let Some(bit) = flipped {
            let mut bytes = made.signature.to_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            made.signature = Signature::from_bytes(&bytes);
        }
        prop_assume!(!made.library().is_weak());
        prop_assert_eq!(made.counts(), made.counts_strictly());
    }

    #[test]
    fn an_s_that_is_not_reduced_counts_for_nobody(secret: [u8; 32], nonce: [u8; 32]) {
        let of = Scalar::from_bytes_mod_order;
        let mut made = Made::with(of(secret), of(nonce), 0, 0, "one text\n".to_owned());
        prop_assume!(!made.library().is_weak());
        prop_assert!(made.counts());
        // The order of the group, added once: the same number, written otherwise.
        let order = (-Scalar::ONE).to_bytes();
        let mut carry = 1_u16;
        let s: Vec<u8> = made.signature.s_bytes().iter().zip(order).map(|(one, other)| {
            carry += u16::from(*one) + u16::from(other);
            let byte = (carry & 0xff) as u8;
            carry >>= 8;
            byte
        }).collect();
        made.signature = Signature::from_components(*made.signature.r_bytes(), s.try_into().unwrap());
        prop_assert!(!made.counts() && !made.counts_strictly());
    }
}
