//! Filters of system calls, as the kernel takes them.

use std::collections::BTreeMap;

use libc::{
    BPF_ABS, BPF_JA, BPF_JGE, BPF_JMP, BPF_K, BPF_LD, BPF_RET, BPF_W, ENOSYS, SECCOMP_RET_ALLOW,
    SECCOMP_RET_ERRNO, c_int, c_long,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, sock_filter,
};

pub type Failure = seccompiler::BackendError;

/// The calls that one filter answers with its error number.
#[derive(Default)]
pub struct Refused(BTreeMap<i64, Vec<SeccompRule>>);

impl Refused {
    pub fn always(&mut self, calls: impl IntoIterator<Item = c_long>) {
        for call in calls {
            // No rule means: whatever its arguments are.
            self.0.insert(call, Vec::new());
        }
    }

    pub fn when(
        &mut self,
        call: c_long,
        argument: u8,
        is: SeccompCmpOp,
        value: u64,
    ) -> Result<(), Failure> {
        let length = match is {
            SeccompCmpOp::MaskedEq(_) => SeccompCmpArgLen::Qword,
            _ => SeccompCmpArgLen::Dword,
        };
        self.rule(
            call,
            vec![SeccompCondition::new(argument, length, is, value)?],
        )
    }

    /// Whatever the argument is, but for `values`.
    pub fn unless(&mut self, call: c_long, argument: u8, values: &[c_int]) -> Result<(), Failure> {
        let conditions: Result<Vec<_>, _> = values
            .iter()
            .map(|value| {
                let value = u64::from(value.unsigned_abs());
                let (length, is) = (SeccompCmpArgLen::Dword, SeccompCmpOp::Ne);
                SeccompCondition::new(argument, length, is, value)
            })
            .collect();
        self.rule(call, conditions?)
    }

    /// Where all of the conditions hold.
    pub fn rule(&mut self, call: c_long, all: Vec<SeccompCondition>) -> Result<(), Failure> {
        let rules = self.0.entry(call).or_default();
        rules.push(SeccompRule::new(all)?);
        Ok(())
    }

    /// A program that answers these with `answer`, and allows everything else.
    pub fn program(self, answer: c_int) -> Result<BpfProgram, Failure> {
        if self.0.is_empty() {
            return Ok(BpfProgram::new());
        }
        let action = SeccompAction::Errno(answer.unsigned_abs());
        let architecture = std::env::consts::ARCH.try_into()?;
        SeccompFilter::new(self.0, SeccompAction::Allow, action, architecture)?.try_into()
    }
}

/// The x32 table bears the same architecture's mark, and has numbers of its own for some calls. Hardly
/// a kernel offers it, so all of it is absent.
pub fn without_x32() -> BpfProgram {
    const FIRST: u32 = 0x4000_0000;
    if cfg!(not(target_arch = "x86_64")) {
        return BpfProgram::new();
    }
    vec![
        // The call's number is what the kernel's description of a call begins with.
        step(BPF_LD | BPF_W | BPF_ABS, 0, 0),
        step(BPF_JMP | BPF_JGE | BPF_K, 1, FIRST),
        step(
            BPF_RET | BPF_K,
            0,
            SECCOMP_RET_ERRNO | ENOSYS.unsigned_abs(),
        ),
        step(BPF_RET | BPF_K, 0, SECCOMP_RET_ALLOW),
    ]
}

/// One program of several: what the first would allow the next one looks at. The kernel prepares and
/// asks one much faster than several.
pub fn joined(programs: impl IntoIterator<Item = BpfProgram>) -> BpfProgram {
    let mut all = BpfProgram::new();
    for program in programs {
        let next = all.len();
        if !program.is_empty() {
            for (at, one) in all.iter_mut().enumerate().filter(|(_, one)| allows(one)) {
                // A jump counts from the step behind it.
                let over = u32::try_from(next - at - 1).unwrap_or(u32::MAX);
                *one = step(BPF_JMP | BPF_JA, 0, over);
            }
        }
        all.extend(program);
    }
    all
}

fn allows(one: &sock_filter) -> bool {
    u32::from(one.code) == BPF_RET | BPF_K && one.k == SECCOMP_RET_ALLOW
}

/// Where a comparison fails, `otherwise` steps are left out.
fn step(code: u32, otherwise: u8, k: u32) -> sock_filter {
    sock_filter {
        code: u16::try_from(code).unwrap_or_default(),
        jt: 0,
        jf: otherwise,
        k,
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::thread;

    use libc::{EACCES, ENOSYS, EPERM, SYS_getpgid, SYS_getppid, SYS_getsid, SYS_getuid};

    use super::{Refused, joined};

    #[test]
    fn each_of_the_joined_programs_gives_its_own_answer() {
        let refused = [
            (SYS_getppid, EPERM),
            (SYS_getpgid, EACCES),
            (SYS_getsid, ENOSYS),
        ];
        let mut programs: Vec<_> = refused
            .iter()
            .map(|&(call, answer)| {
                let mut one = Refused::default();
                one.always([call]);
                one.program(answer).unwrap_or_default()
            })
            .collect();
        programs.push(Refused::default().program(EPERM).unwrap_or_default());
        // A filter holds for one thread.
        let answers = thread::spawn(move || {
            let applied = seccompiler::apply_filter(&joined(programs));
            assert!(applied.is_ok(), "{applied:?}");
            [SYS_getppid, SYS_getpgid, SYS_getsid, SYS_getuid].map(|call| {
                // SAFETY: these calls only read numbers of this process.
                let found = unsafe { libc::syscall(call, 0) };
                (found < 0).then(|| io::Error::last_os_error().raw_os_error())
            })
        });
        let expected = [
            Some(Some(EPERM)),
            Some(Some(EACCES)),
            Some(Some(ENOSYS)),
            None,
        ];
        assert_eq!(answers.join().ok(), Some(expected));
    }
}
