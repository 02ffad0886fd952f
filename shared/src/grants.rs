//! Which purposes or services are granted, as the short hexadecimal number that the state cookie
//! holds. Must not know their names: a bit is a position in the policy's own order.

use core::fmt;
use core::str::FromStr;

/// At most this many hexadecimal digits: 512 purposes or services (CK-09 keeps the cookie short).
const MOST_DIGITS: usize = 128;

/// A set of positions. As text: lower-case hexadecimal without leading zeros, `0` when empty;
/// position 0 is the lowest bit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mask(String);

/// Why a text or a list is no mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a mask must be 1 to 128 lower-case hexadecimal digits without leading zeros")]
pub struct MaskError;

impl Mask {
    /// Nothing granted.
    #[must_use]
    pub fn empty() -> Self {
        Self("0".to_owned())
    }

    /// One bit for each entry, in order.
    pub fn from_bits(bits: impl IntoIterator<Item = bool>) -> Result<Self, MaskError> {
        let bits: Vec<bool> = bits.into_iter().collect();
        let digits = bits.chunks(4).map(|four| four.iter().rev().fold(0_u32, |sum, bit| sum << 1 | u32::from(*bit)));
        let lowest_first: String = digits.filter_map(|digit| char::from_digit(digit, 16)).collect();
        let text: String = lowest_first.trim_end_matches('0').chars().rev().collect();
        if text.is_empty() { Ok(Self::empty()) } else { text.parse() }
    }

    /// Whether the bit at `position` is set.
    #[must_use]
    pub fn has(&self, position: usize) -> bool {
        let digit = self.0.bytes().rev().nth(position / 4).and_then(crate::digest::nibble).unwrap_or(0);
        digit >> (position % 4) & 1 == 1
    }

    /// Whether no bit is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0 == "0"
    }
}

impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Mask {
    type Err = MaskError;

    fn from_str(text: &str) -> Result<Self, MaskError> {
        let digits = (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|digit| crate::digest::nibble(digit).is_some());
        let shortest = text == "0" || !text.starts_with('0');
        if digits && shortest { Ok(Self(text.to_owned())) } else { Err(MaskError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_mask_has_exactly_the_bits_it_was_made_of(bits in proptest::collection::vec(any::<bool>(), 0..512)) {
            let mask = Mask::from_bits(bits.clone()).unwrap();
            for (at, bit) in bits.iter().enumerate() {
                prop_assert_eq!(mask.has(at), *bit);
            }
            prop_assert!(!mask.has(bits.len()));
            prop_assert_eq!(mask.is_empty(), bits.iter().all(|bit| !bit));
            prop_assert_eq!(mask.to_string().parse(), Ok(mask));
        }

        #[test]
        fn no_text_makes_the_mask_parser_panic(text: String) {
            if let Ok(mask) = text.parse::<Mask>() {
                prop_assert_eq!(mask.to_string(), text);
            }
        }
    }

    #[test]
    fn a_mask_is_written_one_way_only() {
        for text in ["", "00", "01", "A", "0x1", "-1", &"f".repeat(129)] {
            assert_eq!(text.parse::<Mask>(), Err(MaskError), "{text}");
        }
    }
}
