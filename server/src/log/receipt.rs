//! The receipt of a stored record, made of the stored bytes themselves, so that it can say nothing
//! else than the log does.

use shared::wire::RECEIPT_FORMAT;

use crate::store::Row;

/// The JSON of a [`shared::wire::Receipt`].
#[must_use]
pub fn json(row: &Row) -> Vec<u8> {
    let mut json = Vec::with_capacity(row.body.len() + 140);
    json.extend_from_slice(b"{\"format\":\"");
    json.extend_from_slice(RECEIPT_FORMAT.as_bytes());
    json.extend_from_slice(b"\",\"record\":");
    json.extend_from_slice(&row.body);
    json.extend_from_slice(b",\"salt\":\"");
    json.extend_from_slice(row.salt.to_string().as_bytes());
    json.extend_from_slice(b"\"}");
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::digest::Salt;
    use shared::id::RecordId;
    use shared::record::Record;
    use shared::time::UnixMillis;
    use shared::wire::Receipt;

    #[test]
    fn a_receipt_is_the_wire_format_around_the_stored_bytes() {
        let body = br#"{"banner":"0000000000000000000000000000000000000000000000000000000000000000","format":"placet-record/v1","granted":[],"id":"01010101-0101-4101-8101-010101010101","language":"en","layer":"first","method":"reject_all","policy_hash":"0000000000000000000000000000000000000000000000000000000000000000","policy_version":1,"recorded_at":"1970-01-01T00:00:00.000Z","refused":["media"],"services_granted":[],"services_refused":[],"site":"demo","valid_until":"1970-06-30T00:00:00.000Z"}"#;
        let row = Row {
            seq: 1,
            id: RecordId::from_random([1; 16]),
            recorded_at: UnixMillis::new(0).unwrap(),
            anonymous_id: None,
            body: body.to_vec(),
            salt: Salt::from_random([9; 32]),
        };
        let receipt: Receipt = serde_json::from_slice(&json(&row)).unwrap();
        assert_eq!(receipt.record, Record::from_canonical_json(body).unwrap());
        assert_eq!((receipt.format.as_str(), receipt.salt), (RECEIPT_FORMAT, row.salt));
    }
}
