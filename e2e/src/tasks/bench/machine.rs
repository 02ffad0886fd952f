//! What the machine and the server's process use: processor time, memory, syncs. Must not know what
//! is measured with it.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;

const BLOCK: [u8; 4096] = [0x5a; 4096];

/// What a process has used so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Usage {
    /// Processor time, user and system.
    pub(super) cpu: Duration,
    /// Resident memory in bytes.
    pub(super) resident: u64,
}

impl Usage {
    /// Asks the kernel; `None` where there is no `/proc`.
    pub(super) fn of(process: u32) -> Option<Self> {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        Some(Self { cpu: cpu(&stat, rustix::param::clock_ticks_per_second())?, resident: resident(&status)? })
    }
}

/// User and system time are the 14th and 15th field; the second holds a name that may hold spaces.
fn cpu(stat: &str, ticks_per_second: u64) -> Option<Duration> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_ascii_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Duration::from_micros((user + system).checked_mul(1_000_000)?.checked_div(ticks_per_second)?))
}

fn resident(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// How often a second this machine can append 4 KiB to a file in `folder` and wait until it is durable.
pub(super) fn fsyncs_per_second(folder: &Path, time: Duration) -> anyhow::Result<f64> {
    let path = folder.join("fsync-probe");
    let mut file = OpenOptions::new().create(true).append(true).open(&path).context("cannot make a file to sync")?;
    let began = Instant::now();
    let mut synced = 0_u32;
    while began.elapsed() < time {
        file.write_all(&BLOCK).and_then(|()| file.sync_data()).context("cannot sync a file")?;
        synced += 1;
    }
    let rate = f64::from(synced) / began.elapsed().as_secs_f64();
    fs::remove_file(&path).context("cannot remove the synced file")?;
    Ok(rate)
}

/// The size of all write-ahead logs in a data folder, in bytes.
pub(super) fn wal_bytes(data: &Path) -> anyhow::Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(data).context("cannot list the data folder")? {
        let entry = entry.context("cannot list the data folder")?;
        if entry.file_name().to_string_lossy().ends_with("-wal") {
            sum += entry.metadata().context("cannot measure the write-ahead log")?.len();
        }
    }
    Ok(sum)
}

/// Microseconds per piece.
#[expect(clippy::cast_precision_loss, reason = "a figure for people: counts stay far below 2^52")]
pub(super) fn micros_each(sum: Duration, count: usize) -> f64 {
    sum.as_secs_f64() * 1_000_000.0 / count.max(1) as f64
}

/// Bytes as MiB.
#[expect(clippy::cast_precision_loss, reason = "a figure for people: sizes stay far below 2^52")]
pub(super) fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_behind_a_name_with_spaces_and_brackets() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 4 0 100 1000 200";
        assert_eq!(cpu(stat, 100), Some(Duration::from_secs(2)));
        assert_eq!(cpu("7 (a) S 1", 100), None);
    }

    #[test]
    fn resident_memory_is_read_in_bytes() {
        assert_eq!(resident("VmPeak:\t  10 kB\nVmRSS:\t    2048 kB\n"), Some(2 * 1024 * 1024));
        assert_eq!(resident("VmPeak:\t  10 kB\n"), None);
    }

    #[test]
    fn only_write_ahead_logs_are_summed_up() {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in [("a.db", 10), ("a.db-wal", 20), ("b.db-wal", 5)] {
            fs::write(folder.path().join(name), vec![0; bytes]).unwrap();
        }
        assert_eq!(wal_bytes(folder.path()).unwrap(), 25);
    }
}
