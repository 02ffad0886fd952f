//! Whether a new policy asks visitors again (CON-08, CON-14).
//!
//! Rule: words may change freely; what is done may not. A choice stays good while the purposes, the
//! services with everything they store, and the controller are the same, and the choice's validity
//! does not grow.

use super::Policy;

/// What a new policy means for choices made under the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Choices stay good: only words, contacts or languages differ, or choices hold less long.
    Editorial,
    /// Visitors are asked again.
    Material,
}

/// Compares a policy with the one that follows it.
#[must_use]
pub fn between(old: &Policy, new: &Policy) -> Change {
    let purposes = |policy: &Policy| policy.purposes.iter().map(|purpose| (purpose.id.clone(), purpose.mode)).collect::<Vec<_>>();
    let same = old.controller.name == new.controller.name
        && purposes(old) == purposes(new)
        && old.services == new.services
        && new.validity_days <= old.validity_days;
    if same { Change::Editorial } else { Change::Material }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::policy;

    fn after(edit: impl FnOnce(&mut Policy)) -> Change {
        let old = policy();
        let mut new = old.clone();
        edit(&mut new);
        between(&old, &new)
    }

    #[test]
    fn con_08_a_corrected_word_does_not_ask_again() {
        let fix = |policy: &mut Policy| {
            policy.purposes.iter_mut().flat_map(|purpose| purpose.description.values_mut()).for_each(|text| text.push('.'));
            policy.controller.email = "dpo@school.example".to_owned();
        };
        assert_eq!(after(fix), Change::Editorial);
    }

    #[test]
    fn con_08_a_new_purpose_asks_again() {
        assert_eq!(after(|policy| policy.purposes.extend(policy.purposes.last().cloned())), Change::Material);
    }

    #[test]
    fn con_08_a_new_service_asks_again() {
        assert_eq!(after(|policy| policy.services.extend(policy.services.last().cloned())), Change::Material);
    }

    #[test]
    fn con_08_longer_storage_asks_again() {
        assert_eq!(
            after(|policy| policy.services.iter_mut().flat_map(|service| &mut service.storage).for_each(|item| item.days += 1)),
            Change::Material
        );
    }

    #[test]
    fn con_13_a_longer_validity_asks_again_and_a_shorter_one_does_not() {
        assert_eq!(after(|policy| policy.validity_days += 1), Change::Material);
        assert_eq!(after(|policy| policy.validity_days -= 1), Change::Editorial);
    }
}
